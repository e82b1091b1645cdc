// One subscription over graphql-transport-ws. Resolves with the reason for its end.

export function subscribe({ query, variables, token, signal, event }) {
  return new Promise((resolve) => {
    const address = new URL("/graphql", location.href);
    address.protocol = address.protocol.replace("http", "ws");
    const socket = new WebSocket(address, "graphql-transport-ws");
    const send = (message) => socket.send(JSON.stringify(message));
    const parting = () => socket.close(1000);
    signal.addEventListener("abort", parting);

    socket.onopen = () => send({ type: "connection_init", payload: token ? { authorization: `Bearer ${token}` } : {} });
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(data);
      if (message.type === "connection_ack") send({ id: "1", type: "subscribe", payload: { query, variables } });
      else if (message.type === "ping") send({ type: "pong" });
      else if (message.type === "next") event(message.payload);
      else if (message.type === "error") {
        event({ errors: message.payload });
        socket.close(1000);
      } else if (message.type === "complete") socket.close(1000);
    };
    socket.onclose = ({ code, reason }) => {
      signal.removeEventListener("abort", parting);
      resolve([code, reason].filter(Boolean).join(" "));
    };
  });
}

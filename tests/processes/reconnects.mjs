// Follows the stream of matches with graphql-ws, the client that most web applications use, and cuts its own connection at random
// moments. Prints what it hears, one line of JSON each. Takes: address, how often to cut, longest stay in milliseconds, query.
import { createClient } from "graphql-ws";
import WebSocket from "ws";

const [url, cuts, longest, query] = process.argv.slice(2);
let cursor = "0";
let connections = 0;

const client = createClient({
  url,
  webSocketImpl: WebSocket,
  // Asked again for each connection; the subscription itself is repeated as it was.
  connectionParams: () => ({ authorization: `Bearer ${process.env.TOKEN}`, lastCursor: cursor }),
  retryAttempts: Infinity,
  retryWait: () => new Promise((again) => setTimeout(again, Math.random() * 20)),
  shouldRetry: () => true,
  on: {
    connected: (socket) => {
      connections += 1;
      console.log(JSON.stringify({ connections }));
      if (connections <= Number(cuts)) {
        const cut = Math.random() < 0.5 ? () => socket.terminate() : () => socket.close(4205, "Client restart");
        setTimeout(cut, Math.random() * Number(longest));
      }
    },
  },
});

client.subscribe(
  { query },
  {
    next: ({ data, errors }) => {
      if (errors) throw new Error(JSON.stringify(errors));
      cursor = data.jobOfferMatches.cursor;
      console.log(JSON.stringify({ event: data.jobOfferMatches }));
    },
    error: (error) => {
      console.error(error);
      process.exit(1);
    },
    complete: () => process.exit(2),
  },
);

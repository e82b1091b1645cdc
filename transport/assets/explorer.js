// The explorer: sends what is written to the address of this page, and shows what comes back.
import { Reference } from "./reference.js";
import { subscribe } from "./subscription.js";

const part = (name) => document.getElementById(name);
const words = part("explorer").dataset;
const SIGN_IN = `mutation ($input: SignInInput!) {
  signIn(input: $input) { __typename ... on Session { accessToken } ... on Refusal { message } }
}`;
let running = null;

async function post(query, variables) {
  const headers = { "Content-Type": "application/json", Accept: "application/graphql-response+json", "Accept-Language": document.documentElement.lang };
  const token = part("token").value.trim();
  if (token) headers.Authorization = `Bearer ${token}`;
  const response = await fetch("/graphql", { method: "POST", headers, body: JSON.stringify({ query, variables }), signal: running?.signal });
  return { status: response.status, answer: await response.json() };
}

function show(status, answer) {
  part("status").textContent = status;
  if (answer !== undefined) part("result").textContent = typeof answer === "string" ? answer : JSON.stringify(answer, null, 2);
}

function variables() {
  const written = part("variables").value.trim();
  return written ? JSON.parse(written) : undefined;
}

// Whether the first operation is a subscription; comments and strings before it do not occur in practice.
const isSubscription = (query) => /^\s*subscription\b/m.test(query.replace(/#.*/g, ""));

function begin() {
  running?.abort();
  running = new AbortController();
  part("stop").disabled = false;
  show(words.running, "");
  return running;
}

function end(mine) {
  if (running === mine) {
    running = null;
    part("stop").disabled = true;
  }
}

async function run() {
  const mine = begin();
  const began = performance.now();
  try {
    const query = part("query").value;
    if (isSubscription(query)) await follow(query, mine);
    else {
      const { status, answer } = await post(query, variables());
      show(`${status} · ${Math.round(performance.now() - began)} ms`, answer);
    }
  } catch (error) {
    if (error.name !== "AbortError") show(error instanceof SyntaxError ? String(error) : `${words.unreachable} ${error.message}`, "");
  } finally {
    end(mine);
  }
}

async function follow(query, mine) {
  let events = 0;
  const event = (payload) => {
    const time = new Date().toLocaleTimeString();
    part("result").prepend(`${time}\n${JSON.stringify(payload, null, 2)}\n\n`);
    show(`${words.running} ${++events}`);
  };
  const ended = await subscribe({ query, variables: variables(), token: part("token").value.trim(), signal: mine.signal, event });
  show(ended);
}

async function signIn(submitted) {
  submitted.preventDefault();
  const input = Object.fromEntries(new FormData(submitted.target));
  try {
    part("token").value = "";
    const { answer } = await post(SIGN_IN, { input });
    const outcome = answer.data?.signIn;
    part("token").value = outcome?.accessToken ?? "";
    show(outcome?.accessToken ? words.signedIn : (outcome?.message ?? answer.errors?.[0]?.message ?? ""));
  } catch (error) {
    show(`${words.unreachable} ${error.message}`);
  }
}

part("run").addEventListener("click", run);
part("stop").addEventListener("click", () => running?.abort());
part("sign-in").addEventListener("submit", signIn);
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    run();
  }
});

const reference = new Reference(part("reference"), words);
part("search").addEventListener("input", (event) => reference.search(event.target.value));
reference.load(post).catch((error) => show(`${words.unreachable} ${error.message}`));

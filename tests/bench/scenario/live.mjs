/** Twenty people in one document, each with ten updates a second. */
import { Client } from "../wire/client.mjs";
import { PARAGRAPH_CLOCKS, keystroke, paragraph } from "../wire/update.mjs";
import { pause, until, warmUp } from "./typing.mjs";

const CLIENTS = 20;
const UPDATES_PER_SECOND = 10;
const SECONDS = 5;
const STEP_MS = 1_000 / (CLIENTS * UPDATES_PER_SECOND);

export const title = "20 clients on one document, 10 updates/s each";
export const measures = [
  {
    key: "cpuMicros",
    label: "server CPU µs a delivery",
    digits: 1,
    goal: { text: "≤ 5", met: (ours) => ours <= 5 },
  },
  { key: "p50", label: "latency, median, ms", digits: 2 },
  {
    key: "p99",
    label: "latency, p99, ms",
    digits: 2,
    goal: { text: "≤ ½ best peer", met: (ours, best) => ours <= best / 2 },
  },
];

export async function run(server) {
  await warmUp(server);
  const people = await gather(server);
  await type(people, CLIENTS * UPDATES_PER_SECOND);
  people.latencies.length = 0;
  const cpuBefore = await server.process.cpu();
  await type(people, CLIENTS * UPDATES_PER_SECOND * SECONDS);
  const cpu = (await server.process.cpu()) - cpuBefore;
  await Promise.all(people.clients.map((client) => client.leave()));
  const latencies = people.latencies.sort((one, other) => one - other);
  const quantile = (part) => latencies[Math.floor(part * (latencies.length - 1))];
  return { cpuMicros: (cpu * 1e6) / latencies.length, p50: quantile(0.5), p99: quantile(0.99) };
}

/** Brings everybody into the document, each with a paragraph that all have seen. */
async function gather(server) {
  const people = { clients: [], latencies: [], sent: [], updates: 0 };
  for (let number = 0; number < CLIENTS; number += 1) {
    people.sent.push(new Map());
    const onFresh = (client, from, until) => receive(people, number, client, from, until);
    const client = await Client.connect(server, "meeting", { onFresh });
    await client.synced;
    client.say("update", paragraph(idOf(number)));
    people.clients.push(client);
  }
  await until(() => people.clients.every((client) => client.heard.clocks.size >= CLIENTS - 1));
  return people;
}

const idOf = (number) => 2_000 + number;

function receive({ sent, latencies }, reader, client, from, until) {
  const writer = client - idOf(0);
  // Some servers send people their own words back: nobody waits for those.
  if (writer === reader) return;
  const now = performance.now();
  for (let clock = Math.max(from, PARAGRAPH_CLOCKS); clock < until; clock += 1) {
    latencies.push(now - sent[writer].get(clock));
  }
}

/** Has them type in turn, evenly spread, and waits until everybody has everything. */
async function type(people, updates) {
  const { clients, latencies, sent } = people;
  const expected = latencies.length + updates * (CLIENTS - 1);
  const begun = performance.now();
  for (let typed = 0; typed < updates; typed += 1, people.updates += 1) {
    const writer = people.updates % CLIENTS;
    const clock = PARAGRAPH_CLOCKS + Math.floor(people.updates / CLIENTS);
    const wait = begun + typed * STEP_MS - performance.now();
    if (wait > 0) await pause(wait);
    const framed = clients[writer].frameOf(keystroke(idOf(writer), clock));
    sent[writer].set(clock, performance.now());
    clients[writer].socket.sendFrames(framed);
  }
  await until(() => latencies.length >= expected);
}

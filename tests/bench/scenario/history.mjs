/**
 * A document with 260,000 edits in it, of the shape of the automerge-paper trace:
 * taken in, kept over a restart, and opened cold by a device that has nothing.
 */
import * as Y from "yjs";

import { Client } from "../wire/client.mjs";
import { Heard } from "../wire/update.mjs";
import { begin, chance, edit } from "./seeded.mjs";
import { pause, until, warmUp } from "./typing.mjs";

export const EDITS = 260_000;
const STORED_MS = 2_500;
const SETTLE_MS = 500;
const DOCUMENT = "history";

export const title = "A document with 260,000 edits";
export const measures = [
  {
    key: "ingestCpu",
    label: "taken in: server CPU, s",
    digits: 3,
    goal: { text: "≤ 0.4", met: (ours) => ours <= 0.4 },
  },
  {
    key: "openMs",
    label: "opened cold: ms to content",
    digits: 1,
    goal: { text: "≤ 20", met: (ours) => ours <= 20 },
  },
  {
    key: "wireKilobytes",
    label: "opened cold: KB on the wire",
    goal: { text: "one copy, ≤ 261", met: (ours) => ours <= 261 },
  },
  { key: "copies", label: "opened cold: copies sent", digits: 1 },
  {
    key: "emptySynced",
    label: "said “synced” while empty",
    goal: { text: "never", met: (ours) => ours === 0 },
  },
];

let prepared;

export async function run(server) {
  prepared ??= prepare();
  await warmUp(server);
  const ingestCpu = await takeIn(server);
  await server.process.end("SIGTERM");
  await server.start();
  return { ingestCpu, ...(await open(server)) };
}

async function takeIn(server) {
  const writer = await Client.connect(server, DOCUMENT);
  const watcher = await Client.connect(server, DOCUMENT);
  await Promise.all([writer.synced, watcher.synced]);
  const cpuBefore = await server.process.cpu();
  writer.say("update", prepared.state);
  await until(() => watcher.heard.total >= prepared.clocks);
  // Some servers store only after a while; that belongs to it.
  await pause(STORED_MS);
  const cpu = (await server.process.cpu()) - cpuBefore;
  await Promise.all([writer.leave(), watcher.leave()]);
  await pause(SETTLE_MS);
  return cpu;
}

async function open(server) {
  let contentAt;
  const begun = performance.now();
  const onFresh = () => {
    if (reader.heard.total >= prepared.clocks) contentAt ??= performance.now();
  };
  const reader = Client.prepare(server, DOCUMENT, { onFresh });
  await reader.greet();
  await until(() => contentAt !== undefined);
  const heardWhenSynced = await reader.synced;
  await pause(SETTLE_MS);
  const { bytesIn } = reader.socket;
  const copied = reader.copies.reduce((sum, bytes) => sum + bytes, 0);
  await reader.leave();
  return {
    openMs: contentAt - begun,
    wireKilobytes: bytesIn / 1_000,
    copies: copied / prepared.state.length,
    emptySynced: heardWhenSynced < prepared.clocks ? 1 : 0,
  };
}

/** Makes the document; `each` gets every single edit as an update, too. */
export function prepare(each) {
  const document = new Y.Doc();
  document.clientID = 5_000;
  if (each) document.on("update", each);
  edit(begin(document), EDITS, chance(260));
  const state = Y.encodeStateAsUpdate(document);
  const heard = new Heard();
  heard.note(state);
  return { state, clocks: heard.total };
}

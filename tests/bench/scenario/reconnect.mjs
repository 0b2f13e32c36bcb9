/** Fifty devices come back to one document, each with five hundred edits made offline. */
import * as Y from "yjs";

import { Client } from "../wire/client.mjs";
import { Heard } from "../wire/update.mjs";
import { begin, chance, edit, textOf } from "./seeded.mjs";
import { pause, until, warmUp } from "./typing.mjs";

const DEVICES = 50;
const EDITS = 500;
const BASE_EDITS = 3_000;
const SETTLE_MS = 300;
const DOCUMENT = "cottage";
const BASE_CLIENT = 4_000;

export const title = "50 devices come back with 500 offline edits each";
export const measures = [
  {
    key: "ms",
    label: "until all have everything, ms",
    goal: { text: "≤ ½ best peer", met: (ours, best) => ours <= best / 2 },
  },
  {
    key: "cpu",
    label: "server CPU, s",
    digits: 3,
    goal: { text: "≤ 0.05", met: (ours) => ours <= 0.05 },
  },
];

let prepared;

export async function run(server) {
  prepared ??= prepare();
  await warmUp(server);
  const first = await Client.connect(server, DOCUMENT);
  await first.synced;
  first.say("update", prepared.base);
  const second = await Client.connect(server, DOCUMENT);
  await until(() => second.heard.total >= prepared.baseClocks);
  await Promise.all([first.leave(), second.leave()]);
  await pause(SETTLE_MS);

  const cpuBefore = await server.process.cpu();
  const begun = performance.now();
  let apart = DEVICES;
  const clients = prepared.devices.map((device) => comeBack(server, device, () => (apart -= 1)));
  await until(() => apart === 0);
  const ms = performance.now() - begun;
  await pause(SETTLE_MS);
  const cpu = (await server.process.cpu()) - cpuBefore;
  await check(server);
  await Promise.all(clients.map(async (client) => (await client).leave()));
  return { ms, cpu };
}

/** One device: it holds the base and its own edits and lacks everybody else's. */
async function comeBack(server, { own, known, clocks }, whole) {
  let missing = (DEVICES - 1) * prepared.clocksEach;
  const onFresh = (_client, from, until) => {
    missing -= until - from;
    if (missing === 0) whole();
  };
  // A server that has not read its disk yet asks for everything.
  const answer = (vector) => (Y.decodeStateVector(vector).has(BASE_CLIENT) ? own : known);
  return Client.connect(server, DOCUMENT, { answer, clocks, known, onFresh });
}

/** Compares what a stranger is given with what Yjs makes of the same edits. */
async function check(server) {
  const document = new Y.Doc();
  const onUpdate = (update) => Y.applyUpdate(document, update);
  const stranger = await Client.connect(server, DOCUMENT, { onUpdate });
  const expected = prepared.whole;
  await until(() => stranger.heard.total >= expected.total);
  await stranger.leave();
  if (textOf(document).toString() !== expected.text) throw new Error("the devices do not agree");
}

/** Makes the base, what each device did to it, and what all of it comes to. */
function prepare() {
  const random = chance(50);
  const base = new Y.Doc();
  base.clientID = BASE_CLIENT;
  edit(begin(base), BASE_EDITS, random);
  const baseUpdate = Y.encodeStateAsUpdate(base);
  const whole = new Y.Doc();
  Y.applyUpdate(whole, baseUpdate);
  const devices = Array.from({ length: DEVICES }, (_, number) => {
    const device = new Y.Doc();
    device.clientID = BASE_CLIENT + 1 + number;
    Y.applyUpdate(device, baseUpdate);
    // Typing alone, so that each device brings the same number of clocks.
    edit(textOf(device), EDITS, random, 1);
    const own = Y.encodeStateAsUpdate(device, Y.encodeStateVector(base));
    Y.applyUpdate(whole, own);
    const known = Y.encodeStateAsUpdate(device);
    return { own, known, clocks: Y.encodeStateVector(device) };
  });
  const count = (update) => {
    const heard = new Heard();
    heard.note(update);
    return heard.total;
  };
  const baseClocks = count(baseUpdate);
  const total = count(Y.encodeStateAsUpdate(whole));
  const clocksEach = (total - baseClocks) / DEVICES;
  return { base: baseUpdate, baseClocks, clocksEach, devices, whole: { total, text: textOf(whole).toString() } };
}

/** `kill -9` while ten people type as fast as they can: what others had received and is gone. */
import { Client } from "../wire/client.mjs";
import { PARAGRAPH_CLOCKS } from "../wire/update.mjs";
import { Typist, pause } from "./typing.mjs";

const WRITERS = 10;
const KEYSTROKES = 60_000;
const TYPING_MS_MIN = 1_500;
const TYPING_MS_MAX = 3_000;
/** Longer than any server here needs to read back what it did store: slow is not lost. */
const RESTORED_MS_MAX = 20_000;

export const title = "kill -9 at saturation";
export const measures = [
  { key: "received", label: "updates that others had received", comparable: false },
  {
    key: "lost",
    label: "of these gone after the restart",
    goal: { text: "0", met: (ours) => ours === 0 },
  },
  { key: "lostPercent", label: "gone, %", digits: 1 },
  { key: "restoredMs", label: "ms until ten newcomers have everything again", comparable: false },
];

export async function run(server) {
  const typists = [];
  for (let number = 1; number <= WRITERS; number += 1) {
    typists.push(await Typist.begin(server, `document-${number}`, 6_000 + number, KEYSTROKES));
  }
  for (const typist of typists) typist.type();
  await pause(TYPING_MS_MIN + Math.random() * (TYPING_MS_MAX - TYPING_MS_MIN));
  await server.process.end("SIGKILL");
  // What the dead server had sent is still on its way.
  await Promise.all(typists.flatMap(({ writer, reader }) => [writer.socket.closed, reader.socket.closed]));
  await server.start();
  const received = typists.reduce((sum, typist) => sum + typist.received, 0);
  const begun = performance.now();
  const losses = await Promise.all(typists.map((typist) => lost(server, typist)));
  const gone = losses.reduce((sum, loss) => sum + loss, 0);
  // Where something is gone for good, there is no such moment.
  const restoredMs = gone === 0 ? performance.now() - begun : Number.NaN;
  return { received, lost: gone, lostPercent: (100 * gone) / received, restoredMs };
}

/** How many received keystrokes a newcomer is not given; a slow server gets its time. */
async function lost(server, { document, client, received }) {
  const reader = await Client.connect(server, document);
  const restored = () => (reader.heard.clocks.get(client) ?? PARAGRAPH_CLOCKS) - PARAGRAPH_CLOCKS;
  const end = performance.now() + RESTORED_MS_MAX;
  while (restored() < received && performance.now() < end) await pause(20);
  await reader.leave();
  return Math.max(0, received - restored());
}

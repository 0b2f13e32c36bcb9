/** Ten writers on ten documents, each as fast as the server takes it; one reader each. */
import { Typist, pause } from "./typing.mjs";

const WRITERS = 10;
const KEYSTROKES = 60_000;
const WARM_MS = 1_000;
const MEASURED_MS = 3_000;

export const title = "10 writers at saturation";
export const measures = [
  {
    key: "perSecond",
    label: "updates delivered a second",
    better: "more",
    goal: { text: "≥ 3 × best peer", met: (ours, best) => ours >= 3 * best },
  },
  {
    key: "cpuMicros",
    label: "server CPU µs an update",
    digits: 1,
    goal: { text: "≤ 15", met: (ours) => ours <= 15 },
  },
  { key: "loadBusy", label: "the load's own core busy, %", comparable: false },
];

export async function run(server) {
  const typists = [];
  for (let number = 1; number <= WRITERS; number += 1) {
    typists.push(await Typist.begin(server, `document-${number}`, 1_000 + number, KEYSTROKES));
  }
  const received = () => typists.reduce((sum, typist) => sum + typist.received, 0);
  for (const typist of typists) typist.type();
  await pause(WARM_MS);
  const [countBefore, cpuBefore, ownBefore] = [received(), await server.process.cpu(), process.cpuUsage()];
  const begun = performance.now();
  const end = begun + MEASURED_MS;
  while (performance.now() < end && !typists.some((typist) => typist.exhausted)) await pause(20);
  const seconds = (performance.now() - begun) / 1_000;
  const updates = received() - countBefore;
  const cpu = (await server.process.cpu()) - cpuBefore;
  const own = process.cpuUsage(ownBefore);
  for (const typist of typists) typist.stop();
  await Promise.all(typists.map((typist) => typist.leave()));
  return {
    perSecond: updates / seconds,
    cpuMicros: (cpu * 1e6) / updates,
    loadBusy: (own.user + own.system) / seconds / 1e4,
  };
}

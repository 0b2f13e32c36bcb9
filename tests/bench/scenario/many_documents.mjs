/** Three hundred documents with a page of words, two people in each. */
import { Client } from "../wire/client.mjs";
import { paragraph } from "../wire/update.mjs";
import { pause, until, warmUp } from "./typing.mjs";

const DOCUMENTS = 300;
const AT_ONCE = 10;
const SETTLE_MS = 1_000;
const WORDS = "kylän talkoissa maalattiin koulun aita ".repeat(25);

export const title = "300 documents × 2 clients";
export const measures = [
  {
    key: "kilobytes",
    label: "memory a document, KB",
    digits: 1,
    goal: { text: "≤ 32", met: (ours) => ours <= 32 },
  },
  {
    key: "cpuMicros",
    label: "server CPU µs a connection",
    goal: { text: "≤ 100", met: (ours) => ours <= 100 },
  },
];

export async function run(server) {
  await warmUp(server);
  await meet(server, 0, 2 * AT_ONCE);
  await pause(SETTLE_MS);
  const [memoryBefore, cpuBefore] = [await server.process.memory(), await server.process.cpu()];
  await meet(server, 2 * AT_ONCE, DOCUMENTS);
  await pause(SETTLE_MS);
  const memory = (await server.process.memory()) - memoryBefore;
  const cpu = (await server.process.cpu()) - cpuBefore;
  return { kilobytes: memory / 1024 / DOCUMENTS, cpuMicros: (cpu * 1e6) / (2 * DOCUMENTS) };
}

/** Opens documents, a few at once; the people stay until the server ends. */
async function meet(server, first, count) {
  for (let number = first; number < first + count; number += AT_ONCE) {
    const some = Array.from({ length: AT_ONCE }, (_, place) => one(server, number + place));
    await Promise.all(some);
  }
}

async function one(server, number) {
  const writer = await Client.connect(server, `document-${number}`);
  await writer.synced;
  writer.say("update", paragraph(3_000 + number, WORDS));
  const reader = await Client.connect(server, `document-${number}`);
  await until(() => reader.heard.clocks.size > 0);
}

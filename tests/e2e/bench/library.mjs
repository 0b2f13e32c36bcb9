/**
 * How fast the library of practices answers with 10,000 of them on the device: from a
 * choice or a letter to the frame that shows the new number, and how long the main thread
 * is held meanwhile.
 *
 * Prints the figures and writes them to `target/bench/library.json`. The practices come
 * through the real server; its process is stopped before anything is measured.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import { expect } from "@playwright/test";

import { writeMany } from "../world/many_documents.mjs";
import { Person } from "../world/person.mjs";
import { ACCOUNTS, discard, exampleData, Server } from "../world/talkoot.mjs";

const PRACTICES = Number(process.env.PRACTICES ?? 10_000);
const FOLDER = fileURLToPath(new URL("../../../target/bench", import.meta.url));

/** Runs in the page: does something, and waits until two frames after the number has changed. */
async function answered(deed) {
  const heading = document.getElementById("practices-count");
  const tasks = [];
  const watching = new PerformanceObserver((list) => tasks.push(...list.getEntries().map((one) => Math.round(one.duration))));
  watching.observe({ type: "longtask" });
  const before = heading.innerText;
  const begun = performance.now();
  const changed = new Promise((resolve) => {
    new MutationObserver((_, watcher) => {
      watcher.disconnect();
      resolve(performance.now() - begun);
    }).observe(heading, { childList: true, subtree: true, characterData: true });
  });
  if (deed.tick) [...document.querySelectorAll("label.check")].find((one) => one.innerText.startsWith(deed.tick)).click();
  if (deed.type !== undefined) {
    const field = document.querySelector("input[type=search]");
    field.value = deed.type;
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
  const countedMs = Math.round(await changed);
  const paintedMs = await new Promise((resolve) =>
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(Math.round(performance.now() - begun)))),
  );
  watching.disconnect();
  return { deed, before, after: heading.innerText, countedMs, paintedMs, longTasksMs: tasks };
}

const data = await exampleData();
const server = await Server.over(data);
await discard(data);
await server.start();
const account = ACCOUNTS["marja-koskela"];
await writeMany(server, account, PRACTICES, { generator: "many_practices" });
const marja = await Person.come(server, account);
try {
  await marja.signIn();
  await server.stop();
  await marja.visit("/practices");
  await expect(marja.page.locator("#practices-count")).not.toBeEmpty({ timeout: 60_000 });
  const figures = [];
  // Each changes the number: what does not would never be answered.
  const deeds = [
    { tick: "Trial" },
    { tick: "Monitored" },
    { tick: "Older people" },
    { tick: "Older people" },
    { tick: "Monitored" },
    { tick: "Trial" },
    { type: "kyyti" },
    { type: "kyyti verkossa 7" },
    { type: "" },
  ];
  for (const deed of deeds) figures.push(await marja.page.evaluate(answered, deed));
  await mkdir(FOLDER, { recursive: true });
  await writeFile(`${FOLDER}/library.json`, `${JSON.stringify(figures, undefined, 2)}\n`);
  for (const figure of figures) console.log(JSON.stringify(figure));
} finally {
  await marja.leave();
  await server.remove();
}

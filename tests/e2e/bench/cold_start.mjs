/**
 * How fast the app starts from the icon with no network and 10,000 documents on the
 * device, on a processor four times slower; and how long the main thread is held while
 * 10,000 documents come in and while the list is scrolled (both at full speed).
 *
 * Prints the figures and writes them to `target/bench/cold_start.json`. The documents
 * come through the real server; the server process is stopped before every start.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import { Person } from "../world/person.mjs";
import { ACCOUNTS, discard, exampleData, Server } from "../world/talkoot.mjs";
import { writeMany } from "../world/many_documents.mjs";

const DOCUMENTS = Number(process.env.DOCUMENTS ?? 10_000);
const THROTTLE = 4;
const STARTS = 5;
const LIST = "/documents?project=all";
const LONG_TASK_MS = 50;
const RESULT = fileURLToPath(new URL("../../../target/bench/cold_start.json", import.meta.url));

/** Runs in the page before anything else: notes when rows stand on the screen, and every long task. */
function watch() {
  window.longTasks = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.longTasks.push(Math.round(entry.duration));
  }).observe({ type: "longtask", buffered: true });
  const note = (name, selector) => {
    const look = () => {
      if (document.querySelector(selector)) {
        // Two frames later it has been painted.
        requestAnimationFrame(() => requestAnimationFrame(() => (window[name] ??= performance.now())));
      } else {
        requestAnimationFrame(look);
      }
    };
    look();
  };
  note("listPaintedMs", 'main a[href^="/documents/"]');
  note("textReadyMs", "[role=textbox][contenteditable=true]");
}

const data = await exampleData();
const server = await Server.over(data);
await discard(data);
await server.start();
const account = ACCOUNTS["marja-koskela"];
await writeMany(server, account, DOCUMENTS);
const marja = await Person.come(server, account, { profile: { scripts: [watch] } });
try {
  const figures = await measure();
  await mkdir(fileURLToPath(new URL("../../../target/bench", import.meta.url)), { recursive: true });
  await writeFile(RESULT, `${JSON.stringify(figures, undefined, 2)}\n`);
  for (const [name, value] of Object.entries(figures)) console.log(`${name}: ${JSON.stringify(value)}`);
} finally {
  await marja.leave();
  await server.remove();
}

async function measure() {
  const begun = Date.now();
  await marja.signIn();
  const firstSyncMs = Date.now() - begun;
  const tasksWhileSyncing = await marja.page.evaluate(() => window.longTasks);
  await marja.visit(LIST);
  await marja.page.waitForFunction(() => window.listPaintedMs !== undefined);
  const listed = await marja.page.getByRole("heading", { level: 2 }).first().innerText();
  const document = await marja.page.locator('main a[href^="/documents/"]').first().getAttribute("href");
  await server.stop();

  const lists = await starts(LIST, "listPaintedMs");
  const texts = await starts(`${document}/edit`, "textReadyMs");
  await marja.profile.restart();
  await marja.visit(LIST);
  await marja.page.waitForFunction(() => window.listPaintedMs !== undefined);
  const tasksWhileScrolling = await scrolled();
  return {
    documents: DOCUMENTS,
    listed,
    throttle: THROTTLE,
    list_painted_ms: { median: median(lists), all: lists },
    editing_ready_ms: { median: median(texts), all: texts },
    first_sync_ms: firstSyncMs,
    long_tasks_while_syncing_ms: long(tasksWhileSyncing),
    long_tasks_while_scrolling_ms: long(tasksWhileScrolling),
  };
}

/** Starts the browser anew, several times, and gives when the thing stood. */
async function starts(path, mark) {
  const times = [];
  for (let start = 0; start < STARTS; start += 1) {
    await marja.profile.restart();
    const devtools = await marja.profile.context.newCDPSession(marja.page);
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: THROTTLE });
    await marja.visit(path);
    const time = await marja.page.waitForFunction((name) => window[name], mark);
    times.push(Math.round(await time.jsonValue()));
  }
  return times;
}

/** Scrolls through the whole list with the wheel and gives the tasks that took long. */
async function scrolled() {
  await marja.page.evaluate(() => (window.longTasks.length = 0));
  await marja.page.mouse.move(700, 600);
  for (let turn = 0; turn < 100; turn += 1) {
    await marja.page.mouse.wheel(0, 2_000);
    await marja.page.evaluate(() => new Promise(requestAnimationFrame));
  }
  return marja.page.evaluate(() => window.longTasks);
}

function long(tasks) {
  return { over_50: tasks.filter((task) => task > LONG_TASK_MS).length, longest: Math.max(0, ...tasks) };
}

function median(numbers) {
  const sorted = numbers.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)];
}

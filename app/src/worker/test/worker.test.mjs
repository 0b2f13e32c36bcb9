/**
 * The service worker in a real Chromium, on the real bundle. Being offline is the
 * server being gone. A newer build is the same files under another name.
 */
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";

import { build as bundle } from "esbuild";
import { chromium } from "playwright-core";

import { Site } from "./site.mjs";

const DIST = process.env.TALKOOT_DIST ?? new URL("../../../../dist", import.meta.url).pathname;
const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const NEWER = "aaaaaaaaaaaaaaaa";

let browser, person, site;

before(async () => {
  const folders = process.env.PATH.split(delimiter);
  const programs = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  browser = await chromium.launch({ executablePath: programs.find(existsSync), args: ["--no-sandbox"] });
});
after(() => browser.close());

beforeEach(async () => {
  site = await Site.of(DIST);
  person = await browser.newContext();
  await person.addInitScript(() => {
    window.news = 0;
    window.addEventListener("talkoot:update-ready", () => (window.news += 1));
  });
});
afterEach(async () => {
  await person.close();
  await site.remove();
});

/** Opens an address and waits until its page runs. */
async function open(path) {
  const page = await person.newPage();
  await page.goto(site.address + path);
  await page.waitForFunction(() => window.talkootBuild);
  return page;
}

const runs = (page) => page.evaluate(() => window.talkootBuild);
const kept = (page) => page.evaluate(() => caches.keys());
const look = (page) =>
  page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update().then(() => true, () => false));

/** Waits until a promise of the page's comes true (Playwright takes the promise itself for a yes). */
const until = (page, promise) =>
  page.evaluate(`(async () => {
    while (!(await (${promise})())) await new Promise((next) => requestAnimationFrame(next));
  })()`);

/** Waits until everything of the first build is on this device. */
async function settle(page) {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
  await page.waitForFunction(() => navigator.serviceWorker.controller);
  await until(page, async () => {
    const list = ["/manifest.webmanifest", "/icons/logo.svg", "/icons/maskable-512.png"];
    const kept = await Promise.all(list.map((file) => caches.match(file)));
    const [name] = await caches.keys();
    const files = (await (await caches.open(name)).keys()).map((file) => file.url);
    return kept.every(Boolean) && files.some((url) => url.includes("/assets/editor-"));
  });
}

test("K1 after one visit any address opens with no network", async () => {
  const page = await open("/");
  await settle(page);
  await site.close();
  const deep = await open("/documents/none-such");
  assert.equal(await runs(deep), await site.build());
  const editor = await deep.evaluate(async () => {
    const [name] = await caches.keys();
    const files = (await (await caches.open(name)).keys()).map((file) => new URL(file.url).pathname);
    return fetch(files.find((path) => path.startsWith("/assets/editor-"))).then((answer) => answer.ok);
  });
  assert.equal(editor, true, "the editor is there too, though it was never opened");
  await site.open();
});

test("K2 a missing file is missing, and the API is never answered from here", async () => {
  const page = await open("/");
  await settle(page);
  const status = (path) => page.evaluate((path) => fetch(path).then((answer) => answer.status, () => 0), path);
  assert.equal(await status("/assets/gone-00000000.js"), 404);
  assert.equal(await status("/api/health"), 404);
  await site.close();
  assert.equal(await status("/api/health"), 0);
  await site.open();
});

test("K3, K4 a new build waits until a page asks, which reloads once; others go on", async () => {
  const [one, two] = [await open("/"), await open("/documents")];
  await settle(one);
  await settle(two);
  const first = await site.build();
  await site.publish(NEWER);
  await look(one);
  for (const page of [one, two]) await page.waitForFunction(() => window.news > 0);
  assert.equal(await runs(one), first);
  let loads = 0;
  one.on("load", () => (loads += 1));
  await Promise.all([one.waitForEvent("load"), one.evaluate(() => window.talkootUpdate())]);
  await one.waitForFunction((newer) => window.talkootBuild === newer, NEWER);
  await two.waitForFunction(() => window.news > 1);
  assert.equal(await runs(two), first, "the other page keeps its words");
  assert.deepEqual((await kept(two)).length, 2, "and its files");
  await Promise.all([two.waitForEvent("load"), two.evaluate(() => window.talkootUpdate())]);
  await until(two, async () => (await caches.keys()).length === 1);
  assert.deepEqual(await kept(two), [`talkoot-build-${NEWER}`]);
  assert.equal(loads, 1);
});

test("K5 a build that does not arrive whole is not taken", async () => {
  const page = await open("/");
  await settle(page);
  const first = await site.build();
  await site.publish(NEWER, { damage: true });
  await look(page);
  await until(page, async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    return !registration.installing && !registration.waiting;
  });
  assert.equal(await page.evaluate(() => window.news), 0);
  await site.close();
  assert.equal(await runs(await open("/sync")), first);
  await site.open();
});

test("K6 the kill switch removes the worker and every kept file, and no written word", async () => {
  const page = await open("/");
  await settle(page);
  await page.evaluate(() => localStorage.setItem("written", "word"));
  const entry = new URL("../kill_worker.js", import.meta.url).pathname;
  const list = join(site.folder, "precache.json");
  await writeFile(list, JSON.stringify({ build: NEWER }));
  await bundle({
    entryPoints: [entry],
    bundle: true,
    format: "iife",
    alias: { "@precache": list },
    outfile: join(site.folder, "service_worker.js"),
    allowOverwrite: true,
  });
  await look(page);
  await until(page, async () => (await caches.keys()).length === 0);
  assert.equal(await page.evaluate(() => localStorage.getItem("written")), "word");
});

/** Posts a form from a page that is none of the app's, as the system does when somebody shares. */
async function post(path, ...files) {
  const page = await person.newPage();
  await page.setContent(`<form method="post" enctype="multipart/form-data" action="${site.address}${path}">
    <input type="file" name="file" multiple><button>Share</button></form>`);
  await page.locator("input").setInputFiles(
    files.map(([name, words]) => ({ name, mimeType: "application/octet-stream", buffer: Buffer.from(words) })),
  );
  await page.locator("button").click();
  return page;
}

const handed = (page) =>
  page.evaluate(async () => {
    const files = await window.talkootShared();
    return files && Promise.all(files.map(async (file) => [file.name, await file.text()]));
  });

test("K7 shared files are kept without a server and handed to a page once", async () => {
  await settle(await open("/"));
  await site.close();
  const page = await post("/share", ["päivä.talkoot", "carried"], ["yö.talkoot", "too"]);
  await page.waitForURL("**/sync");
  await page.waitForFunction(() => window.talkootBuild);
  assert.deepEqual(await handed(page), [["päivä.talkoot", "carried"], ["yö.talkoot", "too"]]);
  assert.equal(await handed(page), undefined);
  assert.equal((await kept(page)).length, 1, "nothing of it is left");
  await site.open();
});

test("K8 of all that is posted, nothing but a shared file is touched", async () => {
  const page = await open("/");
  await settle(page);
  await site.close();
  for (const path of ["/", "/sync", "/api/share", "/share/else"]) {
    const posted = (path) => fetch(path, { method: "POST", body: new FormData() }).then(() => "answered", () => "no network");
    assert.equal(await page.evaluate(posted, path), "no network", path);
  }
  assert.equal((await kept(page)).length, 1);
  await site.open();
});

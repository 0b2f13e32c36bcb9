// The Node side of the browser tests: bundles the harness, serves it under the
// strictest content policy, and drives the Chromium found on PATH.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import * as Y from "yjs";

const here = (name) => fileURLToPath(new URL(name, import.meta.url));

const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'";

const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Editor</title>
<link rel="stylesheet" href="/editor.css"><script type="module" src="/harness.js"></script></head>
<body><main><h1>Editor</h1><p><button id="before">before</button></p></main><p><button id="after">after</button></p></body></html>`;

function findChromium() {
  for (const name of ["chromium", "chromium-browser", "google-chrome"]) {
    try {
      return execFileSync("which", [name], { encoding: "utf8" }).trim();
    } catch {
      continue;
    }
  }
  throw new Error("no Chromium on PATH: install the package `chromium`");
}

async function bundleHarness() {
  const entry = { entryPoints: [here("harness.js")], bundle: true, format: "esm", target: "es2022", write: false };
  const { outputFiles } = await build(entry);
  return outputFiles[0].text;
}

/** Starts everything; returns how to get a fresh page and how to stop. */
export async function openBrowser() {
  const files = {
    "/": ["text/html", PAGE],
    "/harness.js": ["text/javascript", await bundleHarness()],
    "/editor.css": ["text/css", readFileSync(here("../editor.css"), "utf8")],
  };
  const server = createServer((request, response) => {
    const [type, body] = files[request.url] ?? ["text/plain", ""];
    response.writeHead(request.url in files ? 200 : 404, { "content-type": `${type}; charset=utf-8`, "content-security-policy": POLICY });
    response.end(body);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const browser = await chromium.launch({ executablePath: findChromium(), args: ["--no-sandbox"] });
  const address = `http://127.0.0.1:${server.address().port}/`;
  return {
    async page() {
      const context = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] });
      const page = await context.newPage();
      page.setDefaultTimeout(10_000);
      page.complaints = [];
      page.on("console", (message) => message.type() !== "log" && page.complaints.push(message.text()));
      page.on("pageerror", (error) => page.complaints.push(String(error)));
      await page.goto(address);
      await page.waitForFunction(() => window.enter !== undefined);
      return page;
    },
    async stop() {
      await browser.close();
      server.close();
    },
  };
}

/** Opens a person's editor on the page and puts the caret at its end. */
export async function enter(page, name, options = {}) {
  await page.evaluate(([who, given]) => window.enter(who, given), [name, { clientId: clientIdOf(name), ...options }]);
  return page.locator(`[data-person=${name}] [role=textbox]`);
}

const clientIdOf = (name) => [...name].reduce((sum, letter) => sum * 31 + letter.codePointAt(0), 7);

/** Reads a person's text out of its Yjs bytes, as XML. */
export async function textOf(page, name) {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Uint8Array.from(await page.evaluate((who) => window.stateOf(who), name)));
  return xmlOf(doc.getXmlFragment("body"));
}

/** Writes a fragment as XML: attributes sorted, marks as elements in name order. */
export function xmlOf(type) {
  if (type instanceof Y.XmlText) return type.toDelta().map(runOf).join("");
  const inner = type.toArray().map(xmlOf).join("");
  if (!(type instanceof Y.XmlElement)) return inner;
  const attributes = Object.entries(type.getAttributes()).sort().map(([key, value]) => ` ${key}=${JSON.stringify(value)}`);
  return `<${type.nodeName}${attributes.join("")}>${inner}</${type.nodeName}>`;
}

function runOf({ insert, attributes = {} }) {
  return Object.entries(attributes).sort().reduce((inner, [mark, value]) => {
    const href = value.href === undefined ? "" : ` ${value.href}`;
    return `<${mark}${href}>${inner}</${mark}>`;
  }, insert);
}

/** Pastes the way a person does: a paste event with these kinds of data. */
export function paste(box, data) {
  return box.evaluate((element, kinds) => {
    const clipboardData = new DataTransfer();
    for (const [kind, value] of Object.entries(kinds)) clipboardData.setData(kind, value);
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, data);
}

/** Presses keys in turn: words are typed, names in `{}` are single keys. */
export async function press(page, keys) {
  for (const [, key, words] of keys.matchAll(/\{([^}]+)\}|([^{]+)/g)) {
    if (key === undefined) await page.keyboard.type(words);
    else await page.keyboard.press(key);
    await settle(page);
  }
}

/** Browsers report a moved caret a task later; no person types faster than that. */
const settle = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

/**
 * The public side as somebody reads it who has no account and runs no scripts: valid, accessible,
 * light, in three languages, light and dark, and on a small phone.
 */
import { gzipSync } from "node:zlib";

import { HtmlValidate } from "html-validate";

import { lookAt } from "./world/looking.mjs";
import { expect, test } from "./world/world.mjs";

const LANGUAGES = [["fi", "fi-FI"], ["sv", "sv-FI"], ["en", "en-GB"]];
/** Most bytes that a page may weigh without images: the page and what it needs to look decent. */
const BYTES_MAX = 50_000;

const validator = new HtmlValidate({
  extends: ["html-validate:standard", "html-validate:document"],
  rules: {
    // The page is the app's own: these are choices of style, not faults.
    "doctype-style": "off",
    "void-style": "off",
    "no-trailing-whitespace": "off",
    "long-title": "off",
    "require-sri": "off",
  },
});

/** Every public address that the sitemap names, with two where nothing is. */
async function addresses(server) {
  const map = await (await fetch(`${server.address}/sitemap.xml`)).text();
  const named = [...map.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, url]) => new URL(url).pathname);
  return [...named, "/nothing-here", "/documents/00000000000000000000000000"];
}

/** One of each sort: the lists, and the first of each kind that the sitemap names. */
async function samples(server) {
  const all = await addresses(server);
  const kinds = ["documents", "practices", "projects", "programmes", "organisations"];
  const first = kinds.map((kind) => all.find((path) => path.startsWith(`/${kind}/`))).filter(Boolean);
  return ["/", "/documents", "/practices", "/projects", "/nothing-here", ...first];
}

/** Reads a feed as a browser reads XML: what is not well-formed is told as such. */
function readFeed(text) {
  const page = new DOMParser().parseFromString(text, "application/xml");
  const read = (one) => {
    const own = (name) => [...one.children].filter((child) => child.localName === name);
    const words = (name) => own(name).map((child) => child.textContent);
    const links = own("link").map((link) => [link.getAttribute("rel"), link.getAttribute("href")]);
    return { ids: words("id"), titles: words("title"), updated: words("updated"), authors: own("author").length, links };
  };
  const { namespaceURI, localName } = page.documentElement;
  const entries = [...page.documentElement.children].filter((child) => child.localName === "entry");
  return { namespaceURI, localName, feed: read(page.documentElement), entries: entries.map(read) };
}

/** What somebody brings whose browser runs no scripts and speaks a language. */
const plain = (locale) => ({ profile: { javaScriptEnabled: false, locale } });

test("PU2 PU12 every public page is valid HTML and light", async ({ server }) => {
  test.slow();
  const complaints = [];
  for (const path of await addresses(server)) {
    const answer = await fetch(server.address + path);
    const html = await answer.text();
    const report = await validator.validateString(html);
    const found = report.results.flatMap(({ messages }) => messages);
    complaints.push(...found.map(({ ruleId, line, message }) => `${path}:${line} ${ruleId}: ${message}`));
    if (html.length > BYTES_MAX) complaints.push(`${path} has ${html.length} bytes`);
  }
  expect(complaints).toEqual([]);
  const kept = await (await fetch(`${server.address}/index.html`)).text();
  expect(kept).not.toContain('id="public"');
});

test("PU7 every feed that a page names is well-formed Atom with what Atom asks for", async ({ server, meet }) => {
  const somebody = await meet();
  await somebody.visit("/robots.txt");
  const feeds = new Set();
  for (const path of await samples(server)) {
    const html = await (await fetch(server.address + path)).text();
    for (const [, href] of html.matchAll(/type="application\/atom\+xml"[^>]*href="([^"]+)"/g)) feeds.add(href);
  }
  expect(feeds.size).toBeGreaterThan(4);
  for (const path of feeds) {
    const text = await (await fetch(server.address + path)).text();
    const { namespaceURI, localName, feed, entries } = await somebody.page.evaluate(readFeed, text);
    expect([path, namespaceURI, localName]).toEqual([path, "http://www.w3.org/2005/Atom", "feed"]);
    for (const one of [feed, ...entries]) {
      expect(one.ids, path).toEqual([expect.stringMatching(/^http:\/\/[^ ]+$/)]);
      expect(one.titles, path).toHaveLength(1);
      expect(one.updated, path).toEqual([expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/)]);
      expect(one.links.filter(([rel]) => rel === "alternate"), path).toHaveLength(1);
    }
    expect(feed.authors, "entries without an author have the feed's").toBe(1);
    expect(new Set(entries.flatMap(({ ids }) => ids)).size).toBe(entries.length);
  }
});

for (const [language, locale] of LANGUAGES) {
  test(`Q65 public pages without scripts have no fault in ${language}, light, dark and at 360 px`, async ({ server, meet }) => {
    test.slow();
    // axe waits by timers, which do not run where scripts are forbidden: the page's own are kept away.
    const person = await meet(undefined, { profile: { locale } });
    await person.profile.context.route(/\.(js|wasm)$/, (route) => route.abort());
    const found = [];
    for (const [place, path] of (await samples(server)).entries()) {
      await person.page.goto(server.address + path);
      await expect(person.page.getByRole("main")).toHaveCount(1);
      await expect(person.page.getByRole("heading", { level: 1 })).toHaveCount(1);
      found.push(...(await lookAt(person, `public-${language}-${place}-${path.split("/")[1]}`)));
    }
    expect(found).toEqual([]);
  });
}

test("Q66 a public page without scripts fetches at most 50 KB beside images, and its links lead on", async ({ server, meet }) => {
  const person = await meet(undefined, plain("en-GB"));
  let bytes = 0;
  const answers = [];
  person.page.on("response", (answer) => answers.push(answer));
  await person.page.goto(`${server.address}/`, { waitUntil: "networkidle" });
  for (const answer of answers) {
    const kind = answer.request().resourceType();
    const body = /image|manifest/.test(kind) ? Buffer.alloc(0) : await answer.body();
    // Only a release build packs the look; a page is sent as it is.
    bytes += kind === "document" ? body.length : gzipSync(body).length;
  }
  expect(bytes).toBeGreaterThan(5_000);
  expect(bytes).toBeLessThan(BYTES_MAX);
  await person.page.getByRole("link", { name: "All practices" }).click();
  await expect(person.page.getByRole("heading", { level: 1 })).toHaveText("Practices");
  const first = person.page.getByRole("main").getByRole("listitem").first().getByRole("link");
  const name = await first.textContent();
  await first.click();
  await expect(person.page.getByRole("heading", { level: 1 })).toHaveText(name);
  await expect(person.page.getByRole("article").getByRole("heading", { level: 2 }).first()).toBeVisible();
});

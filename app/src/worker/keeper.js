/**
 * Keeps the files of builds in the browser's caches, one cache a build.
 * Knows nothing of messages or of pages; `service_worker.js` decides when.
 */

const PREFIX = "talkoot-build-";
const PAGE = "/index.html";
/** How long a page may take to say which build it runs, before we assume the worst. */
const ANSWER_WITHIN_MS = 5000;

/**
 * @param {{build: string, first: File[], later: File[]}} precache what the build holds
 * @typedef {{url: string, hash: string, bytes: number}} File
 */
export function createKeeper(precache) {
  const own = PREFIX + precache.build;
  const all = [...precache.first, ...precache.later];
  const known = new Map(all.map((file) => [file.url, file]));

  /** Takes in what the app cannot start without, all of it or nothing. */
  async function install() {
    const cache = await caches.open(own);
    try {
      await Promise.all(precache.first.map((file) => keep(cache, file)));
    } catch (error) {
      await caches.delete(own);
      throw error;
    }
  }

  /** Takes in the rest, each file for itself: what fails now is tried at the next start. */
  async function complete() {
    const cache = await caches.open(own);
    await Promise.allSettled(precache.later.map((file) => keep(cache, file)));
  }

  /** Answers a navigation with this build's page. */
  async function page(request) {
    const cache = await caches.open(own);
    return (await cache.match(PAGE)) ?? fetch(request);
  }

  /** Answers a file: kept ones from here, also those of a build that a page still runs. */
  async function file(request) {
    const path = new URL(request.url).pathname;
    const cache = await caches.open(own);
    const kept = (await cache.match(path)) ?? (await caches.match(path));
    if (kept) return kept;
    if (!known.has(path)) return fetch(request);
    try {
      return await keep(cache, known.get(path));
    } catch {
      return fetch(request);
    }
  }

  /** Whether an address can be a file of ours, of this build or another. */
  function mayHold(path) {
    return known.has(path) || path.startsWith("/assets/");
  }

  /** Removes the builds that no open page runs any more. */
  async function forgetUnused() {
    const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== own);
    if (names.length === 0) return;
    const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
    const builds = await Promise.all(pages.map(buildOf));
    // A page that does not answer (asleep, still starting) may run any of them.
    if (builds.includes(undefined)) return;
    const unused = names.filter((name) => !builds.includes(name.slice(PREFIX.length)));
    await Promise.all(unused.map((name) => caches.delete(name)));
  }

  return { install, complete, page, file, mayHold, forgetUnused };
}

/** Puts one file into the cache, from another build's where it is there already. */
async function keep(cache, file) {
  const already = await cache.match(file.url);
  if (already) return already;
  // Names under /assets carry their hash: the same name is the same file.
  const elsewhere = file.url.startsWith("/assets/") && (await caches.match(file.url));
  const response = elsewhere || (await load(file));
  await cache.put(file.url, response.clone());
  return response;
}

/** Fetches one file and checks that it is the one that the build names. */
async function load(file) {
  // What the page has just loaded is not asked for twice; a damaged copy is asked for anew.
  const modes = file.url.startsWith("/assets/") ? ["default", "reload"] : ["no-cache"];
  for (const cache of modes) {
    const response = await fetch(file.url, { cache, credentials: "same-origin" });
    if (!response.ok) continue;
    const bytes = await response.arrayBuffer();
    if ((await hashOf(bytes)) === file.hash) return whole(bytes, response.headers);
  }
  throw new Error(`${file.url} did not arrive as the build names it`);
}

/** A response that stands for itself: unpacked already, and of no redirect. */
function whole(bytes, from) {
  const headers = new Headers(from);
  headers.delete("content-encoding");
  headers.delete("content-length");
  return new Response(bytes, { status: 200, headers });
}

async function hashOf(bytes) {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Asks a page which build it runs. */
function buildOf(page) {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    setTimeout(resolve, ANSWER_WITHIN_MS, undefined);
    port1.onmessage = (event) => resolve(event.data.build);
    page.postMessage({ type: "build?" }, [port2]);
  });
}

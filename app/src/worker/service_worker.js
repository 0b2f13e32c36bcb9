/**
 * The service worker: one build, kept whole, so that the app starts with no network.
 *
 * Every file is kept under its address and checked against the hash that the build
 * names; a build that does not arrive whole is not installed. A page (any address that
 * is not a file) is answered from the kept `index.html`, always. What the
 * server answers by itself is never touched, and of all that is posted only shared files are. A new build waits until a page asks for it: nobody is interrupted.
 */
import precache from "@precache";

import { createKeeper } from "./keeper.js";
import { SHARE, takeIn } from "./shared_file.js";

const keeper = createKeeper(precache);
/** What the server answers by itself. */
const NOT_OURS = ["/api/", "/yjs/", "/feeds/", "/licences/", "/sitemap.xml", "/robots.txt", "/service_worker.js"];

self.addEventListener("install", (event) => {
  event.waitUntil(keeper.install());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(self.clients.claim().then(() => keeper.forgetUnused()));
});

self.addEventListener("message", (event) => {
  switch (event.data?.type) {
    case "activate":
      event.waitUntil(self.skipWaiting());
      break;
    case "claim":
      event.waitUntil(self.clients.claim());
      break;
    case "complete":
      event.waitUntil(keeper.complete().then(() => keeper.forgetUnused()));
      break;
    case "version":
      event.ports[0]?.postMessage({ build: precache.build });
      break;
    default:
  }
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.method === "POST" && url.pathname === SHARE) event.respondWith(takeIn(request));
  if (request.method !== "GET") return;
  if (NOT_OURS.some((start) => url.pathname.startsWith(start))) return;
  if (request.mode === "navigate") event.respondWith(keeper.page(request));
  else if (keeper.mayHold(url.pathname)) event.respondWith(keeper.file(request));
});

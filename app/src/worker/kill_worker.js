/**
 * The kill switch: shipped in place of the service worker when one went wrong
 * (`cargo xtask bundle --kill-worker`). It takes over at once and removes every kept
 * build and itself, so that pages come from the server again. It leaves the database,
 * with all that people have written, alone.
 */
import { build } from "@precache";

self.addEventListener("install", () => {
  self.skipWaiting();
});

self.addEventListener("activate", (event) => {
  event.waitUntil(removeAll());
});

self.addEventListener("message", (event) => {
  if (event.data?.type === "version") event.ports[0]?.postMessage({ build });
});

async function removeAll() {
  const names = await caches.keys();
  await Promise.all(names.map((name) => caches.delete(name)));
  await self.registration.unregister();
  // Open pages are left as they are: a reload would cut a person off in the middle of a word.
}

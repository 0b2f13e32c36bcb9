/**
 * Where the page starts: leaves whoever does not work here to what is published, checks that the
 * browser can carry the app, starts it, and registers the service worker once the app stands.
 * Knows nothing of the app itself.
 * For the app: `window.talkootShared()` gives the files that were shared with it, once.
 */
import init from "@glue";
import wasm from "@wasm";

import { leavePublic, showPublic } from "./public.js";
import { register } from "./register.js";
import { handOver } from "./shared_file.js";

/** Whether this browser has what the app cannot do without. */
function able() {
  return typeof WebAssembly === "object" && "indexedDB" in window && window.indexedDB !== null;
}

/** Shows one of the plain sentences that wait in the page, each in three languages. */
function say(id) {
  document.getElementById(id)?.removeAttribute("hidden");
}

async function start() {
  if (await showPublic()) {
    const { watchComments } = await import("./comment.js");
    watchComments();
    return;
  }
  if (!able()) {
    say("cannot-run");
    return;
  }
  window.talkootShared = handOver;
  // The icons may come after the app: it stands without them.
  leavePublic().catch(() => {});
  try {
    await init({ module_or_path: wasm });
  } catch (error) {
    say("cannot-start");
    throw error;
  } finally {
    // Also when the app could not start: the next build may be the one that mends it.
    register();
  }
}

start();

/**
 * The page's side of the service worker: registers it, looks for new builds, and
 * changes to a new one when the app asks. It never reloads on its own account.
 *
 * Events on `window`: `talkoot:update-ready` when a new build waits.
 * For the app: `window.talkootUpdate()` changes to the build that waits; the app
 * writes down what is being typed before it calls. Resolves to false when none waits.
 * `window.talkootBuild` names the build that this page runs.
 */

const CHECK_EVERY_MS = 60 * 60 * 1000;
/** Coming back to the tab is a good moment to look, but not each time one blinks. */
const CHECK_AGAIN_AFTER_MS = 60 * 1000;
/** Set while one reload is under way, so that there is never a second. */
const RELOADING = "talkoot:reloading-to";

const build = document.documentElement.dataset.build;
let registration;
let checkedAt = 0;
let asked = false;

/** Registers the worker. Without one (an old browser, plain http) the app still works online. */
export async function register() {
  window.talkootBuild = build;
  window.talkootUpdate = update;
  const workers = navigator.serviceWorker;
  if (!workers) return;
  workers.addEventListener("message", answer);
  workers.addEventListener("controllerchange", changed);
  try {
    registration = await workers.register("/service_worker.js", { updateViaCache: "none" });
  } catch (error) {
    console.warn("the service worker was not registered", error);
    return;
  }
  checkedAt = Date.now();
  watch(registration);
  setInterval(check, CHECK_EVERY_MS);
  document.addEventListener("visibilitychange", checkAgain);
  window.addEventListener("focus", checkAgain);
  const { active } = await workers.ready;
  // A page that was opened while the worker took over may have been passed over.
  if (!workers.controller) active?.postMessage({ type: "claim" });
  whenIdle(() => active?.postMessage({ type: "complete" }));
}

/** Tells the app about a build that waits, now or later. */
function watch(registration) {
  const announce = () => {
    // A first installation is no news: it serves the very build that the page runs.
    if (registration.waiting && registration.active) {
      window.dispatchEvent(new CustomEvent("talkoot:update-ready"));
    }
  };
  announce();
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", announce);
  });
}

async function check() {
  checkedAt = Date.now();
  // What could not be fetched or thrown away before is tried again.
  registration.active?.postMessage({ type: "complete" });
  try {
    await registration.update();
  } catch {
    // No network. The next look will find what there is to find.
  }
}

function checkAgain() {
  const visible = document.visibilityState === "visible";
  if (visible && Date.now() - checkedAt > CHECK_AGAIN_AFTER_MS) check();
}

/** Changes to the build that waits, and reloads once it has taken over. */
async function update() {
  const waiting = registration?.waiting;
  if (!waiting) return false;
  asked = true;
  waiting.postMessage({ type: "activate" });
  return true;
}

/** Reloads after a change of worker: exactly once, and only where it was asked for. */
async function changed() {
  if (!asked) {
    // Another tab changed. This one keeps its words and is told that a new build is here.
    if (await controllerBuild() !== build) {
      window.talkootUpdate = reload;
      window.dispatchEvent(new CustomEvent("talkoot:update-ready"));
    }
    return;
  }
  reload();
}

async function reload() {
  const next = await controllerBuild();
  if (next !== undefined && sessionStorage.getItem(RELOADING) === next) return false;
  if (next !== undefined) sessionStorage.setItem(RELOADING, next);
  location.reload();
  return true;
}

/** Asks the worker in charge which build it serves. */
function controllerBuild() {
  const controller = navigator.serviceWorker.controller;
  if (!controller) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = (event) => resolve(event.data.build);
    controller.postMessage({ type: "version" }, [port2]);
  });
}

/** Tells the worker which build this page runs, so that its files are kept. */
function answer(event) {
  if (event.data?.type === "build?") event.ports[0]?.postMessage({ build });
}

function whenIdle(perform) {
  if ("requestIdleCallback" in window) window.requestIdleCallback(perform, { timeout: 10_000 });
  else setTimeout(perform, 2_000);
}

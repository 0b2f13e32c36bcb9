// Peers who fall silent. Time is moved by hand.
//
// The awareness library takes hold of the clock when it is loaded, so the clock
// is replaced first and everything else is loaded after.

import assert from "node:assert/strict";
import { test } from "node:test";

const realNow = Date.now;
let passedMs = 0;
Date.now = () => realNow() + passedMs;

const { Awareness, encodeAwarenessUpdate } = await import("y-protocols/awareness");
const Y = await import("yjs");
const { openPresence } = await import("../presence.js");

function foreign(id, state) {
  const doc = new Y.Doc();
  doc.clientID = id;
  const awareness = new Awareness(doc);
  awareness.setLocalState(state);
  const update = encodeAwarenessUpdate(awareness, [id]);
  return { update, end: () => doc.destroy() };
}

test("E16 a peer who falls silent stays as a ghost, one who says goodbye does not", (context) => {
  context.mock.timers.enable({ apis: ["setInterval"] });
  const doc = new Y.Doc();
  doc.clientID = 3;
  const presence = openPresence(doc, () => {});
  let latest = [];
  presence.watch((peers) => {
    latest = peers;
  });
  const silent = foreign(9, { user: { name: "Silent", tint: 1 } });
  presence.apply(silent.update);
  silent.end();
  passedMs = 40_000;
  context.mock.timers.tick(40_000);
  assert.deepEqual(latest.map(({ name, ghost }) => [name, ghost]), [["Silent", true]]);
  const back = foreign(10, { user: { name: "Silent", tint: 1 } });
  presence.apply(back.update);
  assert.deepEqual(latest.map(({ name, ghost }) => [name, ghost]), [["Silent", false]]);
  presence.apply(Uint8Array.of(1, 10, 9, 4, ...new TextEncoder().encode("null")));
  assert.deepEqual(latest, []);
  back.end();
  doc.destroy();
});

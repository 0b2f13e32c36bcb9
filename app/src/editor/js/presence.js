// Who else is in the text, and where: the Yjs awareness protocol.
//
// Lossy by nature and never stored. What may be shown of a peer, roll.js decides.

import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from "y-protocols/awareness";
import { describe, keepRoll } from "./roll.js";

/**
 * Opens presence on a document.
 * @param {import("yjs").Doc} doc
 * @param {(update: Uint8Array) => void} onLocal
 */
export function openPresence(doc, onLocal) {
  const awareness = new Awareness(doc);
  const roll = keepRoll(awareness);
  const watchers = new Set();
  const local = () => encodeAwarenessUpdate(awareness, [doc.clientID]);
  const peers = () => [...roll.shown()].map(([id, { user }]) => ({ id: String(id), ...user }));

  awareness.on("update", (_, origin) => {
    if (origin === "local") onLocal(local());
  });
  awareness.on("change", (change, origin) => {
    roll.note(change, origin === "timeout");
    for (const callback of watchers) callback(peers());
  });

  return {
    local,
    introduce: (user = {}) => awareness.setLocalStateField("user", describe(user, doc.clientID)),
    apply: (update) => applySafely(awareness, update),
    watch(callback) {
      watchers.add(callback);
      callback(peers());
      return () => watchers.delete(callback);
    },
    close: () => awareness.destroy(),
    /** What the cursor plugin sees: others' safe states, and our own cursor to set. */
    forView: {
      getStates: roll.shown,
      getLocalState: () => awareness.getLocalState(),
      setLocalStateField: (field, value) => awareness.setLocalStateField(field, value),
      on: (event, listener) => awareness.on(event, listener),
      off: (event, listener) => awareness.off(event, listener),
    },
  };
}

/** Bytes that do not decode are dropped, and nobody else may say who we are. */
function applySafely(awareness, update) {
  const mine = awareness.getLocalState();
  try {
    applyAwarenessUpdate(awareness, update, "remote");
  } catch {
    // Presence is lossy: the next update says it again.
  }
  if (awareness.getLocalState() !== mine) awareness.setLocalState(mine);
}

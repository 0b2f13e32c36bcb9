// One Y.Doc of one record, for one editing session.
//
// Bytes in, bytes out: the session never stores, sends or batches anything, and
// never seeds an empty text. Remote bytes carry an origin of their own, so that
// they are never reported as local edits.

import * as Y from "yjs";
import { NewerContentError, isKnown, leavesKnown } from "./guard.js";
import { openPresence } from "./presence.js";
import { openView } from "./view.js";

const REMOTE = Symbol("remote");

/**
 * What `session.mount` takes.
 * @typedef {object} MountOptions
 * @property {HTMLElement} element where the text goes; its own styles stay the page's
 * @property {HTMLElement | null} [toolbar] becomes the toolbar, or none
 * @property {string} field the fragment's name
 * @property {boolean} [editable]
 * @property {string} label the accessible name of the text
 * @property {Record<string, string>} labels see LABELS
 * @property {{ name: string, color: number }} user colour is one of the five avatar tints, 1 to 5
 * @property {string} [placeholder]
 * @property {() => void} [onTooMuch] more was pasted than the text takes at a time; nothing of it is in the text
 * @property {(chosen: import("./margin.js").Chosen | null) => void} [onChoose] hears which passage is selected
 * @property {(id: string) => void} [onPress] hears which shown passage was pressed
 * @property {() => void} [onNewer] newer content arrived: this view is read-only from now on, open the field anew
 */

/**
 * Opens a record's text.
 * @param {object} options
 * @param {Uint8Array} options.state the whole V1 state; empty for a text nobody has written
 * @param {number} options.clientId a Yjs client id that no other session has used
 * @param {(update: Uint8Array) => void} options.onUpdate hears local edits only
 * @param {(update: Uint8Array) => void} [options.onAwareness] hears our own presence only
 */
export function openText({ state, clientId, onUpdate, onAwareness = () => {} }) {
  const doc = new Y.Doc();
  doc.clientID = clientId;
  if (state.length > 0) Y.applyUpdate(doc, state, REMOTE);
  doc.on("update", (update, origin) => {
    if (origin !== REMOTE) onUpdate(update);
  });
  const presence = openPresence(doc, onAwareness);
  const mounted = new Set();
  doc.on("beforeObserverCalls", (transaction) => {
    if (transaction.origin === REMOTE) freezeWhatIsNewer(mounted, transaction);
  });

  return {
    /** Shows one field for editing. Throws `{code: "newer_content"}` rather than bind what it does not know. */
    mount: (options) => mount(doc, presence, mounted, options),
    /** Takes in a remote update. Applying one twice is harmless. */
    applyUpdate: (update) => Y.applyUpdate(doc, update, REMOTE),
    /** Takes in others' presence. Presence is lossy: bytes that do not decode are dropped. */
    applyAwareness: (update) => presence.apply(update),
    /** Returns our own presence, for a peer that has just come. */
    localAwareness: () => presence.local(),
    /** Calls back with everybody else who is here, now and on each change. Returns how to stop. */
    peers: (callback) => presence.watch(callback),
    /** Returns the whole V1 state. */
    wholeState: () => Y.encodeStateAsUpdate(doc),
    /** Ends the session; says goodbye through `onAwareness` first. */
    close() {
      for (const { view } of [...mounted]) view.destroy();
      presence.close();
      doc.destroy();
    },
  };
}

/** @param {MountOptions} options */
function mount(doc, presence, mounted, options) {
  const fragment = doc.getXmlFragment(options.field);
  if (!isKnown(fragment)) throw new NewerContentError();
  presence.introduce(options.user);
  const view = openView({ ...options, fragment, presence });
  const entry = { fragment, view, frozen: false, onNewer: options.onNewer ?? (() => {}) };
  mounted.add(entry);
  return {
    setEditable: view.setEditable,
    focus: view.focus,
    /** Shows passages that people wrote about, in place of those before. */
    showPassages: view.show,
    destroy() {
      mounted.delete(entry);
      view.destroy();
    },
  };
}

/** Unbinds, before the binding sees them, changes that it would answer by deleting. */
function freezeWhatIsNewer(mounted, transaction) {
  for (const entry of [...mounted]) {
    if (entry.frozen || leavesKnown(entry.fragment, transaction)) continue;
    entry.frozen = true;
    entry.view.freeze();
    entry.onNewer();
  }
}

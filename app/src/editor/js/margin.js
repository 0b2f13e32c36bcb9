// Passages that people wrote about in the margin: where each is now, and which one is chosen.
//
// A passage is named by its first and its last character, as Yjs numbers them ("client.clock
// client.clock"), so that its name stays right while the text moves. What it is about, the page
// knows; here it has an id and a look.

import { Plugin, PluginKey } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";
import { absolutePositionToRelativePosition, relativePositionToAbsolutePosition, ySyncPluginKey } from "y-prosemirror";
import { createRelativePositionFromJSON } from "yjs";

const key = new PluginKey("margin");

/** Who was told of a selection last: of all texts of a page one is selected in. */
let told = null;

/**
 * A passage that the page shows.
 * @typedef {{ id: string, place: string, look: "comment" | "suggestion", on: boolean }} Passage
 */

/**
 * A passage that the person selected; `lines` says over how many blocks it goes.
 * @typedef {{ place: string, words: string, lines: number }} Chosen
 */

/**
 * Builds the plugin.
 * @param {object} options
 * @param {(chosen: Chosen | null) => void} options.onChoose hears what is selected, and that nothing is
 * @param {(id: string) => void} options.onPress hears which passage was pressed
 */
export function margin({ onChoose, onPress }) {
  return new Plugin({
    key,
    state: {
      init: () => ({ passages: [], shown: DecorationSet.empty }),
      apply(transaction, { passages, shown }, _, state) {
        const given = transaction.getMeta(key);
        if (given !== undefined) return { passages: given, shown: place(state, given) };
        if (isBinding(transaction)) return { passages, shown: place(state, passages) };
        return { passages, shown: shown.map(transaction.mapping, transaction.doc) };
      },
    },
    props: {
      decorations: (state) => key.getState(state).shown,
      handleClick(view, position) {
        const [found] = key.getState(view.state).shown.find(position, position);
        if (found !== undefined) onPress(found.spec.id);
        return false;
      },
    },
    view: () => ({
      update(view, before) {
        if (before.selection.eq(view.state.selection) && before.doc === view.state.doc) return;
        const now = chosen(view.state);
        if (now !== null && told !== onChoose) {
          told?.(null);
          told = onChoose;
        }
        onChoose(now);
      },
      destroy() {
        if (told === onChoose) told = null;
      },
    }),
  });
}

/**
 * Shows these passages in place of those before.
 * @param {import("prosemirror-view").EditorView} view
 * @param {Passage[]} passages
 */
export function showPassages(view, passages) {
  view.dispatch(view.state.tr.setMeta(key, passages).setMeta("addToHistory", false));
}

/** Whether what was drawn came out of the Yjs text, so that both agree now. */
function isBinding(transaction) {
  return transaction.docChanged && transaction.getMeta(ySyncPluginKey)?.isChangeOrigin === true;
}

function place(state, passages) {
  const shown = passages.flatMap(({ id, place, look, on }) => {
    const range = find(state, place);
    if (range === null) return [];
    const attributes = { class: `passage passage--${look}${on ? " passage--on" : ""}` };
    return [Decoration.inline(range.from, range.to, attributes, { id })];
  });
  return DecorationSet.create(state.doc, shown);
}

/** Finds a passage; `null` once nothing of it is left. */
function find(state, place) {
  const bound = ySyncPluginKey.getState(state);
  const ends = /^(\d+)\.(\d+) (\d+)\.(\d+)$/.exec(place);
  if (ends === null || !bound?.binding) return null;
  const [firstClient, firstClock, lastClient, lastClock] = ends.slice(1).map(Number);
  const at = (client, clock, assoc) => {
    const position = createRelativePositionFromJSON({ item: { client, clock }, assoc });
    return relativePositionToAbsolutePosition(bound.doc, bound.type, position, bound.binding.mapping);
  };
  const from = at(firstClient, firstClock, 0);
  const to = at(lastClient, lastClock, -1);
  if (from === null || to === null || from >= to) return null;
  return { from, to: Math.min(to, state.doc.content.size) };
}

/** Names what is selected: its first and its last character. */
function chosen(state) {
  const { from, to, empty } = state.selection;
  const bound = ySyncPluginKey.getState(state);
  if (empty || !bound?.binding) return null;
  let first = null;
  let last = null;
  let lines = 0;
  state.doc.nodesBetween(from, to, (node, position) => {
    if (node.isTextblock) lines += 1;
    if (!node.isText) return;
    const [begin, end] = [Math.max(from, position), Math.min(to, position + node.nodeSize)];
    if (begin >= end) return;
    first ??= begin;
    last = end - 1;
  });
  if (first === null) return null;
  const sign = (position) => absolutePositionToRelativePosition(position, bound.type, bound.binding.mapping)?.item;
  const [one, two] = [sign(first), sign(last)];
  if (!one || !two) return null;
  const words = state.doc.textBetween(first, last + 1, "\n");
  return { place: `${one.client}.${one.clock} ${two.client}.${two.clock}`, words, lines };
}

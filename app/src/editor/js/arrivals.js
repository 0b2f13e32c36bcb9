// Tints what has just come from others, for as long as DESIGN.md says.
//
// A remote change replaces the whole ProseMirror document, so the new part is
// found by comparing: cheap, because untouched nodes are the same objects.

import { Plugin, PluginKey } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";
import { ySyncPluginKey } from "y-prosemirror";

/** How long new text stays tinted; the style fades it over the same time. */
const TINT_MS = 1200;

const key = new PluginKey("arrivals");

/** Builds the plugin. */
export function arrivals() {
  return new Plugin({
    key,
    state: {
      init: () => DecorationSet.empty,
      apply(transaction, tinted, before, after) {
        if (transaction.getMeta(key) === "settle") return DecorationSet.empty;
        if (isRemote(transaction)) return tintNew(before.doc, after.doc);
        return tinted.map(transaction.mapping, transaction.doc);
      },
    },
    props: { decorations: (state) => key.getState(state) },
    view: settleLater,
  });
}

function isRemote(transaction) {
  const sync = transaction.getMeta(ySyncPluginKey);
  return transaction.docChanged && sync?.isChangeOrigin === true && sync.isUndoRedoOperation === false;
}

function tintNew(before, after) {
  const from = before.content.findDiffStart(after.content);
  if (from === null) return DecorationSet.empty;
  const end = before.content.findDiffEnd(after.content);
  const to = Math.max(end.b, from + Math.max(0, end.b - end.a));
  if (to <= from) return DecorationSet.empty;
  return DecorationSet.create(after, [Decoration.inline(from, Math.min(to, after.content.size), { class: "arrived" })]);
}

function settleLater() {
  let timer = 0;
  return {
    update(view, before) {
      const tinted = key.getState(view.state);
      if (tinted === key.getState(before) || tinted === DecorationSet.empty) return;
      clearTimeout(timer);
      timer = setTimeout(() => view.dispatch(view.state.tr.setMeta(key, "settle")), TINT_MS);
    },
    destroy: () => clearTimeout(timer),
  };
}

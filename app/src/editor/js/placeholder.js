// A hint in an empty text. Shown by style only: it is never part of the text.

import { Plugin } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";

/**
 * Marks the only, empty paragraph so that the style can show the hint.
 * @param {string} hint
 */
export function placeholderPlugin(hint) {
  return new Plugin({
    props: {
      decorations({ doc }) {
        const first = doc.firstChild;
        const isEmpty = doc.childCount === 1 && first.type.name === "paragraph" && first.content.size === 0;
        if (hint === "" || !isEmpty) return null;
        const node = Decoration.node(0, first.nodeSize, { class: "is-empty", "data-placeholder": hint });
        return DecorationSet.create(doc, [node]);
      },
    },
  });
}

// Lets the editor hear where the caret is before it answers a key.
//
// Browsers report a moved caret a task later. On a slow laptop the next key can
// come first: Home, then Backspace, would be judged as if the caret had never
// moved, and take the last letter instead of the list. Writes nothing.

import { Plugin } from "prosemirror-state";

/** Builds the plugin; it has to stand before every plugin that answers keys. */
export function caretFirst() {
  return new Plugin({ props: { handleDOMEvents: { keydown: hearCaret } } });
}

/** Reports the caret now. While a word is composed the browser's own time is the right one. */
function hearCaret(view) {
  if (!view.composing) view.dom.ownerDocument.dispatchEvent(new Event("selectionchange"));
  return false;
}

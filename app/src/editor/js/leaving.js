// Lets the keyboard out: Esc, then Tab, leaves the text.
//
// Inside lists and tables Tab has other work, and a person who cannot use a
// mouse must never be caught there.

import { Plugin } from "prosemirror-state";

const KEEPS_WAITING = new Set(["Escape", "Shift", "Tab"]);

/** Builds the plugin, and a question that the Tab commands ask first. */
export function leaving() {
  let escaped = false;
  const plugin = new Plugin({
    props: {
      handleDOMEvents: {
        keydown(_, event) {
          if (event.key === "Escape") escaped = true;
          else if (!KEEPS_WAITING.has(event.key)) escaped = false;
          return false;
        },
        blur() {
          escaped = false;
          return false;
        },
      },
    },
  });
  return { plugin, isLeaving: () => escaped };
}

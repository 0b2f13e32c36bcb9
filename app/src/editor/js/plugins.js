// Which plugins a view runs, in the order in which they may answer a key.

import { baseKeymap } from "prosemirror-commands";
import { dropCursor } from "prosemirror-dropcursor";
import { gapCursor } from "prosemirror-gapcursor";
import { keymap } from "prosemirror-keymap";
import { yCursorPlugin } from "y-prosemirror";
import { arrivals } from "./arrivals.js";
import { bindTo } from "./binding.js";
import { caretOf, selectionOf } from "./caret.js";
import { caretFirst } from "./caret_first.js";
import { keysFor } from "./keys.js";
import { leaving } from "./leaving.js";
import { margin } from "./margin.js";
import { placeholderPlugin } from "./placeholder.js";
import { typingRules } from "./rules.js";
import { tables } from "./tables.js";

/**
 * Lists the plugins of one view.
 * @param {object} options
 */
export function pluginsFor({ fragment, presence, placeholder, openLink, bar, onChoose, onPress }) {
  const exit = leaving();
  return [
    caretFirst(),
    ...bindTo(fragment),
    yCursorPlugin(presence.forView, { cursorBuilder: caretOf, selectionBuilder: selectionOf }),
    exit.plugin,
    typingRules(),
    keymap(keysFor({ openLink, isLeaving: exit.isLeaving, focusToolbar: () => bar !== null && bar.focus() })),
    keymap(baseKeymap),
    tables(),
    gapCursor(),
    dropCursor({ class: "dropcursor", color: false, width: 3 }),
    arrivals(),
    margin({ onChoose, onPress }),
    placeholderPlugin(placeholder),
    ...(bar === null ? [] : [bar.plugin]),
  ];
}

// The toolbar above a text: one tab stop, arrow keys inside, Esc back to the text.
//
// Fills the element it is given and empties it again. Which buttons there are,
// stands in toolbar/items.js; how they look, in toolbar/controls.js.

import { Plugin } from "prosemirror-state";
import { styleChooser, toolButton } from "./toolbar/controls.js";
import { STYLES, TABLE_TOOLS, toolGroups } from "./toolbar/items.js";
import { roving } from "./toolbar/roving.js";

/**
 * Builds the toolbar.
 * @param {HTMLElement} element
 * @param {(key: string) => string} say
 * @param {{ openLink: () => void, view: () => import("prosemirror-view").EditorView }} page
 */
export function openToolbar(element, say, { openLink, view }) {
  const run = (command) => command(view().state, view().dispatch, view());
  const chooser = styleChooser(say, STYLES, run, () => view().focus());
  const groups = toolGroups(openLink).map((tools) => tools.map((tool) => toolButton(say, tool, run)));
  const tableTools = TABLE_TOOLS.map((tool) => toolButton(say, tool, run));
  const parts = [chooser, ...groups.flat(), ...tableTools];
  const tableGroup = groupOf(tableTools, "tb__g tb__g--table");

  element.classList.add("tb");
  element.setAttribute("role", "toolbar");
  element.setAttribute("aria-label", say("toolbar"));
  element.replaceChildren(chooser.element, ...groups.map(asGroup), tableGroup);
  const focusing = roving(element, parts.map((part) => part.control), () => view().focus());

  function refresh(state) {
    for (const part of parts) part.refresh(state);
    tableGroup.hidden = tableTools.every((part) => part.control.getAttribute("aria-disabled") === "true");
    focusing.settle();
  }

  return {
    plugin: new Plugin({
      view(opened) {
        refresh(opened.state);
        return { update: (updated) => refresh(updated.state) };
      },
    }),
    show(shown) {
      element.hidden = !shown;
    },
    /** Moves the focus into the toolbar; says whether it could. */
    focus: () => !element.hidden && focusing.enter(),
    remove() {
      focusing.remove();
      element.replaceChildren();
    },
  };
}

/** Undo and redo stand at the far end. */
function asGroup(parts, index, all) {
  return groupOf(parts, index === all.length - 1 ? "tb__g tb__g--end" : "tb__g");
}

function groupOf(parts, className) {
  const group = document.createElement("span");
  group.className = className;
  group.append(...parts.map((part) => part.element));
  return group;
}

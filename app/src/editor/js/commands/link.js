// Commands for links. Addresses come here already cleaned (href.js).

import { schema } from "../schema.js";

const { link } = schema.marks;

/**
 * Returns the link at the caret or selection start with its whole extent, or null.
 * @param {import("prosemirror-state").EditorState} state
 */
export function linkAt({ doc, selection }) {
  const $pos = selection.empty ? selection.$from : doc.resolve(Math.min(selection.from + 1, selection.to));
  const start = $pos.start();
  const runs = [];
  $pos.parent.forEach((child, offset) => {
    const mark = link.isInSet(child.marks);
    const last = runs.at(-1);
    if (mark === undefined) return;
    const to = start + offset + child.nodeSize;
    if (last !== undefined && last.to === start + offset && last.mark.eq(mark)) last.to = to;
    else runs.push({ mark, from: start + offset, to });
  });
  const found = runs.find((run) => run.from <= $pos.pos && $pos.pos <= run.to);
  return found === undefined ? null : { href: found.mark.attrs.href, from: found.from, to: found.to };
}

/** Links the selection, changes the link at the caret, or writes the address as a linked word. */
export function setLink(href) {
  return (state, dispatch) => {
    if (!dispatch) return true;
    const mark = link.create({ href });
    const around = linkAt(state);
    const { from, to, empty } = state.selection;
    const tr = state.tr;
    if (!empty) tr.removeMark(from, to, link).addMark(from, to, mark);
    else if (around !== null) tr.removeMark(around.from, around.to, link).addMark(around.from, around.to, mark);
    else tr.replaceSelectionWith(schema.text(href, [...state.selection.$from.marks(), mark]), false);
    dispatch(tr.removeStoredMark(link).scrollIntoView());
    return true;
  };
}

/** Takes the link away and leaves its words. */
export function removeLink(state, dispatch) {
  const { from, to, empty } = state.selection;
  const around = linkAt(state);
  if (empty && around === null) return false;
  const tr = empty ? state.tr.removeMark(around.from, around.to, link) : state.tr.removeMark(from, to, link);
  if (dispatch) dispatch(tr);
  return true;
}

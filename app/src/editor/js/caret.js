// Draws where the others are: a coloured bar with a name, and what they selected.
//
// Colours are classes on the design's avatar tints, never inline style: the page's
// content policy forbids it, and a peer's colour of choice may not be readable.

/**
 * Builds the caret of a peer.
 * @param {{ name: string, tint: number, ghost: boolean }} user
 */
export function caretOf(user) {
  const caret = document.createElement("span");
  caret.className = `caret caret--${user.tint}${user.ghost ? " caret--ghost" : ""}`;
  caret.setAttribute("aria-hidden", "true");
  const name = document.createElement("span");
  name.textContent = user.name;
  caret.append(name);
  return caret;
}

/**
 * Returns how a peer's selection is marked.
 * @param {{ tint: number, ghost: boolean }} user
 */
export function selectionOf(user) {
  return { class: user.ghost ? "selx selx--ghost" : `selx selx--${user.tint}` };
}

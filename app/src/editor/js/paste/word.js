// Rebuilds lists from Word, which puts them on the clipboard as plain paragraphs.
//
// Such a paragraph says `mso-list: l0 level2 lfo1`, and starts with a span marked
// "Ignore" that holds the bullet or the number as text.

import { ASIDE, styleOf } from "./styles.js";

const LEVEL = /level(\d+)/;
const NUMBER = /^\(?([0-9]+|[a-z]|[ivxlc]+)[.)]/i;

/**
 * Replaces each run of Word list paragraphs by nested lists.
 * @param {Element} body
 */
export function rebuildWordLists(body) {
  for (const paragraph of [...body.querySelectorAll("p,h1,h2,h3,h4,h5,h6")]) {
    if (levelOf(paragraph) !== null && paragraph.isConnected) rebuildRun(paragraph);
  }
}

function levelOf(element) {
  const style = element === null ? undefined : styleOf(element).get("mso-list");
  const level = LEVEL.exec(style ?? "");
  return level === null ? null : Number(level[1]);
}

function rebuildRun(first) {
  const run = [];
  for (let next = first; next !== null && levelOf(next) !== null; next = next.nextElementSibling) run.push(next);
  const place = first.ownerDocument.createElement("div");
  first.before(place);
  const open = [];
  for (const paragraph of run) {
    const level = levelOf(paragraph);
    const isNumbered = NUMBER.test(takeMarker(paragraph));
    while (open.length > 0 && open.at(-1).level > level) open.pop();
    if (open.length === 0 || open.at(-1).level < level) open.push({ level, list: startList(place, open.at(-1), isNumbered) });
    const item = first.ownerDocument.createElement("li");
    open.at(-1).list.append(item);
    paragraph.removeAttribute(`${ASIDE}style`);
    item.append(paragraph);
  }
  place.replaceWith(...place.childNodes);
}

function startList(place, above, isNumbered) {
  const list = place.ownerDocument.createElement(isNumbered ? "ol" : "ul");
  const holder = above === undefined ? place : (above.list.lastElementChild ?? above.list);
  holder.append(list);
  return list;
}

/** Removes the marker Word wrote as text, and returns it. */
function takeMarker(paragraph) {
  const spans = [...paragraph.querySelectorAll("span")];
  const marker = spans.find((span) => styleOf(span).get("mso-list") === "ignore");
  const text = marker?.textContent.trim() ?? "";
  marker?.remove();
  return text;
}

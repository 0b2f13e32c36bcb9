// Cleans HTML from a clipboard: Word, Google Docs, any page.
//
// What the schema knows stays as structure; everything else becomes plain text.
// Styles, classes, scripts and pictures never come in. Works on a parsed copy
// that is never shown.

import { cleanHref } from "../href.js";
import { markChecks } from "./checks.js";
import { ASIDE, STYLED, styleOf, turnStylesIntoMarks } from "./styles.js";
import { rebuildWordLists } from "./word.js";

const DROPPED =
  "script,style,meta,link,title,xml,noscript,template,iframe,object,embed,img,picture,svg,math,video,audio," +
  "canvas,button,input,select,textarea,br.Apple-interchange-newline";

/** Each attribute that may stay, with what it must look like. */
const KEPT = {
  colspan: /^\d{1,2}$/,
  rowspan: /^\d{1,2}$/,
  start: /^\d{1,9}$/,
  "data-check-list": /^$/,
  "data-checked": /^(true|false)$/,
  "data-pm-slice": ownSlice(),
};

/** What this editor itself writes about a copied part: how open it is, and in which containers it stood. */
function ownSlice() {
  const container = '"(bullet_list|numbered_list|list_item|check_list|check_item|quote|table|table_row|table_cell|table_header)"';
  return new RegExp(`^\\d{1,2} \\d{1,2}( -\\d)? \\[(${container},(null|\\{[^{}]*\\}),?)*\\]$`);
}

/**
 * Returns the HTML with only what the editor can hold.
 * @param {string} html
 * @returns {string}
 */
export function cleanHtml(html) {
  const { body } = new DOMParser().parseFromString(putAside(html), "text/html");
  dropComments(body);
  rebuildWordLists(body);
  markChecks(body);
  for (const element of body.querySelectorAll(DROPPED)) element.remove();
  dropHidden(body);
  flattenNestedTables(body);
  turnStylesIntoMarks(body);
  for (const link of body.querySelectorAll("a")) cleanLink(link);
  for (const element of body.querySelectorAll("*")) stripAttributes(element);
  return body.innerHTML;
}

/**
 * Renames style and handler attributes before parsing: the page's content policy
 * forbids them, and complains even in a document that is never shown.
 */
function putAside(html) {
  const withoutSheets = html.replace(/<style\b[\s\S]*?<\/style\s*>/gi, "");
  return withoutSheets.replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\s(style|on\w+)\s*=/gi, (_, name) => ` ${ASIDE}${name}=`));
}

function dropComments(body) {
  const comments = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_COMMENT);
  const found = [];
  while (comments.nextNode()) found.push(comments.currentNode);
  for (const comment of found) comment.remove();
}

function dropHidden(body) {
  for (const element of body.querySelectorAll(STYLED)) {
    const style = styleOf(element);
    if (style.get("display") === "none" || style.get("mso-hide") === "all") element.remove();
  }
}

/** A table inside a cell becomes its paragraphs. */
function flattenNestedTables(body) {
  for (const inner of [...body.querySelectorAll("table table")].reverse()) {
    const cells = [...inner.querySelectorAll("td,th")];
    const paragraphs = cells.flatMap((cell) => {
      const holder = body.ownerDocument.createElement("div");
      holder.append(...cell.childNodes);
      return [holder];
    });
    inner.replaceWith(...paragraphs);
  }
}

function cleanLink(link) {
  const href = cleanHref(link.getAttribute("href"));
  if (href === null) link.replaceWith(...link.childNodes);
  else link.setAttribute("href", href);
}

function stripAttributes(element) {
  for (const { name, value } of [...element.attributes]) {
    const isLink = name === "href" && element.tagName === "A";
    if (!isLink && !(name in KEPT && KEPT[name].test(value))) element.removeAttribute(name);
  }
}

// Finds check lists on a clipboard and writes them the way the schema reads.
//
// Google Docs marks the item with a role, most others put a checkbox into it.

/**
 * Marks lists and items; the foreign checkboxes are dropped later.
 * @param {Element} body
 */
export function markChecks(body) {
  for (const item of body.querySelectorAll("li")) {
    const ticked = tickOf(item);
    const list = item.parentElement;
    if (ticked === null || list === null || list.tagName !== "UL") continue;
    item.setAttribute("data-checked", String(ticked));
    list.setAttribute("data-check-list", "");
  }
  for (const list of body.querySelectorAll("ul[data-check-list]")) {
    for (const item of list.children) if (!item.hasAttribute("data-checked")) item.setAttribute("data-checked", "false");
  }
}

function tickOf(item) {
  if (item.hasAttribute("data-checked")) return item.getAttribute("data-checked") === "true";
  if (item.getAttribute("role") === "checkbox") return item.getAttribute("aria-checked") === "true";
  const boxes = item.querySelectorAll("input[type=checkbox]");
  const own = [...boxes].find((box) => box.closest("li") === item);
  return own === undefined ? null : own.hasAttribute("checked");
}

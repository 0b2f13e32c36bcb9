// Reads bold, italic, underline and strike out of inline styles.
//
// Google Docs says everything by style, and wraps the whole in a <b> that is
// not bold. Style text is read as text: the page's policy may block applying it.

/** Put before the name of an attribute that must not act, only be read. */
export const ASIDE = "data-was-";

/** Finds elements with a style of their own. */
export const STYLED = `[${ASIDE}style]`;

/** Heading weight comes from being a heading. */
const HEADINGS = "h1,h2,h3,h4,h5,h6";

const BOLD_WEIGHT_MIN = 600;

/**
 * Returns an element's own style declarations.
 * @param {Element} element
 * @returns {Map<string, string>}
 */
export function styleOf(element) {
  const declarations = (element.getAttribute(`${ASIDE}style`) ?? "").split(";");
  const pairs = declarations.map((declaration) => declaration.split(":"));
  return new Map(pairs.map(([name, ...value]) => [name.trim().toLowerCase(), value.join(":").trim().toLowerCase()]));
}

/**
 * Replaces telling styles by elements that the schema reads.
 * @param {Element} body
 */
export function turnStylesIntoMarks(body) {
  for (const element of [...body.querySelectorAll(STYLED)].reverse()) {
    const style = styleOf(element);
    for (const tag of marksOf(element, style)) wrapContent(element, tag);
    const isFalseBold = element.matches("b,strong") && saysNormalWeight(style);
    if (isFalseBold) element.replaceWith(...element.childNodes);
  }
}

function marksOf(element, style) {
  const line = `${style.get("text-decoration") ?? ""} ${style.get("text-decoration-line") ?? ""}`;
  const inline = element.matches("span,a,b,strong,i,em,u,s,font");
  const tags = [];
  if (!inline) return tags;
  if (isBold(style) && element.closest(HEADINGS) === null) tags.push("strong");
  if (style.get("font-style") === "italic") tags.push("em");
  if (line.includes("underline") && element.closest("a") === null && element.querySelector("a") === null) tags.push("u");
  if (line.includes("line-through")) tags.push("s");
  return tags;
}

function isBold(style) {
  const weight = style.get("font-weight") ?? "";
  return weight === "bold" || weight === "bolder" || Number(weight) >= BOLD_WEIGHT_MIN;
}

function saysNormalWeight(style) {
  const weight = style.get("font-weight");
  return weight !== undefined && !isBold(style);
}

function wrapContent(element, tag) {
  const wrapper = element.ownerDocument.createElement(tag);
  wrapper.append(...element.childNodes);
  element.append(wrapper);
}

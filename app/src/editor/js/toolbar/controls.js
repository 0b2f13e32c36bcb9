// The toolbar's controls, in the design's markup: buttons and the style chooser.
//
// A control that cannot act now says so (`aria-disabled`) and stays reachable.

const SVG = "http://www.w3.org/2000/svg";
const IS_MAC = /Mac|iP(hone|ad|od)/.test(globalThis.navigator?.platform ?? "");

/**
 * Builds a button.
 * @param {(key: string) => string} say
 * @param {import("./items.js").Tool} tool
 * @param {(command: import("prosemirror-state").Command) => boolean} run
 */
export function toolButton(say, tool, run) {
  const button = document.createElement("button");
  button.type = "button";
  button.dataset.tool = tool.key;
  if (tool.icon !== undefined || tool.glyph !== undefined) {
    button.className = "ib";
    const name = tool.keys === undefined ? say(tool.key) : `${say(tool.key)} (${shownKeys(tool.keys)})`;
    button.setAttribute("aria-label", name);
    button.title = name;
    button.append(tool.icon === undefined ? glyph(tool) : icon(tool.icon));
  } else {
    button.className = "btn btn--quiet";
    button.textContent = say(tool.key);
  }
  if (tool.keys !== undefined) button.setAttribute("aria-keyshortcuts", tool.keys.replace("Mod", IS_MAC ? "Meta" : "Control"));
  // The text keeps the focus and the selection while a pointer presses the button.
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", () => run(tool.command));
  return { element: button, control: button, refresh: (state) => refreshButton(button, tool, state) };
}

function refreshButton(button, tool, state) {
  if (tool.isOn !== undefined) setOnce(button, "aria-pressed", String(tool.isOn(state)));
  setOnce(button, "aria-disabled", String(!tool.command(state)));
}

function setOnce(element, name, value) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/**
 * Builds the style chooser.
 * @param {(key: string) => string} say
 * @param {typeof import("./items.js").STYLES} styles
 * @param {(command: import("prosemirror-state").Command) => boolean} run
 * @param {() => void} focusText
 */
export function styleChooser(say, styles, run, focusText) {
  const label = document.createElement("label");
  const name = document.createElement("span");
  const select = document.createElement("select");
  name.className = "vh";
  name.textContent = say("block_style");
  select.className = "select select--quiet";
  select.append(...styles.names.map((style) => new Option(say(style), style)));
  label.append(name, select);
  let byPointer = false;
  select.addEventListener("pointerdown", () => {
    byPointer = true;
  });
  select.addEventListener("keydown", () => {
    byPointer = false;
  });
  select.addEventListener("change", () => {
    run(styles.set(select.value));
    if (byPointer) focusText();
  });
  const refresh = (state) => {
    select.value = styles.at(state);
  };
  return { element: label, control: select, refresh };
}

function icon(id) {
  const svg = document.createElementNS(SVG, "svg");
  const use = document.createElementNS(SVG, "use");
  svg.setAttribute("class", "i");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `#${id}`);
  svg.append(use);
  return svg;
}

function glyph(tool) {
  const span = document.createElement("span");
  span.className = `tb__glyph tb__glyph--${tool.key}`;
  span.setAttribute("aria-hidden", "true");
  span.textContent = tool.glyph;
  return span;
}

/** Key names are what is printed on the keys, the same in every language. */
function shownKeys(keys) {
  return keys.split("+").map((key) => (key === "Mod" ? (IS_MAC ? "⌘" : "Ctrl") : key)).join(" ");
}

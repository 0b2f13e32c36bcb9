// The small dialog that asks for a link's address.
//
// A modal <dialog>: the browser keeps the focus inside, Esc closes it, and the
// caret goes back to where it was.

import { linkAt, removeLink, setLink } from "./commands/link.js";
import { typedHref } from "./href.js";

let count = 0;

/**
 * Builds the dialog, closed.
 * @param {(key: string) => string} say
 * @param {() => import("prosemirror-view").EditorView} viewOf
 * @returns {{ open: () => void, remove: () => void }}
 */
export function linkDialog(say, viewOf) {
  count += 1;
  const parts = buildDialog(say, `rich-link-${count}`);
  const { dialog, form, input, error, remove, cancel } = parts;

  function finish(command) {
    dialog.close();
    const view = viewOf();
    view.focus();
    if (command !== null) command(view.state, view.dispatch, view);
  }
  function showError(shown) {
    error.hidden = !shown;
    input.setAttribute("aria-invalid", String(shown));
    if (shown) input.focus();
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const href = typedHref(input.value);
    if (href === null) showError(true);
    else finish(setLink(href));
  });
  remove.addEventListener("click", () => finish(removeLink));
  cancel.addEventListener("click", () => finish(null));
  // Left to itself, Esc would give the focus back without the caret.
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    finish(null);
  });

  return {
    open() {
      const view = viewOf();
      if (!view.editable || dialog.open) return;
      const current = linkAt(view.state);
      if (!dialog.isConnected) document.body.append(dialog);
      input.value = current?.href ?? "";
      remove.hidden = current === null;
      showError(false);
      dialog.showModal();
      input.select();
    },
    remove: () => dialog.remove(),
  };
}

function buildDialog(say, id) {
  const title = element("h2", { id, textContent: say("link") });
  const label = element("label", { htmlFor: `${id}-address`, textContent: say("link_address") });
  const input = element("input", { className: "input", id: `${id}-address`, type: "text", inputMode: "url" });
  input.autocomplete = "off";
  input.spellcheck = false;
  input.setAttribute("aria-describedby", `${id}-error`);
  const error = element("p", { className: "err", id: `${id}-error`, textContent: say("link_invalid"), hidden: true });
  error.setAttribute("role", "alert");
  const field = element("div", { className: "field" }, label, input, error);
  const save = element("button", { className: "btn btn--primary", type: "submit", textContent: say("link_save") });
  const cancel = element("button", { className: "btn", type: "button", textContent: say("cancel") });
  const remove = element("button", { className: "btn btn--quiet", type: "button", textContent: say("link_remove") });
  const acts = element("div", { className: "acts" }, save, cancel, remove);
  const form = element("form", { className: "linkform", noValidate: true }, title, field, acts);
  const dialog = element("dialog", { className: "dialog" }, form);
  dialog.setAttribute("aria-labelledby", id);
  return { dialog, form, input, error, remove, cancel };
}

function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

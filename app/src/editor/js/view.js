// One field on the page: the ProseMirror view with its plugins and toolbar.
//
// Puts an element of its own inside the given one, and takes it away again.

import { EditorState } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { checkItemView } from "./check_item.js";
import { speaking } from "./labels.js";
import { linkDialog } from "./link_dialog.js";
import { showPassages } from "./margin.js";
import { isTooMuch } from "./paste/amount.js";
import { cleanHtml } from "./paste/html.js";
import { cleanSlice } from "./paste/slice.js";
import { pluginsFor } from "./plugins.js";
import { schema } from "./schema.js";
import { openToolbar } from "./toolbar.js";

/**
 * Opens a view on a fragment that has been found known.
 * @param {object} options see `session.mount`, with `fragment` and `presence`
 */
export function openView({ element, toolbar = null, fragment, presence, editable = true, label, labels, placeholder = "", onTooMuch = () => {}, onChoose = () => {}, onPress = () => {} }) {
  const say = speaking(labels);
  const shown = { editable };
  const dialog = linkDialog(say, () => view);
  const bar = toolbar === null ? null : openToolbar(toolbar, say, { openLink: dialog.open, view: () => view });
  const plugins = pluginsFor({ fragment, presence, placeholder, openLink: dialog.open, bar, onChoose, onPress });
  const view = new EditorView(element, {
    state: EditorState.create({ schema, plugins }),
    editable: () => shown.editable,
    attributes: () => textboxAttributes(label, placeholder, shown.editable),
    nodeViews: { check_item: checkItemView(() => say("check_item")) },
    transformPastedHTML: cleanHtml,
    transformPasted: cleanSlice,
    handlePaste: (_, __, slice) => refuses(slice),
    handleDrop: (_, __, slice, moved) => !moved && refuses(slice),
    handleClick: (_, __, event) => followLink(event),
    // y-prosemirror draws a peer's caret a tick later, when this view may be gone.
    dispatchTransaction(transaction) {
      if (!this.isDestroyed) this.updateState(this.state.apply(transaction));
    },
  });

  /** Stops what the text cannot take in at a time, before anything of it is in the text. */
  function refuses(slice) {
    if (!isTooMuch(slice)) return false;
    onTooMuch();
    return true;
  }
  function setEditable(value) {
    shown.editable = value;
    view.setProps({});
    for (const box of view.dom.querySelectorAll(".checks__box")) box.disabled = !value;
    if (bar !== null) bar.show(value);
  }
  setEditable(editable);

  return {
    setEditable,
    focus: () => view.focus(),
    show: (passages) => showPassages(view, passages),
    /** Stops editing and syncing for good, and leaves the text readable. */
    freeze() {
      setEditable(false);
      view.updateState(view.state.reconfigure({ plugins: [] }));
    },
    destroy() {
      if (view.isDestroyed) return;
      view.destroy();
      dialog.remove();
      if (bar !== null) bar.remove();
    },
  };
}

function textboxAttributes(label, placeholder, editable) {
  const attributes = { class: "rich", role: "textbox", "aria-multiline": "true", "aria-label": label, tabindex: "0" };
  if (placeholder !== "") attributes["aria-placeholder"] = placeholder;
  if (!editable) attributes["aria-readonly"] = "true";
  return attributes;
}

/** A plain click in editable text places the caret; with Ctrl or Command it opens the link. */
function followLink(event) {
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  if (link === null || !(event.ctrlKey || event.metaKey)) return false;
  window.open(link.href, "_blank", "noopener,noreferrer");
  return true;
}

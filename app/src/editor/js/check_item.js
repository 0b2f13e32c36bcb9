// A check-list item on the page: a real checkbox beside the item's text.
//
// The box is left out of the Tab order: the text has one tab stop, and Ctrl+Enter
// ticks the item at the caret.

/**
 * Returns the node view of a check item.
 * @param {() => string} unnamed what to call an item that has no text yet
 */
export function checkItemView(unnamed) {
  return (node, view, getPos) => new CheckItem(node, view, getPos, unnamed);
}

class CheckItem {
  constructor(node, view, getPos, unnamed) {
    this.type = node.type;
    this.unnamed = unnamed;
    this.dom = document.createElement("li");
    this.box = document.createElement("input");
    this.contentDOM = document.createElement("div");
    this.dom.className = "checks__item";
    this.contentDOM.className = "checks__text";
    this.box.className = "checks__box";
    this.box.type = "checkbox";
    this.box.tabIndex = -1;
    this.box.contentEditable = "false";
    this.box.disabled = !view.editable;
    this.box.addEventListener("mousedown", (event) => event.preventDefault());
    this.box.addEventListener("change", () => {
      view.dispatch(view.state.tr.setNodeAttribute(getPos(), "checked", this.box.checked));
    });
    this.dom.append(this.box, this.contentDOM);
    this.show(node);
  }

  show(node) {
    const first = node.firstChild === null ? "" : node.firstChild.textContent;
    this.box.checked = node.attrs.checked;
    this.box.setAttribute("aria-label", first === "" ? this.unnamed() : first);
    this.dom.dataset.checked = String(node.attrs.checked);
  }

  update(node) {
    if (node.type !== this.type) return false;
    this.show(node);
    return true;
  }

  stopEvent(event) {
    return event.target === this.box;
  }

  ignoreMutation(mutation) {
    return mutation.type !== "selection" && !this.contentDOM.contains(mutation.target);
  }
}

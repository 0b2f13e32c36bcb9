// One tab stop for a whole toolbar: arrows, Home and End move inside it.

/**
 * Ties the controls together.
 * @param {HTMLElement} toolbar
 * @param {HTMLElement[]} controls in reading order
 * @param {() => void} leave what Esc does
 */
export function roving(toolbar, controls, leave) {
  let current = controls[0];

  function makeCurrent(control) {
    current = control;
    for (const each of controls) each.tabIndex = each === current ? 0 : -1;
  }
  function onKey(event) {
    if (event.key === "Escape") {
      event.preventDefault();
      leave();
      return;
    }
    const next = nextControl(reachable(controls), current, event.key);
    if (next === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    makeCurrent(next);
    next.focus();
  }
  function onFocus(event) {
    const control = controls.find((each) => each.contains(event.target));
    if (control !== undefined) makeCurrent(control);
  }
  toolbar.addEventListener("keydown", onKey);
  toolbar.addEventListener("focusin", onFocus);
  makeCurrent(current);

  return {
    enter() {
      current.focus();
      return document.activeElement === current;
    },
    /** Keeps the tab stop on a control that shows. */
    settle() {
      if (isHidden(current)) makeCurrent(controls[0]);
    },
    remove() {
      toolbar.removeEventListener("keydown", onKey);
      toolbar.removeEventListener("focusin", onFocus);
    },
  };
}

const isHidden = (control) => control.parentElement.hidden;

const reachable = (controls) => controls.filter((control) => !isHidden(control));

function nextControl(controls, current, key) {
  const at = controls.indexOf(current);
  if (key === "ArrowRight") return controls[(at + 1) % controls.length];
  if (key === "ArrowLeft") return controls.at(at - 1);
  if (key === "Home") return controls[0];
  if (key === "End") return controls.at(-1);
  return undefined;
}

// The page side of the browser tests: people with an editor each, and wires between them.
//
// Updates wait until a test delivers them, so every test says who knew what.

import { LABELS, openText } from "../editor.js";
import labels from "./labels.json";

const people = {};

function part(tag, className) {
  const made = document.createElement(tag);
  made.className = className;
  document.querySelector("main").append(made);
  return made;
}

window.labelKeys = LABELS;

/** Opens a person's session and mounts one field, unless `mounted` is false. */
window.enter = (name, { state = [], clientId, mounted = true, onNewer = () => {}, ...mount }) => {
  const person = { sent: [], presence: [], delivered: {}, told: 0, stopped: 0 };
  person.session = openText({
    state: Uint8Array.from(state),
    clientId,
    onUpdate: (update) => person.sent.push(update),
    onAwareness: (update) => person.presence.push(update),
  });
  people[name] = person;
  person.toolbar = part("div", "");
  person.paper = part("div", "paper");
  person.paper.dataset.person = name;
  person.toolbar.dataset.toolbar = name;
  if (mounted) window.show(name, mount);
};

window.show = (name, mount = {}) => {
  const person = people[name];
  person.view = person.session.mount({
    element: person.paper,
    toolbar: person.toolbar,
    field: "body",
    editable: true,
    label: `Text of ${name}`,
    labels: labels.en,
    user: { name, color: 2 },
    onNewer: () => {
      person.told += 1;
    },
    onTooMuch: () => {
      person.stopped += 1;
    },
    onChoose: (chosen) => {
      person.chosen = chosen;
    },
    onPress: (id) => {
      person.pressed = id;
    },
    ...mount,
  });
};

/** Hands over what `to` has not yet got from `from`. */
window.deliver = (from, to) => {
  const done = people[to].delivered[from] ?? 0;
  for (const update of people[from].sent.slice(done)) people[to].session.applyUpdate(update);
  people[to].delivered[from] = people[from].sent.length;
};

window.deliverPresence = (from, to) => {
  for (const update of people[from].presence) people[to].session.applyAwareness(update);
};

window.chosenBy = (name) => people[name].chosen ?? null;
window.pressedBy = (name) => people[name].pressed ?? null;
window.showPassages = (name, passages) => people[name].view.showPassages(passages);

window.give = (name, update) => people[name].session.applyUpdate(Uint8Array.from(update));
window.sentBy = (name) => people[name].sent.length;
window.toldNewer = (name) => people[name].told;
window.toldTooMuch = (name) => people[name].stopped;
window.viewOf = (name) => people[name].view;
window.sessionOf = (name) => people[name].session;
window.stateOf = (name) => [...people[name].session.wholeState()];

// The editor module: what the page loads when somebody first opens a text.
//
// It knows no domain rule, no network and no storage, and holds no words for
// people: every label comes from the page (LABELS lists them).

export { openText } from "./session.js";
export { LABELS } from "./labels.js";

/**
 * The public page's side of open comments: keeps what is typed on this device with every key, and
 * what was sent without a network until it has arrived. Each comment has a name made by chance, so
 * that sending it again is harmless. Knows nothing of what is said; without it the form works by
 * itself.
 */

import { forgetComment, keepComment, keptComments } from "./kept_comments.js";

const ADDRESS = "/api/v1/comments";
const FORM = ".public__form";
/** Where it is kept what is being typed about each thing. */
const TYPED = "talkoot.comment.";
const FIELDS = ["subject", "name", "organisation", "comment"];
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
/** How long until what waits is tried again, in milliseconds. */
const AGAIN_MS = 20_000;
/** What a refusal is called among the words that the form brings. */
const WORDS = {
  comment_missing: "missing",
  comment_too_long: "long",
  too_large: "long",
  too_many_attempts: "many",
  not_allowed: "blocked",
  unknown_record: "closed",
};

/** The forms whose comment is on its way: pressing twice sends it once. */
const going = new WeakSet();

/** Reads what was typed about a thing; what does not read is as good as nothing. */
function typedAbout(record) {
  try {
    return JSON.parse(localStorage.getItem(TYPED + record)) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keeps what is typed about a thing, with no waiting between two keys, or forgets it. */
function keepTyped(record, value) {
  try {
    if (value === undefined) localStorage.removeItem(TYPED + record);
    else localStorage.setItem(TYPED + record, JSON.stringify(value));
  } catch {
    // This browser keeps nothing; the words stand in the form.
  }
}

/** 128 bits of chance in the letters of a name: three in the first, five in every other. */
function name() {
  const chance = crypto.getRandomValues(new Uint8Array(26));
  return Array.from(chance, (byte, place) => ALPHABET[byte & (place === 0 ? 7 : 31)]).join("");
}

function formOf(record) {
  const forms = [...document.querySelectorAll(FORM)];
  return forms.find((form) => form.elements.record.value === record);
}

function say(form, word) {
  const status = form?.querySelector("[role=status]");
  if (status) status.textContent = form.dataset[word] ?? "";
}

function fields(form) {
  return Object.fromEntries(FIELDS.map((field) => [field, form.elements[field].value]));
}

/** Sends one comment: "taken", "waits" where nobody could be asked, or the word of a refusal. */
async function send(comment) {
  try {
    const headers = { "content-type": "application/json" };
    const answer = await fetch(ADDRESS, { method: "POST", headers, body: JSON.stringify(comment) });
    if (answer.ok) return "taken";
    if (answer.status >= 500) return "waits";
    const { code } = await answer.json();
    return WORDS[code] ?? "later";
  } catch {
    return "waits";
  }
}

/** Sends what waits, the first first. What is refused for good goes back into the form it came from. */
async function sendKept() {
  for (const comment of await keptComments()) {
    const said = await send(comment);
    if (said === "waits" || said === "many") return;
    const form = formOf(comment.record);
    if (said !== "taken" && typedAbout(comment.record) === undefined) {
      keepTyped(comment.record, comment);
      if (form) fill(form);
    }
    await forgetComment(comment);
    say(form, said);
  }
}

/** Sends a form's comment from here instead of by leaving the page. */
async function submitted(event) {
  const form = event.target.closest?.(FORM);
  if (!form) return;
  event.preventDefault();
  if (going.has(form)) return;
  going.add(form);
  const record = form.elements.record.value;
  const written = new Date().toISOString();
  const comment = { id: name(), record, ...fields(form), written, website: form.elements.website.value };
  const isKept = await keepComment(comment);
  const said = await send(comment);
  going.delete(form);
  if (said === "waits" && isKept) {
    emptied(form, "kept");
  } else if (said === "taken") {
    await forgetComment(comment);
    emptied(form, "taken");
  } else {
    // The words stay in the form.
    await forgetComment(comment);
    say(form, said === "waits" ? "later" : said);
  }
}

function emptied(form, said) {
  keepTyped(form.elements.record.value, undefined);
  form.reset();
  say(form, said);
}

function typed(event) {
  const form = event.target.closest?.(FORM);
  if (form) keepTyped(form.elements.record.value, fields(form));
}

/** Puts what was typed about a thing back into its form. */
function fill(form) {
  const kept = typedAbout(form.elements.record.value);
  if (!kept) return;
  for (const field of FIELDS) form.elements[field].value = kept[field] ?? "";
}

/** Says at the form of each thing that a comment about it waits. */
async function sayKept() {
  for (const { record } of await keptComments()) say(formOf(record), "kept");
}

/** Takes care of the forms of a public page, and of what waits from earlier. */
export function watchComments() {
  for (const form of document.querySelectorAll(FORM)) fill(form);
  document.addEventListener("submit", submitted);
  document.addEventListener("input", typed);
  window.addEventListener("online", sendKept);
  setInterval(sendKept, AGAIN_MS);
  sayKept().then(sendKept);
}

/** What people do in discussions: begin one, say something, find what was said. */
import { expect } from "@playwright/test";

export const dialog = (person) => person.page.getByRole("dialog");

/** Begins a discussion from where the person is; gives its address. */
export async function ask(person, subject, words, { topic = false, section } = {}) {
  await person.button("New discussion").first().click();
  await dialog(person).getByLabel("Subject", { exact: true }).fill(subject);
  if (topic) await dialog(person).getByRole("radio", { name: "Topic" }).check();
  if (section) await dialog(person).getByLabel("Section", { exact: true }).selectOption(section);
  await dialog(person).getByLabel("What do you want to say?").fill(words);
  await dialog(person).getByRole("button", { name: /^Send/ }).click();
  await expect(person.page.getByRole("heading", { level: 1, name: subject })).toBeVisible();
  await expect(dialog(person)).toHaveCount(0);
  return person.path;
}

/** Says something in the discussion that is open. */
export async function say(person, words) {
  await person.page.getByLabel("Reply to the discussion").fill(words);
  await person.page.getByRole("button", { name: /^Send/ }).click();
  await expect(post(person, words)).toBeVisible();
  await expect(person.page.getByLabel("Reply to the discussion")).toHaveValue("");
}

/** The post that says these words. */
export const post = (person, words) => person.page.locator(".post").filter({ has: person.page.locator(".words", { hasText: words }) });

/** A button of the post that says these words. */
export const at = (person, words, name) => post(person, words).getByRole("button", { name, exact: typeof name === "string" });

/** Opens a discussion from the list. */
export async function open(person, subject) {
  await person.go("Discussions");
  await person.link(subject).click();
  await expect(person.page.getByRole("heading", { level: 1, name: subject })).toBeVisible();
}

/** The row of a discussion in the list. */
export const row = (person, subject) => person.page.getByRole("listitem").filter({ has: person.link(subject) });

/** What people do in the margin of a text: select words, comment, suggest, find what was said. */
import { expect } from "@playwright/test";

/** Selects words of a text, as with a mouse. */
export async function select(person, box, words) {
  await range(box, words, 0, words.length);
  await expect(person.button("Comment")).toBeVisible();
}

/** Puts the caret into words of a text, behind so many letters, and types there. */
export async function typeWithin(person, box, words, after, typed) {
  await range(box, words, after, after);
  await person.page.keyboard.type(typed);
}

async function range(box, words, from, until) {
  await box.evaluate(
    (box, [words, from, until]) => {
      const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
      let node = walker.nextNode();
      while (node !== null && !node.data.includes(words)) node = walker.nextNode();
      const begin = node.data.indexOf(words);
      box.focus();
      getSelection().setBaseAndExtent(node, begin + from, node, begin + until);
    },
    [words, from, until],
  );
}

/** Comments on words of a text. */
export async function comment(person, box, words, said) {
  await select(person, box, words);
  await person.button("Comment").click();
  await person.page.getByLabel("Comment", { exact: true }).fill(said);
  await person.button("Send comment").click();
  await expect(card(person, words)).toContainText(said);
}

/** Suggests other words for words of a text. */
export async function suggest(person, box, words, wanted) {
  await select(person, box, words);
  await person.button("Suggest").click();
  await person.page.getByLabel("The passage would say").fill(wanted);
  await person.button("Send suggestion").click();
  await expect(card(person, words)).toContainText(wanted);
}

/** The card of what is said of a passage, by what that said. */
export const card = (person, quote) => person.page.getByRole("article", { name: quote, exact: true });

/** A button of such a card. */
export const on = (person, quote, name) => card(person, quote).getByRole("button", { name, exact: true });

/** Answers in the margin. */
export async function answer(person, quote, said) {
  await on(person, quote, "Reply").click();
  await card(person, quote).getByLabel("Your reply").fill(said);
  await card(person, quote).getByRole("button", { name: /^Send/ }).click();
  await expect(card(person, quote).locator(".words", { hasText: said })).toBeVisible();
}

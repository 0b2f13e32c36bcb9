/**
 * A document open for writing: its title, its text, and what is said of where it is kept.
 */
import { expect } from "@playwright/test";

export class Writing {
  /** Waits until the page is ready for writing. */
  static async on(person) {
    const writing = new Writing(person);
    await expect(writing.box).toHaveAttribute("contenteditable", "true");
    writing.seenAt = person.path;
    return writing;
  }

  constructor(person) {
    this.person = person;
  }

  get page() {
    return this.person.page;
  }

  /** The address for reading what is written here, the newest that was seen. */
  get path() {
    const record = /^\/documents\/[0-9a-z]+/.exec(this.seenAt)[0];
    if (this.person.path.startsWith(record)) this.seenAt = this.person.path;
    return this.seenAt.replace(/\/edit$/, "");
  }

  get title() {
    return this.page.getByRole("textbox", { name: "Title", exact: true });
  }

  get box() {
    return this.page.getByRole("textbox", { name: "Document text", exact: true });
  }

  /** Writes another title and leaves the field. */
  async rename(title) {
    await this.title.fill(title);
    await this.title.press("Tab");
  }

  /** Writes at the end of the paragraph that has these words. */
  async addTo(words, more) {
    await this.box.locator("p", { hasText: words }).click();
    await this.page.keyboard.press("End");
    await this.page.keyboard.type(more);
  }

  /** Writes a new paragraph at the end. */
  async addParagraph(text) {
    await this.box.locator(":scope > *").last().click();
    await this.page.keyboard.press("ControlOrMeta+End");
    await this.page.keyboard.press("Enter");
    await this.page.keyboard.type(text);
  }

  /** The words as they stand, without the names of those who write along. */
  text() {
    return this.box.evaluate((box) => {
      const copy = box.cloneNode(true);
      for (const extra of copy.querySelectorAll(".caret, .ProseMirror-widget")) extra.remove();
      return Array.from(copy.children, (block) => block.textContent.replaceAll("\u2060", "")).join("\n");
    });
  }

  /** Waits until every one of these words stands here exactly once. */
  async hasOnce(...words) {
    await expect.poll(async () => counts(await this.text(), words), { timeout: 30_000 }).toEqual(words.map((word) => [word, 1]));
  }

  /** Waits until the text is this. */
  async has(text) {
    await expect.poll(() => this.text(), { timeout: 30_000 }).toBe(text);
  }

  /** Waits until the server has every word, and says so. */
  async isSent() {
    await this.says("Saved and sent");
    await this.person.sees("Synced");
  }

  /** Waits until the line of this document says so. */
  async says(words) {
    await expect(this.page.getByRole("status").filter({ hasText: words }).first()).toBeVisible({ timeout: 30_000 });
  }
}

/** Counts how often each of these stands in a text. */
export function counts(text, words) {
  return words.map((word) => [word, text.split(word).length - 1]);
}

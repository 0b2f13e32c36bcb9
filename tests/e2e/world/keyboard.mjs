/**
 * A person who uses the keyboard alone: Tab, arrows, Enter, space and letters.
 * The mouse does not exist here, and neither do clicks by a program.
 */
import { expect } from "@playwright/test";

/** More stops than any page has; a page with a trap ends here. */
const STOPS_MAX = 150;

export class Keyboard {
  constructor(person) {
    this.person = person;
  }

  get page() {
    return this.person.page;
  }

  /** Tabs until this has the focus. */
  async tabTo(thing) {
    await expect(thing).toBeVisible();
    for (let stops = 0; stops < STOPS_MAX; stops += 1) {
      if (await thing.evaluate((element) => element === document.activeElement)) return;
      await this.page.keyboard.press("Tab");
    }
    throw new Error(`the Tab key does not lead to ${thing}`);
  }

  async press(thing) {
    await this.tabTo(thing);
    await this.page.keyboard.press("Enter");
  }

  async type(thing, text) {
    await this.tabTo(thing);
    await this.page.keyboard.press("ControlOrMeta+a");
    await this.page.keyboard.type(text);
  }

  async signIn() {
    const { email, password } = this.person.account;
    await this.person.visit("/sign-in");
    await this.type(this.page.getByLabel("E-mail", { exact: true }), email);
    await this.type(this.page.getByLabel("Password", { exact: true }), password);
    await this.page.keyboard.press("Enter");
    await expect(this.person.link("Documents").first()).toBeVisible();
    await this.person.sees("Synced");
    await this.person.canStartOffline();
  }

  /** Writes at the end of the text. */
  async writeAtEnd(box, text) {
    await this.tabTo(box);
    await this.page.keyboard.press("ControlOrMeta+End");
    await this.page.keyboard.type(text);
  }
}

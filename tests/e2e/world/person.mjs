/**
 * A person with a browser: what people do in Talkoot, by the names that they see.
 * Everything is found by role and accessible name, as a screen reader finds it.
 */
import { expect } from "@playwright/test";

import { Profile } from "./profile.mjs";
import { Writing } from "./writing.mjs";

/** What the app says of all work on the device. */
const STATES = /^(Synced|Syncing|Only on this device|1 change waiting|\d+ changes waiting|Needs your choice)/;

export class Person {
  static async come(server, account, options = {}) {
    const profile = await Profile.create(options.profile);
    return new Person(server, account, profile);
  }

  constructor(server, account, profile) {
    this.server = server;
    this.account = account;
    this.profile = profile;
  }

  /** The tab in front, or the one this person was told to look at. */
  get page() {
    return this.tab ?? this.profile.page;
  }

  /** The same person looking at another tab of the same browser. */
  at(tab) {
    const other = Object.create(this);
    other.tab = tab;
    return other;
  }

  /** Opens one more tab. */
  async openTab(path = "/") {
    const other = this.at(await this.profile.context.newPage());
    await other.visit(path);
    return other;
  }

  button(name) {
    return this.page.getByRole("button", { name, exact: true });
  }

  link(name) {
    return this.page.getByRole("link", { name, exact: true });
  }

  heading(name) {
    return this.page.getByRole("heading", { name, exact: true });
  }

  /** Loads a page as from the address bar. */
  async visit(path) {
    await this.page.goto(this.server.address + path);
  }

  async signIn({ password = this.account.password, email = this.account.email } = {}) {
    await this.visit("/sign-in");
    await this.fillIn(email, password);
    await expect(this.link("Documents").first()).toBeVisible();
    await this.sees("Synced");
    await this.canStartOffline();
  }

  async fillIn(email, password) {
    await this.page.getByLabel("E-mail", { exact: true }).fill(email);
    await this.page.getByLabel("Password", { exact: true }).fill(password);
    await this.button("Sign in").click();
  }

  /** Waits until the service worker holds the whole app, the editor with it. */
  async canStartOffline() {
    await expect
      .poll(() => this.page.evaluate(keptFiles), { message: "the app is kept for offline use" })
      .toContainEqual(expect.stringMatching(/\/assets\/editor[^/]*\.js$/));
  }

  /** The overall state, as the sidebar says it, or the bar above in a narrow window. */
  get state() {
    return this.page.getByRole("link", { name: STATES }).first();
  }

  /** Waits until the overall state is this one. */
  async sees(state) {
    await expect(this.state).toHaveAccessibleName(startsWith(state), { timeout: 30_000 });
  }

  /** Goes to a place by the navigation. */
  async go(place) {
    await this.page.getByRole("navigation").getByRole("link", { name: place, exact: true }).first().click();
    await expect(this.page.getByRole("heading", { level: 1 })).toBeVisible();
  }

  /** Begins a document and gives its page for writing. */
  async begin(title, ...paragraphs) {
    await this.go("Documents");
    await this.button("New document").first().click();
    const writing = await Writing.on(this);
    if (title !== undefined) await writing.rename(title);
    for (const [place, paragraph] of paragraphs.entries()) {
      if (place > 0) await this.page.keyboard.press("Enter");
      else await writing.box.click();
      await this.page.keyboard.type(paragraph);
    }
    return writing;
  }

  /** Opens a document for writing at an address that this person was given. */
  async write(path) {
    await this.visit(path.replace(/(\/edit)?$/, "/edit"));
    return Writing.on(this);
  }

  /** Opens a document for reading. */
  async read(path) {
    await this.visit(path.replace(/\/edit$/, ""));
    await expect(this.page.getByRole("heading", { level: 1 })).toBeVisible();
  }

  /** The text that readers get, paragraph by paragraph. */
  get text() {
    return this.page.getByRole("article").locator("p, li, h2, h3, h4");
  }

  /** Closes the browser, starts it again, and is where it was. */
  async restartsBrowser() {
    const at = new URL(this.page.url());
    await this.profile.restart();
    await this.visit(at.pathname + at.search);
  }

  /** What a device tells its programs when a network comes: the event, not a pretence of one. */
  async noticesNetwork() {
    await this.profile.context.setOffline(true);
    await this.profile.context.setOffline(false);
  }

  /** Where this page is, without the host. */
  get path() {
    return new URL(this.page.url()).pathname;
  }

  async leaveTraces(info) {
    const name = this.account?.key ?? "somebody";
    for (const [number, page] of this.profile.context.pages().entries()) {
      const shot = await page.screenshot().catch(() => undefined);
      if (shot) await info.attach(`${name}-${number}`, { body: shot, contentType: "image/png" });
    }
    if (this.profile.complaints.length > 0) {
      await info.attach(`${name}-errors`, { body: this.profile.complaints.join("\n") });
    }
  }

  async leave() {
    await this.profile.remove();
  }
}

/** A pattern for a name that begins with these words; lines may say more after them. */
export function startsWith(words) {
  if (words instanceof RegExp) return words;
  return new RegExp(`^${words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`);
}

/** Runs in the page: the addresses that the service worker keeps. */
async function keptFiles() {
  const files = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    files.push(...(await cache.keys()).map((request) => request.url));
  }
  return files;
}

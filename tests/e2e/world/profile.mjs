/**
 * One browser profile on disk, so that closing the browser and starting it again
 * is what it is for a person: same storage, same cookies, nothing in memory.
 */
import { once } from "node:events";
import { accessSync, constants } from "node:fs";
import { readlink, rm } from "node:fs/promises";
import { delimiter, join } from "node:path";

import { chromium } from "@playwright/test";

import { discard, folder } from "./talkoot.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The Chromium on PATH. */
export function findChromium() {
  for (const place of (process.env.PATH ?? "").split(delimiter)) {
    for (const name of NAMES) {
      const path = join(place, name);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // Not here; the next place may have it.
      }
    }
  }
  throw new Error("no Chromium on PATH: install the package `chromium`");
}

/** A browser with a memory. */
export class Profile {
  static async create(options = {}) {
    const profile = new Profile(await folder("profile"), options);
    await profile.open();
    return profile;
  }

  constructor(directory, options) {
    this.directory = directory;
    this.options = options;
    /** Errors that no page caught. */
    this.complaints = [];
  }

  /** Starts the browser. */
  async open() {
    const { scripts = [], ...options } = this.options;
    this.context = await chromium.launchPersistentContext(this.directory, {
      executablePath: findChromium(),
      args: ARGUMENTS,
      locale: "en-GB",
      timezoneId: "Europe/Helsinki",
      viewport: { width: 1280, height: 900 },
      acceptDownloads: true,
      permissions: ["clipboard-read", "clipboard-write"],
      ...options,
    });
    this.context.setDefaultTimeout(20_000);
    for (const script of scripts) await this.context.addInitScript(script);
    this.context.on("weberror", (error) => this.complaints.push(String(error.error())));
    [this.page] = this.context.pages();
  }

  /** Closes the browser and starts it again. */
  async restart() {
    await this.context.close();
    await this.open();
  }

  /** Kills the browser as a power cut would, and starts it again. */
  async crash() {
    // Chromium writes its process id where a second start would look for it: `host-id`.
    const lock = join(this.directory, "SingletonLock");
    const id = Number((await readlink(lock)).split("-").at(-1));
    const gone = once(this.context, "close");
    process.kill(id, "SIGKILL");
    await gone;
    await rm(lock, { force: true });
    await this.open();
  }

  async remove() {
    await this.context.close();
    await discard(this.directory);
  }
}

/**
 * Every screen of the app with an address to see it at: what the accessibility
 * checks walk through and the pictures are taken of.
 */
import { expect } from "@playwright/test";

import { ask, say } from "./talk.mjs";

/** Letters of a record's name in an address. */
const RECORD_LETTERS = 26;
const ALWAYS = [
  ["home", "/"],
  ["inbox", "/inbox"],
  ["documents", "/documents"],
  ["documents-none-found", "/documents?q=tällaistaeiole"],
  ["practices", "/practices"],
  ["practices-none-found", "/practices?q=tällaistaeiole"],
  ["discussions", "/discussions"],
  ["discussions-none-found", "/discussions?q=tällaistaeiole"],
  ["projects", "/projects"],
  ["programme", "/programme"],
  ["sync", "/sync"],
  ["bin", "/bin"],
  ["comments", "/comments"],
  ["settings", "/settings"],
  ["welcome", "/welcome"],
  ["not-found", "/nowhere"],
];

/** Lists every screen that this workspace has, by name and address. */
export async function screensOf(person) {
  const document = await firstLink(person, "/documents?project=all", "/documents/");
  const project = await firstLink(person, "/projects", "/projects/");
  const organisation = await firstLink(person, "/programme", "/organisations/");
  const practice = await firstLink(person, "/practices", "/practices/");
  const own = await ownPractice(person);
  const discussion = (await firstLink(person, "/discussions", "/discussions/")) ?? (await begun(person));
  const found = [
    document && ["document", document],
    document && ["document-writing", `${document}/edit`],
    // The library begins with what most projects use: a page with its adoptions.
    practice && ["practice", practice],
    own && ["practice-writing", `${own}/edit`],
    own && ["practice-history", `${own}/history`],
    document && ["document-history", `${document}/history`],
    ["discussion", discussion],
    project && ["project", project],
    organisation && ["organisation", organisation],
  ];
  return [...ALWAYS, ...found.filter(Boolean)].map(([name, path]) => ({ name, path }));
}

/** The most adopted practice of the person's own project, which the sidebar names. */
async function ownPractice(person) {
  await person.visit("/projects");
  await settled(person);
  const link = person.page.getByRole("complementary").locator('a[href^="/projects/"]').first();
  if ((await link.count()) === 0) return undefined;
  const record = (await link.getAttribute("href")).split("/").at(-1).slice(0, RECORD_LETTERS);
  return firstLink(person, `/practices?project=${record}`, "/practices/");
}

/** A discussion with a reply, begun by the person: where nobody has said anything yet. */
async function begun(person) {
  await speak(person, "en");
  await person.visit("/discussions");
  await settled(person);
  const path = await ask(person, "Kuka kutsuu neuvottelukunnan koolle?", "Onko joku jo päättänyt?\n\nKatso https://example.org/paatos.");
  await say(person, "Me aloitamme ensi viikolla.");
  return path;
}

async function firstLink(person, path, start) {
  await person.visit(path);
  await settled(person);
  const link = person.page.locator(`main a[href^="${start}"]`).first();
  return (await link.count()) > 0 ? link.getAttribute("href") : undefined;
}

/** Waits until a screen stands: its heading is there and so is the editor, where one comes. */
export async function settled(person) {
  await expect(person.page.getByRole("heading", { level: 1 }).first()).toBeAttached();
  await expect(person.page.locator("main [aria-busy=true]")).toHaveCount(0);
  if (new URL(person.page.url()).pathname.endsWith("/edit")) {
    await expect(person.page.locator("[role=textbox][contenteditable]").first()).toBeVisible();
  }
  await person.page.evaluate(() => document.fonts.ready);
}

/** Speaks to this person in another language from the next page on. */
export async function speak(person, language) {
  await person.page.evaluate((locale) => localStorage.setItem("locale", locale), language);
}

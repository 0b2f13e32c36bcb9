/**
 * Looking at a page as it stands, dialogs and all: what axe finds in both themes, whether it
 * scrolls sideways on a small phone, and a picture of each where somebody wants to see them.
 */
import { mkdir } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { faultsInBothThemes } from "./faults.mjs";

export const LANGUAGES = ["fi", "sv", "en"];
/** Where pictures go, if anywhere. */
const PICTURES = process.env.TALKOOT_PICTURES;
const WIDE = { width: 1280, height: 900 };
const NARROW = { width: 360, height: 740 };

const texts = Object.fromEntries(
  LANGUAGES.map((language) => [language, JSON.parse(readFileSync(new URL(`../../../public/i18n/${language}.json`, import.meta.url), "utf8"))]),
);

/** What the screen calls something in a language. */
export const word = (language, group, key) => texts[language][group][key];

/** What stands too far right, if the page scrolls sideways. */
export async function sideways(page) {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.scrollingElement;
    if (scrollWidth <= clientWidth) return undefined;
    const wide = [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > clientWidth + 1);
    return `${scrollWidth} > ${clientWidth}: ${wide.slice(0, 5).map((one) => `${one.localName}.${one.className}`).join(", ")}`;
  });
}

/** Says what is wrong with the page as it stands; nothing, if nothing is. */
export async function lookAt(person, where) {
  const seen = (colorScheme) => picture(person, `${where}-${colorScheme}-1280`);
  const found = (await faultsInBothThemes(person.page, seen)).map((fault) => `${where} ${fault}`);
  await person.page.setViewportSize(NARROW);
  // Narrow, what is of interest may lie further down.
  await person.page.locator("dialog[open], .tick, .offers, section.mg").first().scrollIntoViewIfNeeded({ timeout: 500 }).catch(() => {});
  const wide = await sideways(person.page);
  if (wide) found.push(`${where} at 360 px: ${wide}`);
  await picture(person, `${where}-dark-360`);
  await person.page.setViewportSize(WIDE);
  await person.page.emulateMedia({ colorScheme: "light" });
  return found;
}

async function picture(person, name) {
  if (!PICTURES) return;
  await mkdir(PICTURES, { recursive: true });
  await person.page.screenshot({ path: join(PICTURES, `${name}.png`) });
}

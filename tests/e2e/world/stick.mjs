/** Files on a stick: packed by one person, taken in by another, as people do it. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { discard, folder } from "./talkoot.mjs";
import { expect, test as base } from "./world.mjs";

export const test = base.extend({
  /** A folder that stands for the stick. */
  stick: async ({}, use) => {
    const stick = await folder("stick");
    await use(stick);
    await discard(stick);
  },
});

export const dialog = (person) => person.page.getByRole("dialog");

/** What the carried document is called. */
export const NAME = "Carried by hand";

/** Presses the button that packs a file, and puts the file onto the stick. */
export async function packed(person, stick, name) {
  const button = person.button("Export transfer file");
  const more = person.page.getByLabel("More actions");
  await expect(button.or(more).first()).toBeVisible();
  if (!(await button.isVisible())) await more.click();
  const [file] = await Promise.all([person.page.waitForEvent("download"), button.click()]);
  const path = join(stick, name ?? file.suggestedFilename());
  await file.saveAs(path);
  return path;
}

/** Takes a file in by the picker, as a person does. */
export async function unpack(person, path, name = "Import transfer file") {
  await person.visit("/sync");
  const [chooser] = await Promise.all([person.page.waitForEvent("filechooser"), person.button(name).click()]);
  await chooser.setFiles(path);
  await expect(dialog(person)).toBeVisible();
}

export async function close(person) {
  await dialog(person).getByRole("button", { name: "Close" }).click();
  await expect(dialog(person)).toBeHidden();
}

/** Writes a document where there is no server, and gives its address. */
export async function writeAlone(person, words) {
  const writing = await person.begin(NAME, words);
  await person.sees(/Only on this device|\d+ changes? waiting/);
  return writing.path;
}

/** Drops a file onto the page, as the system does. */
export async function drop(person, path) {
  const content = (await readFile(path)).toString("base64");
  const carried = await person.page.evaluateHandle((content) => {
    const bytes = Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0));
    const carried = new DataTransfer();
    carried.items.add(new File([bytes], "carried.talkoot"));
    return carried;
  }, content);
  await person.page.getByRole("main").dispatchEvent("drop", { dataTransfer: carried });
}

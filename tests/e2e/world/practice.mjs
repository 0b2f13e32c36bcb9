/** What people do with practices: describe one, adopt it, decide about improvements. */
import { expect } from "@playwright/test";

export const box = (person, name) => person.page.getByRole("textbox", { name, exact: true });
export const region = (person, name) => person.page.getByRole("region", { name, exact: true });

/** Writes at the end of a section. */
export async function write(person, section, words) {
  await box(person, section).click();
  await person.page.keyboard.press("ControlOrMeta+End");
  await person.page.keyboard.type(words);
  await expect(person.page.getByRole("status").filter({ hasText: /^Saved/ }).first()).toBeVisible();
}

/** Describes a practice in the person's own project and publishes it; gives where it is read. */
export async function describe(person, name) {
  await person.go("Projects");
  await person.page.getByRole("complementary").locator('a[href^="/projects/"]').first().click();
  await person.button("New practice").click();
  await expect(box(person, "Tips for those who apply it")).toHaveAttribute("contenteditable", "true");
  await box(person, "Name").fill(name);
  await box(person, "Name").press("Tab");
  await write(person, "Tips for those who apply it", "Keep the kettle on.");
  await person.button("Publish").click();
  await expect(person.button("Unpublish")).toBeVisible();
  await person.sees("Synced");
  return person.path.replace(/\/edit$/, "");
}

/** Adopts a practice under another name; gives where the copy is read. */
export async function adopt(person, path, name) {
  await person.visit(path);
  await person.button("Adopt").click();
  const dialog = person.page.getByRole("dialog");
  await dialog.getByLabel("Name in your project").fill(name);
  await dialog.getByRole("button", { name: "Adopt", exact: true }).click();
  await expect(person.page.getByRole("heading", { level: 1, name })).toBeVisible();
  return person.path;
}

/** Decides about one improvement. */
export async function choose(person, name, choice) {
  const heading = person.page.getByRole("heading", { name, exact: true });
  const section = person.page.locator("section.mg").filter({ has: heading });
  await section.getByRole("button", { name: choice, exact: true }).click();
}

/** A practice and a document as files: everything that is known, written with no server at all. */
import { readFile } from "node:fs/promises";

import { expect, test } from "./world/world.mjs";

const box = (person, name) => person.page.getByRole("textbox", { name, exact: true });

/** Presses a button behind the three dots and gives the file that comes. */
async function exported(person, name) {
  const [file] = await Promise.all([person.page.waitForEvent("download"), pressMore(person, name)]);
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), "utf8") };
}

async function pressMore(person, name) {
  const button = person.button(name);
  if (!(await button.isVisible())) await person.page.getByLabel("More actions").click();
  await button.click();
}

/** Opens a file as its reader does: no server, no app. */
async function opened(person, { text }) {
  const page = await person.profile.context.newPage();
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.setContent(text);
  return { page, asked };
}

test("P40 P41 a practice is exported as Markdown and as a web page with the server stopped", async ({ server, meet }) => {
  const marja = await meet("marja-koskela");
  await marja.go("Projects");
  await marja.page.getByRole("complementary").locator('a[href^="/projects/"]').first().click();
  await marja.button("New practice").click();
  await box(marja, "Name").fill("Coffee and forms");
  await box(marja, "Name").press("Tab");
  await box(marja, "Tips for those who apply it").click();
  await marja.page.keyboard.type("Keep the kettle on.");
  await marja.page.getByLabel("Phase", { exact: true }).selectOption({ label: "Trial" });
  await marja.button("Add: Evidence").click();
  await box(marja, "Result").fill("Nine of ten came back");
  await box(marja, "Method").fill("Visitor book");
  await marja.button("Save").click();
  await expect(marja.page.getByRole("region", { name: "Evidence and lessons" })).toContainText("Nine of ten came back");
  await marja.sees("Synced");
  await server.stop();
  await marja.visit(marja.path.replace(/\/edit$/, ""));
  await expect(marja.heading("Coffee and forms")).toBeVisible();

  const markdown = await exported(marja, "Export as Markdown");
  expect(markdown.name).toBe("coffee-and-forms.md");
  for (const words of ["# Coffee and forms", "- **Phase**: Trial", "Nine of ten came back", "**Method**: Visitor book", "Keep the kettle on."]) {
    expect(markdown.text).toContain(words);
  }
  const file = await exported(marja, "Export as web page");
  expect(file.name).toBe("coffee-and-forms.html");
  const { page, asked } = await opened(marja, file);
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Coffee and forms");
  await expect(page.getByRole("heading", { name: "Evidence", exact: true })).toBeVisible();
  await expect(page.getByText("Keep the kettle on.")).toBeVisible();
  await expect(page.locator("script")).toHaveCount(0);
  expect(asked).toEqual([]);
});

test("P40 P41 a document is exported in the language that its reader speaks", async ({ server, meet }) => {
  const marja = await meet("marja-koskela");
  await marja.begin("Muistio", "Sovittiin kahvista.");
  await marja.sees("Synced");
  const path = marja.path.replace(/\/edit$/, "");
  await server.stop();
  await marja.visit(path);
  const markdown = await exported(marja, "Export as Markdown");
  expect(markdown.name).toBe("muistio.md");
  expect(markdown.text).toContain("# Muistio\n");
  expect(markdown.text).toContain("Sovittiin kahvista.");
  const file = await exported(marja, "Export as web page");
  const { page } = await opened(marja, file);
  await page.emulateMedia({ media: "print" });
  await expect(page.getByText("Sovittiin kahvista.")).toBeVisible();
});

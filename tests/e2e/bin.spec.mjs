/** Everything can be undone: the bin, its ten seconds, publishing and taking back. */
import { expect, test } from "./world/world.mjs";

test("Q14, P13 a document put in the bin comes back by undo or from the bin", async ({ meet }) => {
  const marja = await meet("marja-koskela");
  const writing = await marja.begin("Kadonnut ja löytynyt", "Tallessa.");
  await writing.isSent();
  await marja.read(writing.path);
  await marja.button("Move to bin").click();
  await expect(marja.link("Kadonnut ja löytynyt")).toHaveCount(0);
  await marja.button("Undo").click();
  await marja.go("Documents");
  await expect(marja.link("Kadonnut ja löytynyt")).toBeVisible();

  await marja.read(writing.path);
  await marja.button("Move to bin").click();
  await expect(marja.link("Kadonnut ja löytynyt")).toHaveCount(0);
  await marja.visit(`${writing.path}/edit`);
  await expect(marja.page).toHaveURL(/\/documents\/[^/]+$/);
  await expect(marja.page.getByRole("status").filter({ hasText: "is in the bin" })).toContainText("30 days left");
  await expect(marja.button("Publish")).toHaveCount(0);
  await marja.visit("/bin");
  const row = marja.page.getByRole("listitem").filter({ hasText: "Kadonnut ja löytynyt" });
  await expect(row).toContainText("30 days left");
  await row.getByRole("button", { name: /^Restore/ }).click();
  await expect(row).toHaveCount(0);
  await marja.read(writing.path);
  await expect(marja.text).toHaveText(["Tallessa."]);
});

test("Q15 what is published appears to a reader without an account, and disappears when taken back", async ({ meet }) => {
  const marja = await meet("marja-koskela");
  await marja.go("Documents");
  await marja.button("New document").first().click();
  await marja.page.getByRole("textbox", { name: "Title", exact: true }).fill("Kutsu kaikille");
  await marja.page.getByRole("textbox", { name: "Document text", exact: true }).click();
  await marja.page.keyboard.type("Tervetuloa talkoisiin.");
  const path = marja.path.replace(/\/edit$/, "");
  await marja.button("Publish").click();
  await marja.sees("Synced");

  const somebody = await meet();
  await somebody.visit(path);
  await expect(somebody.page.getByText("Tervetuloa talkoisiin.")).toBeVisible();
  await marja.button("Unpublish").click();
  await marja.sees("Synced");
  // The page has no script that follows the workspace: whoever wants to know loads it again.
  await expect(async () => {
    await somebody.visit(path);
    await expect(somebody.heading("This page has been taken away")).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await expect(somebody.page.getByText("Tervetuloa talkoisiin.")).toHaveCount(0);
});

/** Files that another program shares with the installed app: posted to it by the system. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { close, dialog, packed, test, unpack, writeAlone } from "./world/stick.mjs";
import { expect } from "./world/world.mjs";

/** Posts the form that the manifest describes, as the system does: from no page of the app's. */
async function share(person, ...paths) {
  const page = await person.profile.context.newPage();
  await page.setContent(`<form method="post" enctype="multipart/form-data" action="${person.server.address}/share">
    <input type="file" name="file" multiple><button>Share</button></form>`);
  await page.locator("input").setInputFiles(paths);
  await page.getByRole("button", { name: "Share" }).click();
  await page.waitForURL("**/sync");
  return person.at(page);
}

test("Q46 P66 a file that is shared with the app is taken in after a question, with no server", async ({ server, meet, stick }) => {
  const marja = await meet("marja-koskela");
  const pekka = await meet("pekka-niskanen");
  await server.stop();
  await writeAlone(marja, "Words on a stick.");
  await marja.visit("/sync");
  const path = await packed(marja, stick, "shared.talkoot");

  const there = await share(pekka, path);
  await expect(dialog(there).getByRole("heading", { name: "A file was shared with you" })).toBeVisible();
  await expect(dialog(there)).toContainText("shared.talkoot");
  await dialog(there).getByRole("button", { name: "Import transfer file" }).click();
  await expect(dialog(there).getByRole("heading", { name: "Added (1)" })).toBeVisible();
  await close(there);
  await there.visit("/sync");
  await expect(there.button("Import transfer file")).toBeVisible();
  await expect(dialog(there)).toBeHidden();

  const foreign = join(stick, "picture.talkoot");
  await writeFile(foreign, "no transfer file");
  const again = await share(pekka, foreign);
  await dialog(again).getByRole("button", { name: "Close" }).click();
  await expect(dialog(again)).toBeHidden();
  const third = await share(pekka, foreign);
  await dialog(third).getByRole("button", { name: "Import transfer file" }).click();
  await expect(dialog(third).getByRole("alert")).toContainText("This is not a transfer file.");
  await close(third);
  await unpack(third, path);
  await expect(dialog(third)).toContainText("Nothing new");
});

test("P94 files that come together are taken in one after the other, each with its report", async ({ server, meet, stick }) => {
  const marja = await meet("marja-koskela");
  const pekka = await meet("pekka-niskanen");
  await server.stop();
  await writeAlone(marja, "Words on a stick.");
  await marja.visit("/sync");
  const path = await packed(marja, stick, "first.talkoot");
  const foreign = join(stick, "second.talkoot");
  await writeFile(foreign, "no transfer file");

  const there = await share(pekka, path, foreign);
  await expect(dialog(there).getByRole("heading", { name: "Files were shared with you" })).toBeVisible();
  await expect(dialog(there).getByRole("listitem")).toHaveText(["first.talkoot", "second.talkoot"]);
  await dialog(there).getByRole("button", { name: "Import transfer file" }).click();
  await expect(dialog(there).getByRole("heading", { name: "Added (1)" })).toBeVisible();
  await expect(dialog(there)).toContainText("first.talkoot");
  await expect(dialog(there)).toContainText("One more file follows.");
  await dialog(there).getByRole("button", { name: "Close" }).click();
  await expect(dialog(there).getByRole("alert")).toContainText("This is not a transfer file.");
  await expect(dialog(there)).toContainText("second.talkoot");
  await close(there);

  await unpack(there, [foreign, path]);
  await expect(dialog(there)).toContainText("second.talkoot");
  await dialog(there).getByRole("button", { name: "Close" }).click();
  await expect(dialog(there)).toContainText("Nothing new");
  await close(there);
});

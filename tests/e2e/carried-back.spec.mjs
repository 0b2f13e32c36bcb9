/** What a file brought and what becomes of it later: taken back by its maker, or out of sight. */
import { NAME, close, dialog, packed, test, unpack, writeAlone } from "./world/stick.mjs";
import { expect } from "./world/world.mjs";

/** Says that what the file brought is others' and only carried, without a name. */
async function isCarried(person) {
  await expect(dialog(person)).toContainText("1 thing belongs to others. It is only carried to the server from here.");
  await expect(dialog(person).getByRole("heading", { level: 3 })).toHaveCount(0);
  await expect(dialog(person)).not.toContainText("Untitled");
  await close(person);
}

const WORDS = "These words are taken back.";

test("Q47 L23 what its maker took back after it was carried lies aside and can be copied", async ({ server, meet, stick }) => {
  test.slow();
  const marja = await meet("marja-koskela");
  const pekka = await meet("pekka-niskanen");
  const writing = await marja.begin(NAME, "The beginning.");
  await writing.isSent();
  await pekka.read(writing.path);
  await expect(pekka.text).toHaveText(["The beginning."]);
  await server.stop();
  await writing.addParagraph(WORDS);
  await marja.sees(/changes? waiting/);
  await marja.visit("/sync");
  const file = await packed(marja, stick);
  await unpack(pekka, file);
  await expect(dialog(pekka).getByRole("heading", { name: "Changed (1)" })).toBeVisible();
  await close(pekka);
  await pekka.read(writing.path);
  await expect(pekka.text).toHaveText(["The beginning.", WORDS]);

  // The server refuses it, so its maker sets it aside and goes on without it.
  await pekka.profile.context.setOffline(true);
  await server.user("set-role", marja.account.email, "reader");
  await server.start();
  await marja.noticesNetwork();
  await marja.sees("Needs your choice");
  await server.user("set-role", marja.account.email, "member");
  await expect(async () => {
    const again = await marja.write(writing.path);
    await again.addParagraph("Something else.");
  }).toPass();
  await expect(marja.page.getByRole("status").filter({ hasText: "Saved and sent" })).toBeVisible();

  await pekka.profile.context.setOffline(false);
  await pekka.sees("Needs your choice");
  await pekka.go("Sync");
  const kept = pekka.page.getByRole("listitem").filter({ hasText: WORDS });
  await expect(kept).toContainText("Whoever made this change took it back and went on without it.");
  await expect(kept.getByRole("button", { name: "Try again" })).toHaveCount(0);
  await kept.getByText("Show the text").click();
  await expect(kept.getByText(WORDS)).toBeVisible();
  await pekka.read(writing.path);
  await expect(pekka.text).toHaveText(["The beginning.", "Something else."]);
  await pekka.restartsBrowser();
  await expect(pekka.text).toHaveText(["The beginning.", "Something else."]);
});

test("Q47 L24 P83 a record that a file brought is there while it is owed, and goes if it is out of sight", async ({ server, meet, stick }) => {
  const marja = await meet("marja-koskela");
  const olli = await meet("olli-lammi");
  await server.stop();
  await writeAlone(marja, "A draft of our project.");
  await marja.visit("/sync");
  const file = await packed(marja, stick);
  await unpack(olli, file);
  await isCarried(olli);
  await olli.visit("/documents?scope=all&project=all");
  await expect(olli.heading("Documents")).toBeVisible();
  await olli.page.getByRole("searchbox").first().fill(NAME);
  await expect(olli.link(NAME)).toHaveCount(1);

  await server.start();
  await olli.noticesNetwork();
  await olli.sees("Synced");
  await expect(olli.link(NAME)).toHaveCount(0);
  // Taken in once more it is gone again by then, and still nothing that was added.
  await unpack(olli, file);
  await isCarried(olli);
  await marja.noticesNetwork();
  await marja.sees("Synced");
  await marja.visit("/documents");
  await expect(marja.link(NAME)).toHaveCount(1);
});

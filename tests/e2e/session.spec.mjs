/** Weeks offline with a session that ended: the work is held, never dropped. */
import { expect, test } from "./world/world.mjs";
import { commandWithPassword } from "./world/talkoot.mjs";

const NEW_PASSWORD = "a-new-password-2020";

test("Q9 a session that expired while offline holds the work until its person signs in", async ({ server, meet }) => {
  const marja = await meet("marja-koskela");
  const pekka = await meet("pekka-niskanen");
  const writing = await marja.begin("Viikkoja verkotta", "Alku.");
  await writing.isSent();
  await server.stop();
  await writing.addParagraph("Kirjoitettu ilman verkkoa.");
  await marja.sees(/changes? waiting/);
  await commandWithPassword(NEW_PASSWORD, "user", "set-password", marja.account.email, "--data", server.data);

  await server.start();
  await marja.noticesNetwork();
  const bar = () => marja.page.getByRole("status").filter({ hasText: /sign in/i }).filter({ hasText: /on this device/i });
  await expect(bar()).toBeVisible();
  await marja.sees(/changes? waiting/);
  await writing.hasOnce("Kirjoitettu ilman verkkoa.");
  await marja.restartsBrowser();
  await expect(bar()).toBeVisible();
  await writing.hasOnce("Kirjoitettu ilman verkkoa.");
  await writing.addParagraph("Vielä lisää.");

  await bar().getByRole("link", { name: "Sign in" }).click();
  await marja.fillIn(marja.account.email, NEW_PASSWORD);
  await marja.sees("Synced");
  await expect(bar()).toHaveCount(0);
  await pekka.read(writing.path);
  await expect(pekka.text).toHaveText(["Alku.", "Kirjoitettu ilman verkkoa.", "Vielä lisää."]);
});

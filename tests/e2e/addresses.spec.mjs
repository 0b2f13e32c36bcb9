/** An address is for ever: links, titles and the back button, with a network and without. */
import { expect, test } from "./world/world.mjs";

test("Q16 an address with an old or a wrong slug leads to the thing and is put right", async ({ meet }) => {
  const marja = await meet("marja-koskela");
  const writing = await marja.begin("Ensimmäinen nimi", "Sisältö.");
  await writing.isSent();
  const old = writing.path;
  expect(old).toMatch(/^\/documents\/[0-9a-z]{26}-ensimmainen-nimi$/);
  await writing.rename("Toinen nimi");
  await expect.poll(() => marja.path).toMatch(/-toinen-nimi\/edit$/);

  await marja.read(old);
  await expect.poll(() => marja.path).toMatch(/-toinen-nimi$/);
  await expect(marja.page).toHaveTitle("Toinen nimi – Talkoot");
  const bare = old.slice(0, "/documents/".length + 26);
  await marja.read(bare);
  await expect.poll(() => marja.path).toBe(`${bare}-toinen-nimi`);
  await marja.read(`${bare}-jotain-ihan-muuta`);
  await expect.poll(() => marja.path).toBe(`${bare}-toinen-nimi`);
});

test("Q16 the back button goes through what was seen, filters and all, with no server too", async ({ server, meet }) => {
  const marja = await meet("marja-koskela");
  const writing = await marja.begin("Takaisin tullaan", "Sisältö.");
  await writing.isSent();
  await server.stop();
  await marja.go("Documents");
  await expect(marja.page).toHaveTitle("Documents – Talkoot");
  await marja.page.getByRole("searchbox").fill("takaisin");
  await expect.poll(() => marja.page.url()).toContain("takaisin");
  await marja.link("Takaisin tullaan").click();
  await expect(marja.text).toHaveText(["Sisältö."]);
  await marja.page.goBack();
  await expect(marja.page.getByRole("searchbox")).toHaveValue("takaisin");
  await expect(marja.link("Takaisin tullaan")).toBeVisible();
  await marja.page.goForward();
  await expect(marja.page).toHaveTitle("Takaisin tullaan – Talkoot");

  await marja.restartsBrowser();
  await expect(marja.text).toHaveText(["Sisältö."]);
  for (const place of ["Home", "Documents", "Practices", "Projects", "Programme", "Sync"]) {
    await marja.go(place);
    await marja.page.reload();
    await expect(marja.page.getByRole("heading", { level: 1 })).toBeVisible();
  }
  await marja.visit("/nowhere/at/all");
  await expect(marja.page.getByRole("heading", { level: 1 })).toBeVisible();
});

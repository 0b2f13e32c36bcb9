/** A reload, a crash or a closed window in the middle of a word loses no letter. */
import { expect, test } from "./world/world.mjs";
import { Writing } from "./world/writing.mjs";

const SENTENCE = "Kirjoitan tätä juuri nyt enkä odota mitään";

test("Q3 a reload in the middle of typing keeps every letter", async ({ meet }) => {
  const marja = await meet("marja-koskela");
  const writing = await marja.begin("Kesken jäänyt", "Alku.");
  await writing.isSent();
  for (const round of ["ensin", "sitten", "lopuksi"]) {
    await writing.addParagraph(`${SENTENCE} ${round}`);
    await marja.page.reload();
    await Writing.on(marja);
    await writing.hasOnce(`${SENTENCE} ${round}`);
  }
});

test("Q3 a reload right after writing a title keeps the title", async ({ meet }) => {
  const marja = await meet("marja-koskela");
  const writing = await marja.begin("Alkuperäinen nimi", "Alku.");
  await writing.isSent();
  await writing.title.fill("Uusi nimi ennen latausta");
  await marja.page.reload();
  await Writing.on(marja);
  await expect(writing.title).toHaveValue("Uusi nimi ennen latausta");
});

test("Q3, L2 a browser that is killed after the text is on this device has every letter", async ({ server, meet }) => {
  const marja = await meet("marja-koskela");
  const writing = await marja.begin("Sähkökatko", "Alku.");
  await writing.isSent();
  // Who is signed in, a browser writes down only some seconds later, or when it is closed.
  await marja.restartsBrowser();
  await Writing.on(marja);
  await server.stop();
  await writing.addParagraph(SENTENCE);
  await writing.says("Saved on this device");
  await marja.profile.crash();
  await marja.write(writing.path);
  await writing.hasOnce(SENTENCE);
  await server.start();
  await marja.noticesNetwork();
  await marja.sees("Synced");
  await writing.hasOnce(SENTENCE);
  expect(await writing.text()).toBe(`Alku.\n${SENTENCE}`);
});

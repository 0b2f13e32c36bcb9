/**
 * A browser killed again and again at the worst moment: right after the screen said that the
 * words are on this device only, with no server anywhere.
 */
import { expect, test } from "./world/world.mjs";
import { Writing } from "./world/writing.mjs";

const KILLS = 20;

test("Q22 a browser killed twenty times after its words were on this device only has them all", async ({
  server,
  meet,
}) => {
  test.setTimeout(KILLS * 30_000);
  const marja = await meet("marja-koskela");
  // Who is signed in, a browser writes down only some seconds later, or when it is closed.
  await marja.restartsBrowser();
  await server.stop();
  const writing = await marja.begin("Sähkökatkojen ilta", "Alku.");
  const sentences = ["Alku."];
  for (let kill = 1; kill <= KILLS; kill += 1) {
    const sentence = `Lause numero ${kill} ennen katkoa.`;
    await writing.addParagraph(sentence);
    sentences.push(sentence);
    await writing.says("Saved on this device");
    await marja.profile.crash();
    await marja.write(writing.path);
    await writing.hasOnce(...sentences);
  }
  await marja.go("Documents");
  await expect(marja.page.getByRole("listitem").filter({ hasText: "Sähkökatkojen ilta" })).toContainText("Only on this device");
  await server.start();
  await marja.noticesNetwork();
  await marja.sees("Synced");
  await marja.read(writing.path);
  await expect(marja.text).toHaveText(sentences);
  console.log(`${KILLS} kills of the browser: ${sentences.length} paragraphs written, all restored and sent`);
});

/** A role taken away while offline: the change is refused, the words stay with their writer. */
import { readFile } from "node:fs/promises";

import { expect, test } from "./world/world.mjs";

const WORDS = "Näitä sanoja ei saa hukata.";

test("Q10, L12 what the server refuses stays readable and can be copied and downloaded", async ({ server, meet }) => {
  const marja = await meet("marja-koskela");
  const pekka = await meet("pekka-niskanen");
  const writing = await marja.begin("Oikeus vietiin", "Alku.");
  await writing.isSent();
  await server.stop();
  await writing.addParagraph(WORDS);
  await marja.sees(/changes? waiting/);
  await server.user("set-role", marja.account.email, "reader");

  await server.start();
  await marja.noticesNetwork();
  await marja.sees("Needs your choice");
  await marja.go("Sync");
  const kept = () => marja.page.getByRole("listitem").filter({ hasText: WORDS });
  await expect(kept()).toContainText("You may not change this any more.");
  await kept().getByText("Show the text").click();
  await expect(kept().getByText(WORDS)).toBeVisible();
  await kept().getByRole("button", { name: "Copy the text" }).click();
  await expect.poll(() => marja.page.evaluate(() => navigator.clipboard.readText())).toContain(WORDS);
  const download = marja.page.waitForEvent("download");
  await kept().getByRole("button", { name: "Download as a file" }).click();
  expect(await readFile(await (await download).path(), "utf8")).toContain(WORDS);

  await pekka.read(writing.path);
  await expect(pekka.text).toHaveText(["Alku."]);
  await marja.restartsBrowser();
  await expect(kept()).toBeVisible();
  await marja.read(writing.path);
  await expect(marja.text).toHaveText(["Alku."]);
  await expect(marja.link("Edit")).toHaveCount(0);
});

/** A new version is offered while somebody writes; it comes when they say so, and takes no letter. */
import { Door } from "./world/next_version.mjs";
import { Person } from "./world/person.mjs";
import { ACCOUNTS } from "./world/talkoot.mjs";
import { expect, test } from "./world/world.mjs";
import { Writing } from "./world/writing.mjs";

const BEFORE = "Ennen uutta versiota.";
const DURING = " Kirjoitan koko ajan.";

test("Q5 a new version while typing is offered, waits, and loses nothing", async ({ server }) => {
  const door = await Door.before(server);
  const marja = await Person.come(door, ACCOUNTS["marja-koskela"]);
  try {
    await marja.signIn();
    const writing = await marja.begin("Versio vaihtuu", BEFORE);
    await writing.isSent();

    const next = await door.release();
    const typing = marja.page.keyboard.type(DURING, { delay: 15 });
    await marja.page.evaluate(() => navigator.serviceWorker.getRegistration().then((it) => it.update()));
    await expect(marja.button("Update now")).toBeVisible();
    await typing;
    await writing.has(BEFORE + DURING);

    await marja.page.keyboard.type(" Viimeinen sana.");
    const loaded = marja.page.waitForEvent("load");
    await marja.button("Update now").click();
    await loaded;
    await Writing.on(marja);
    await writing.has(`${BEFORE}${DURING} Viimeinen sana.`);
    await expect(marja.button("Update now")).toHaveCount(0);
    expect(await marja.page.evaluate(() => window.talkootBuild)).toBe(next);
    await marja.sees("Synced");
    await writing.has(`${BEFORE}${DURING} Viimeinen sana.`);
  } finally {
    await marja.leave();
    await door.close();
  }
});

/** Pages of projects and of the programme are edited in their own place, with no server too. */
import { expect, test } from "./world/world.mjs";

const section = (person, name) => person.page.getByRole("region", { name, exact: true });

async function toOwnProject(person) {
  await person.go("Projects");
  await person.page.getByRole("complementary").locator('a[href^="/projects/"]').first().click();
  await expect(section(person, "Host")).toBeVisible();
}

test("Q20 a member edits the project's fields where they stand, and others see them", async ({ server, meet }) => {
  const marja = await meet("marja-koskela");
  const pekka = await meet("pekka-niskanen");
  await toOwnProject(marja);
  await toOwnProject(pekka);

  await marja.button("Edit: Host").click();
  await section(marja, "Host").getByRole("textbox").fill("Keskisuomalaiset yhdistykset ry");
  await section(marja, "Host").getByRole("button", { name: "Done" }).click();
  await expect(section(marja, "Host")).toContainText("Keskisuomalaiset yhdistykset ry");
  await expect(section(pekka, "Host")).toContainText("Keskisuomalaiset yhdistykset ry");

  await server.stop();
  await marja.button("Edit: News").click();
  const news = section(marja, "News").getByRole("textbox", { name: "News" });
  await expect(news).toHaveAttribute("contenteditable", "true");
  await news.click();
  await marja.page.keyboard.press("ControlOrMeta+End");
  await marja.page.keyboard.type(" Kevään kiertue alkaa Saarijärveltä.");
  await section(marja, "News").getByRole("button", { name: "Done" }).click();
  await expect(section(marja, "News")).toContainText("Kevään kiertue alkaa Saarijärveltä.");
  await marja.sees(/changes? waiting/);
  await server.start();
  await Promise.all([marja.noticesNetwork(), pekka.noticesNetwork()]);
  await marja.sees("Synced");
  await expect(section(pekka, "News")).toContainText("Kevään kiertue alkaa Saarijärveltä.");
});

test("Q20 the coordinator edits the programme, a reader sees no buttons", async ({ meet }) => {
  const helena = await meet("helena-rautio");
  await helena.go("Programme");
  await helena.button("Edit: Contact person").click();
  await section(helena, "Contact person").getByRole("textbox").fill("Aune Esimerkki");
  await section(helena, "Contact person").getByRole("button", { name: "Done" }).click();
  await expect(section(helena, "Contact person")).toContainText("Aune Esimerkki");
  await helena.sees("Synced");

  const anneli = await meet("anneli-korpi");
  await anneli.go("Programme");
  await expect(section(anneli, "Contact person")).toContainText("Aune Esimerkki");
  await expect(anneli.page.getByRole("button", { name: /^Edit/ })).toHaveCount(0);
});

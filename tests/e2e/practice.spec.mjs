/** A practice is written in any order, published unfinished, and read by another person. */
import { faultsInBothThemes } from "./world/faults.mjs";
import { settled, speak } from "./world/screens.mjs";
import { expect, test } from "./world/world.mjs";

const box = (person, name) => person.page.getByRole("textbox", { name, exact: true });
const region = (person, name) => person.page.getByRole("region", { name, exact: true });
const points = (person) => person.page.getByRole("status").filter({ hasText: /of 19 points/ });

/** Begins a practice in the person's own project. */
async function begin(person, name) {
  await person.go("Projects");
  await person.page.getByRole("complementary").locator('a[href^="/projects/"]').first().click();
  await person.button("New practice").click();
  await expect(box(person, "Tips for those who apply it")).toHaveAttribute("contenteditable", "true");
  await box(person, "Name").fill(name);
  await box(person, "Name").press("Tab");
}

async function write(person, section, words) {
  await box(person, section).click();
  await person.page.keyboard.type(words);
}

async function addEvidence(person, result, method) {
  await person.button("Add: Evidence").click();
  await box(person, "Result").fill(result);
  await box(person, "Method").fill(method);
  await person.button("Save").click();
  await expect(region(person, "Evidence and lessons")).toContainText(result);
}

/** Where the practice is read. */
const reading = (person) => person.path.replace(/\/edit$/, "");

/** Fills in a little: two sections of different parts, the later one first, and the evidence. */
async function fillIn(person, name) {
  await begin(person, name);
  await write(person, "Tips for those who apply it", "Keep the kettle on.");
  await write(person, "Needs behind the work", "People asked for help with forms.");
  await addEvidence(person, "Nine of ten came back", "Visitor book");
  await person.page.getByLabel("Phase", { exact: true }).selectOption({ label: "Trial" });
  await expect(points(person)).toHaveText("4 of 19 points");
}

async function publish(person) {
  await person.button("Publish").click();
  await expect(person.button("Unpublish")).toBeVisible();
  await expect(person.page.getByRole("status").filter({ hasText: "Saved and sent" }).first()).toBeVisible();
  await person.sees("Synced");
}

test("P31 a practice is written in any order and says where its words are safe", async ({ server, meet }) => {
  const marja = await meet("marja-koskela");
  await begin(marja, "Coffee and forms");
  await write(marja, "Tips for those who apply it", "Keep the kettle on.");
  await marja.sees("Synced");
  await server.stop();
  await write(marja, "The basic idea of the solution", "A table, a laptop and time.");
  await expect(marja.page.getByRole("status").filter({ hasText: "Saved on this device" }).first()).toBeVisible();
  await server.start();
  await marja.noticesNetwork();
  await marja.sees("Synced");
  await marja.visit(reading(marja));
  await expect(region(marja, "The basic idea of the solution")).toContainText("A table, a laptop and time.");
});

test("P32 the form says in words how far it is, and leads to what is missing", async ({ meet }) => {
  const marja = await meet("marja-koskela");
  await fillIn(marja, "Coffee and forms");
  const missing = region(marja, "Not filled in yet");
  await expect(missing.getByRole("link")).toHaveCount(15);
  await missing.getByRole("link", { name: "Idea", exact: true }).click();
  await expect(box(marja, "Idea")).toBeInViewport();
  await write(marja, "Idea", "A café without a queue.");
  await expect(points(marja)).toHaveText("5 of 19 points");
  await expect(missing.getByRole("link")).toHaveCount(14);
});

test("P33 an unfinished practice can be published and carries a mark", async ({ meet }) => {
  const marja = await meet("marja-koskela");
  await fillIn(marja, "Coffee and forms");
  await expect(marja.page.getByText(/Still missing before publishing: Short description/)).toBeVisible();
  await publish(marja);
  await marja.visit(reading(marja));
  await expect(marja.page.getByText("Unfinished: 4 of 19 points")).toBeVisible();
});

test("P34 another person reads what there is and nothing empty", async ({ meet }) => {
  const marja = await meet("marja-koskela");
  await fillIn(marja, "Coffee and forms");
  await publish(marja);
  const anneli = await meet("anneli-korpi");
  await anneli.visit(reading(marja));
  await expect(anneli.heading("Coffee and forms")).toBeVisible();
  await expect(region(anneli, "Tips for those who apply it")).toContainText("Keep the kettle on.");
  await expect(region(anneli, "The whole development path")).toContainText("People asked for help with forms.");
  await expect(region(anneli, "Evidence")).toContainText("Nine of ten came back");
  await expect(anneli.page.locator("[aria-current=step]")).toHaveText("Trial");
  await expect(region(anneli, "Origin")).toBeVisible();
  await expect(region(anneli, "The basic idea of the solution")).toHaveCount(0);
  await expect(anneli.link("Edit")).toHaveCount(0);
  await expect(anneli.button("Publish")).toHaveCount(0);
});

test("P28 a draft names what it resembles with no server, and leads there", async ({ server, meet }) => {
  const marja = await meet("marja-koskela");
  await server.stop();
  await begin(marja, "Lumityöt naapurille");
  const hint = marja.page.getByRole("status").filter({ hasText: "Resembles" });
  await expect(marja.page.getByRole("status").filter({ hasText: "Saved on this device" }).first()).toBeVisible();
  await expect(hint).toHaveCount(0);
  await box(marja, "Name").fill("Kyytirinki Ruovedellä kesällä");
  await expect(hint).toHaveText(/^Resembles the practices? .*Kyytirinki Ruovedellä/);
  await hint.getByRole("link", { name: "Kyytirinki Ruovedellä", exact: true }).click();
  await expect(marja.heading("Kyytirinki Ruovedellä")).toBeVisible();
});

for (const language of ["fi", "sv", "en"]) {
  test(`P35 the pages of a practice have no fault in ${language}`, async ({ meet }) => {
    test.slow();
    const marja = await meet("marja-koskela", { profile: { reducedMotion: "reduce" } });
    await fillIn(marja, "Coffee and forms");
    await marja.sees("Synced");
    const path = reading(marja);
    await speak(marja, language);
    const found = [];
    for (const screen of [path, `${path}/edit`]) {
      await marja.visit(screen);
      await settled(marja);
      await expect(marja.page.locator("html")).toHaveAttribute("lang", language);
      found.push(...(await faultsInBothThemes(marja.page)).map((fault) => `${screen} ${fault}`));
    }
    expect(found).toEqual([]);
  });
}

test("P37 a copy lists what it says otherwise than its original, and leads there", async ({ server, meet }) => {
  const tuulikki = await meet("tuulikki-hakala");
  await tuulikki.go("Practices");
  await tuulikki.page.getByRole("link", { name: "Kunnan yhteyshenkilö järjestöille", exact: true }).click();
  const ways = region(tuulikki, "Changed from the original");
  await expect(ways.getByRole("listitem").first()).toBeVisible();
  const first = ways.getByRole("link").first();
  const named = await first.textContent();
  await first.click();
  await expect(tuulikki.page.getByRole("heading", { name: named, exact: true })).toBeInViewport();
  const line = region(tuulikki, "Origin");
  await expect(line.getByRole("link", { name: "Kunnan järjestöyhdyshenkilö ja hänen parinsa" })).toBeVisible();
});

test("P38 a practice leads to the documents that belong to it", async ({ server, meet }) => {
  const marja = await meet("marja-koskela");
  await begin(marja, "Coffee and forms");
  const documents = marja.page.getByRole("group", { name: "Documents", exact: true });
  await documents.getByRole("searchbox").fill("muistilista");
  await documents.getByRole("checkbox", { name: "Järjestöillan muistilista" }).check();
  // Within the app what was chosen is stored on the way; a page that is loaded anew cuts that off.
  const page = reading(marja);
  await marja.go("Practices");
  await marja.sees("Synced");
  await marja.visit(page);
  await region(marja, "Documents").getByRole("link", { name: "Järjestöillan muistilista" }).click();
  await expect(marja.page.getByRole("heading", { level: 1, name: "Järjestöillan muistilista" })).toBeVisible();
});

/** axe-core finds nothing on any screen: three languages, light and dark, empty and full. */
import { faultsInBothThemes } from "./world/faults.mjs";
import { screensOf, settled, speak } from "./world/screens.mjs";
import { expect, test } from "./world/world.mjs";

const LANGUAGES = ["fi", "sv", "en"];
const STILL = { profile: { reducedMotion: "reduce" } };

test.describe.configure({ mode: "parallel" });

async function walk(person, language) {
  const found = [];
  const screens = await screensOf(person);
  await speak(person, language);
  for (const { name, path } of screens) {
    await person.visit(path);
    await settled(person);
    await expect(person.page.locator("html")).toHaveAttribute("lang", language);
    found.push(...(await faultsInBothThemes(person.page)).map((fault) => `${name} ${fault}`));
  }
  return { found, screens: screens.length };
}

for (const empty of [false, true]) {
  test.describe(empty ? "an empty workspace" : "the example programme", () => {
    test.use({ empty });
    for (const language of LANGUAGES) {
      test(`Q17 no screen of ${empty ? "an empty workspace" : "the example programme"} has a fault in ${language}`, async ({ meet }) => {
        test.slow();
        const marja = await meet("marja-koskela", STILL);
        const { found, screens } = await walk(marja, language);
        expect(screens).toBeGreaterThan(9);
        expect(found).toEqual([]);
      });
    }
  });
}

for (const language of LANGUAGES) {
  test(`Q17 signing in and reading without an account has no fault in ${language}`, async ({ meet }) => {
    const somebody = await meet(undefined, STILL);
    await somebody.visit("/sign-in");
    await speak(somebody, language);
    await somebody.visit("/sign-in");
    await settled(somebody);
    expect(await faultsInBothThemes(somebody.page)).toEqual([]);
  });
}

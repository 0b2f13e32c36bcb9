/** Nothing needs sideways scrolling on a small phone or at 200 % zoom. */
import { sideways } from "./world/looking.mjs";
import { screensOf, settled, speak } from "./world/screens.mjs";
import { expect, test } from "./world/world.mjs";

const WINDOWS = [
  { name: "360 px", profile: { viewport: { width: 360, height: 740 } } },
  // A browser at 200 % gives the page half the pixels of a 1280 px window, twice as dense.
  { name: "200 % zoom", profile: { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 } },
];

for (const { name, profile } of WINDOWS) {
  test(`Q18 no screen scrolls sideways at ${name}`, async ({ meet }) => {
    const marja = await meet("marja-koskela", { profile });
    const screens = await screensOf(marja);
    const found = [];
    for (const language of ["fi", "sv"]) {
      await speak(marja, language);
      for (const screen of screens) {
        await marja.visit(screen.path);
        await settled(marja);
        const wide = await sideways(marja.page);
        if (wide) found.push(`${screen.name} ${language}: ${wide}`);
      }
    }
    expect(found).toEqual([]);
  });
}

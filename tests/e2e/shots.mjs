/**
 * Pictures of every screen, to be looked at beside the design: light and dark,
 * wide and narrow, three languages, empty and full, and the bad days.
 * `node shots.mjs FOLDER [WORD…]`: only pictures whose name holds every word.
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";

import { Person } from "./world/person.mjs";
import { screensOf, settled, speak } from "./world/screens.mjs";
import { ACCOUNTS, discard, emptyData, exampleData, Server } from "./world/talkoot.mjs";

const [folder, ...words] = process.argv.slice(2);
const WIDE = { width: 1440, height: 900 };
const NARROW = { width: 360, height: 740 };
const LOOKS = [
  { language: "fi", colorScheme: "light", viewport: WIDE },
  { language: "fi", colorScheme: "dark", viewport: WIDE },
  { language: "fi", colorScheme: "light", viewport: NARROW },
  { language: "fi", colorScheme: "dark", viewport: NARROW },
  { language: "sv", colorScheme: "light", viewport: WIDE },
  { language: "en", colorScheme: "light", viewport: WIDE },
];

if (!folder) {
  console.error("say where the pictures go: node shots.mjs FOLDER");
  process.exit(2);
}
await mkdir(folder, { recursive: true });
for (const [state, make] of [["full", exampleData], ["empty", () => emptyData(Object.values(ACCOUNTS))]]) {
  const data = await make();
  await picture(data, state);
  await discard(data);
}

async function picture(data, state) {
  const server = await Server.over(data);
  await server.start();
  const marja = await Person.come(server, ACCOUNTS["marja-koskela"], { profile: { reducedMotion: "reduce" } });
  try {
    await marja.visit("/sign-in");
    for (const look of LOOKS) await shoot(marja, "sign-in", "/sign-in", state, look);
    await speak(marja, "en");
    await marja.signIn();
    const screens = await screensOf(marja);
    for (const look of LOOKS) {
      for (const { name, path } of screens) await shoot(marja, name, path, state, look);
    }
    await server.stop();
    for (const look of LOOKS.slice(0, 2)) {
      for (const { name, path } of screens) await shoot(marja, name, path, `${state}-offline`, look);
    }
  } finally {
    await marja.leave();
    await server.remove();
  }
}

async function shoot(person, screen, path, state, { language, colorScheme, viewport }) {
  const name = [screen, state, language, colorScheme, viewport.width].join("-");
  if (!words.every((word) => name.includes(word))) return;
  await person.page.setViewportSize(viewport);
  await person.page.emulateMedia({ colorScheme });
  await speak(person, language);
  await person.visit(path);
  await settled(person);
  await person.page.screenshot({ path: join(folder, `${name}.png`) });
  console.log(name);
}

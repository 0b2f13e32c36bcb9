/**
 * How the browser tests run: the release program, Debian's Chromium. Three at a time on two cores: each waits a third of its time.
 * What fails is tried once more, and reported at the end (`world/failures.mjs`): one race among hundred and forty does not hide the rest.
 */
import { defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.mjs",
  outputDir: "results",
  workers: 3,
  fullyParallel: false,
  forbidOnly: true,
  retries: 1,
  timeout: 180_000,
  expect: { timeout: 15_000 },
  reporter: [["list"], ["./world/failures.mjs"]],
});

/** Our own programs, release builds, built if need be: whoever measures starts nothing by hand. */
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const BUILT = join(process.env.CARGO_TARGET_DIR ?? join(ROOT, "target"), "release");
/** How long building may take, from nothing. */
const BUILD_MS_MAX = 30 * 60_000;

/** The server. */
export function server() {
  // The server carries this folder; without the app it measures the same.
  mkdirSync(join(ROOT, "dist"), { recursive: true });
  return process.env.TALKOOT_BIN ?? built("talkoot-server", ["--bin", "talkoot"], "talkoot");
}

/** A program of `examples/`. */
export function example(of, name) {
  return built(of, ["--example", name], join("examples", name));
}

function built(of, which, path) {
  // Cargo builds only what is not there or is older than its source.
  const words = ["build", "--quiet", "--release", "--package", of, ...which];
  execFileSync("cargo", words, { cwd: ROOT, stdio: ["ignore", "inherit", "inherit"], timeout: BUILD_MS_MAX });
  return join(BUILT, path);
}

/** The engine alone, without a server: runs `core_bench` on the long history. */
import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { example } from "../server/programs.mjs";
import { prepare } from "./history.mjs";


/** Builds what it runs. */
export function build() {
  return example("talkoot-tests", "core_bench");
}

/** Gives a row a figure. */
export async function measure() {
  const folder = await mkdtemp(join(tmpdir(), "talkoot-bench-"));
  const edits = [];
  const { state } = prepare((update) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(update.length);
    edits.push(length, update);
  });
  const files = ["state", "edits"].map((name) => join(folder, name));
  try {
    await writeFile(files[0], state);
    await writeFile(files[1], Buffer.concat(edits));
    const said = execFileSync(build(), files, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
    return said.trim().split("\n").map((line) => JSON.parse(line));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

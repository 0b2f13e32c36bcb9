// The Rust half: `examples/agree.rs`, asked a line at a time.

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** Starts the program; `ask` gives its answer, `end` waits until it is gone. */
export function startRust() {
  const root = new URL("../..", import.meta.url).pathname;
  const program = process.env.TALKOOT_AGREE;
  const [command, args] = program
    ? [program, []]
    : ["cargo", ["run", "--quiet", "--package", "talkoot-tests", "--example", "agree"]];
  const child = spawn(command, args, { cwd: root, stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const gone = new Promise((resolve) => child.on("exit", resolve));
  return {
    async ask(question) {
      child.stdin.write(`${question}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error(`the Rust half ended at: ${question.slice(0, 200)}`);
      return JSON.parse(value);
    },
    async end() {
      child.stdin.end();
      return gone;
    },
  };
}

/**
 * Says once more, at the very end, what failed and why: a record that keeps only the end of a run tells enough.
 * A test that passed when it was tried again is told too: it shows a race, in the test or in what it tests.
 */
const COLOURS = /\u001b\[[0-9;]*m/g;
/** Lines of one failure: what was expected, what was there, and the line that asked. */
const LINES = 12;

export default class Failures {
  #failed = [];

  onTestEnd(test, result) {
    if (result.status === test.expectedStatus || result.status === "skipped") return;
    this.#failed.push([test, `${result.status} after ${result.duration} ms`, ...result.errors.flatMap(lines)]);
  }

  onEnd() {
    for (const [test, ...said] of this.#failed) {
      const title = test.outcome() === "flaky" ? `${test.title} (A RACE: passed when it was tried again)` : test.title;
      console.log(["", title, ...said].join("\n  "));
    }
  }
}

function lines(error) {
  const here = error.location ? [`at ${error.location.file.split("/").at(-1)}:${error.location.line}`] : [];
  const said = (error.message ?? "").replace(COLOURS, "").split("\n");
  return [...here, ...said.filter((line) => line.trim() !== "").slice(0, LINES)];
}

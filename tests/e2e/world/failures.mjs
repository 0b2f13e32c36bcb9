/** Says once more, at the very end, what failed and why: a record that keeps only the end of a run tells enough. */
const COLOURS = /\u001b\[[0-9;]*m/g;
/** Lines of one failure: what was expected, what was there, and the line that asked. */
const LINES = 12;

export default class Failures {
  #failed = [];

  onTestEnd(test, result) {
    if (result.status === test.expectedStatus || result.status === "skipped") return;
    this.#failed.push([test.title, `${result.status} after ${result.duration} ms`, ...result.errors.flatMap(lines)]);
  }

  onEnd() {
    for (const said of this.#failed) console.log(["", ...said].join("\n  "));
  }
}

function lines(error) {
  const here = error.location ? [`at ${error.location.file.split("/").at(-1)}:${error.location.line}`] : [];
  const said = (error.message ?? "").replace(COLOURS, "").split("\n");
  return [...here, ...said.filter((line) => line.trim() !== "").slice(0, LINES)];
}

/** Writes the measured part of `docs/benchmarks.md`, between its two marks, and nothing else. */
import { readFile, writeFile } from "node:fs/promises";
import { cpus, loadavg, totalmem } from "node:os";
import { fileURLToPath } from "node:url";

import { sharing } from "../server/cores.mjs";
import { NAMES, OURS, version } from "../server/servers.mjs";
import { figure } from "./figures.mjs";

const PAGE = fileURLToPath(new URL("../../../docs/benchmarks.md", import.meta.url));
const BEGIN = "<!-- written by `cargo xtask bench`: begin -->";
const END = "<!-- written by `cargo xtask bench`: end -->";
const LOAD_BEFORE = loadavg()[0];

/** Puts these figures where those of the last run stood. */
export async function writePage({ medians, runs, engine, atRest }) {
  const page = await readFile(PAGE, "utf8");
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error("docs/benchmarks.md has lost its marks");
  const parts = [
    await circumstances(runs),
    table(medians),
    alone("The engine alone", engine),
    alone("Talkoot at rest", atRest),
  ];
  const block = parts.join("\n\n");
  await writeFile(PAGE, `${page.slice(0, begin)}${BEGIN}\n\n${block}\n\n${page.slice(end)}`);
}

async function circumstances(runs) {
  const versions = await Promise.all(NAMES.map(async (name) => `${name} ${await version(name)}`));
  const day = new Date().toISOString().slice(0, 10);
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  const machine = `${cpus().length} cores (${cpus()[0].model.trim()}), ${gigabytes} GB of memory`;
  const busy = `load ${LOAD_BEFORE.toFixed(1)} before and ${loadavg()[0].toFixed(1)} after, of which about two are the measurement's own`;
  return `Measured ${day} on Linux, ${machine}, ${busy}; ${sharing()}; Node.js ${process.version}; ${versions.join(", ")}. Medians of ${runs} runs.`;
}

function table(medians) {
  const lines = [
    `| what | ${NAMES.join(" | ")} | against the best peer | goal | |`,
    `|---|${NAMES.map(() => "---:").join("|")}|---:|---:|---|`,
  ];
  for (const [{ title, measures }, of] of medians) {
    lines.push(`| **${title}** |${" |".repeat(NAMES.length + 3)}`);
    for (const measure of measures) lines.push(line(measure, of));
  }
  return lines.join("\n");
}

function line(measure, of) {
  const { key, label, digits, goal } = measure;
  const values = NAMES.map((name) => figure(of[name][key], digits));
  const best = bestPeer(measure, of);
  const ours = of[OURS][key];
  const cells = [label, ...values, ratio(measure, ours, best), goal?.text ?? "–", verdict(goal?.met(ours, best))];
  return `| ${cells.join(" | ")} |`;
}

/** The best figure of those that are not ours. */
function bestPeer({ key, better }, of) {
  const peers = NAMES.filter((name) => name !== OURS).map((name) => of[name][key]);
  return better === "more" ? Math.max(...peers) : Math.min(...peers);
}

function ratio({ comparable = true }, ours, best) {
  return comparable && best > 0 ? `${figure(ours / best, 2)} ×` : "–";
}

function verdict(met) {
  if (met === undefined) return "";
  return met ? "reached" : "**missed**";
}

/** Rows that have no peer. */
function alone(title, rows) {
  const lines = rows.map(({ what, measured, goal, met }) => `| ${what} | ${measured} | ${goal ?? "–"} | ${verdict(met)} |`);
  return [`### ${title}`, "", "| what | measured | goal | |", "|---|---:|---:|---|", ...lines].join("\n");
}

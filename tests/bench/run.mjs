/**
 * Measures the servers side by side: every scenario, every server, three times in turn,
 * with the same clients. Prints a row a server and writes `docs/benchmarks.md`.
 *
 * `node run.mjs [SCENARIO …]` measures only these and leaves the page alone; `SERVERS`
 * names the servers (with commas), `RUNS` how often.
 */
import * as atRest from "./scenario/at_rest.mjs";
import * as engine from "./scenario/engine.mjs";
import * as history from "./scenario/history.mjs";
import * as kill from "./scenario/kill.mjs";
import * as live from "./scenario/live.mjs";
import * as many from "./scenario/many_documents.mjs";
import * as reconnect from "./scenario/reconnect.mjs";
import * as saturation from "./scenario/saturation.mjs";
import { LOAD_CORE, pinSelf } from "./server/cores.mjs";
import { NAMES, Server } from "./server/servers.mjs";
import { median, row } from "./report/figures.mjs";
import { writePage } from "./report/page.mjs";

const SCENARIOS = { saturation, live, many, reconnect, history, kill };
const ALONE = { engine, atRest };
const RUNS = Number(process.env.RUNS ?? 3);

const asked = process.argv.slice(2);
const scenarios = Object.entries(SCENARIOS).filter(([name]) => asked.length === 0 || asked.includes(name));
const servers = process.env.SERVERS?.split(",") ?? NAMES;

const alone = Object.entries(ALONE).filter(([name]) => asked.length === 0 || asked.includes(name));
// Built on all cores, and before a server runs that would only wait for it.
for (const [, one] of alone) one.build();
pinSelf(LOAD_CORE);
const results = {};
for (let run = 1; run <= RUNS; run += 1) {
  for (const [name, scenario] of scenarios) {
    for (const server of servers) {
      const figures = await measure(scenario, server);
      ((results[name] ??= {})[server] ??= []).push(figures);
      console.log(`${run}  ${row(scenario, server, figures)}`);
    }
  }
}
const rows = {};
for (const [name, one] of alone) {
  rows[name] = await one.measure();
  for (const { what, measured } of rows[name]) console.log(`   ${what}: ${measured}`);
}
const medians = scenarios.map(([name, scenario]) => [scenario, median(results[name])]);
for (const [scenario, of] of medians) {
  console.log(`\n${scenario.title}, median of ${RUNS}`);
  for (const [server, figures] of Object.entries(of)) console.log(`   ${row(scenario, server, figures)}`);
}
if (asked.length === 0) await writePage({ medians, runs: RUNS, ...rows });

async function measure(scenario, name) {
  const server = await Server.begin(name);
  try {
    return await scenario.run(server);
  } catch (error) {
    throw new Error(`${scenario.title}, ${name}: ${error.message}\n${server.process.said}`, { cause: error });
  } finally {
    await server.finish();
  }
}

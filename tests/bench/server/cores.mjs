/** One processor for the server and another for the load, where the machine lets us choose. */
import { execFileSync } from "node:child_process";
import { availableParallelism } from "node:os";

/** The processor of every server. */
export const SERVER_CORE = 0;
/** The processor of the load. */
export const LOAD_CORE = 1;

const mayChoose = availableParallelism() > 1 && works("taskset", "-c", `${SERVER_CORE},${LOAD_CORE}`, "true");

function works(program, ...words) {
  try {
    execFileSync(program, words, { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** The words that start a program on one processor. */
export function pinned(core, words) {
  return mayChoose ? ["taskset", "-c", String(core), ...words] : words;
}

/** Moves this process, all of its threads, to one processor. */
export function pinSelf(core) {
  if (mayChoose) execFileSync("taskset", ["-a", "-c", "-p", String(core), String(process.pid)], { stdio: "ignore" });
}

/** Says for the table how the processors were shared. */
export function sharing() {
  return mayChoose ? "server and load each held to one core" : "server and load sharing the cores";
}

// JavaScript's Yjs and core's yrs make the same of what the gate lets through.
// Bounded by seeds: `AGREE_SEEDS=5000 node --test …` plays more.

import assert from "node:assert/strict";
import { after, test } from "node:test";

import { startRust } from "./half.mjs";
import { Y, fromHex, halved, isWhole, play, shown, toHex } from "./script.mjs";

const SEEDS = Number(process.env.AGREE_SEEDS ?? 150);
const rust = startRust();
after(() => rust.end());

/** Applies updates one by one; nothing may be held back after any of them. */
function document(updates) {
  const doc = new Y.Doc();
  updates.forEach((update) => {
    Y.applyUpdate(doc, update);
    assert.ok(isWhole(doc), "nothing is held back");
  });
  return doc;
}

test("X18 both make the same of honest, twisted and made-up updates that the gate admits", async () => {
  let [admitted, refused, grew] = [0, 0, 0];
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const said = await rust.ask(`make ${seed}`);
    const here = document(said.updates.map(fromHex));
    const there = document([fromHex(said.state)]);
    assert.ok(said.whole, `seed ${seed}`);
    assert.deepEqual(shown(here), shown(there), `seed ${seed}`);
    assert.deepEqual(shown(here).clocks, said.clocks, `seed ${seed}`);
    const back = await rust.ask(`take ${toHex(Y.encodeStateAsUpdate(here))}`);
    assert.equal(halved(back.tree ?? ""), halved(said.tree), `seed ${seed}: ${back.why ?? ""}`);
    admitted += said.updates.length;
    refused += said.refused;
    grew += said.grew;
  }
  assert.ok(admitted > SEEDS * 5 && refused > SEEDS && grew > SEEDS * 3, "work was really done");
  console.log(`${SEEDS} seeds: ${admitted} updates admitted, ${refused} refused`);
});

test("X18 what JavaScript's writers make is admitted and shown the same", async () => {
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const updates = play(seed, 50);
    const here = document(updates);
    const said = await rust.ask(`take ${updates.map(toHex).join(" ")}`);
    assert.equal(said.refused, undefined, `seed ${seed}: ${said.why} at ${said.at}`);
    assert.deepEqual(shown(document([fromHex(said.state)])), shown(here), `seed ${seed}`);
    assert.deepEqual(said.clocks, shown(here).clocks, `seed ${seed}`);
    const back = await rust.ask(`take ${toHex(Y.encodeStateAsUpdate(here))}`);
    assert.equal(back.tree, said.tree, `seed ${seed}`);
  }
});

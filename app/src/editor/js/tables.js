// Table editing, without mending tables that arrive.
//
// Two people who add a row and a column at once leave a table with a short row.
// If every device mended it on arrival, each would add the same cells again, for
// ever. So only a person's own table command or paste mends (commands/table.js).

import { tableEditing } from "prosemirror-tables";
import { Plugin } from "prosemirror-state";

/** Builds the table plugin. */
export function tables() {
  const plugin = tableEditing();
  const mendAndNormalise = plugin.spec.appendTransaction;
  return new Plugin({
    ...plugin.spec,
    appendTransaction(transactions, before, after) {
      const pasted = transactions.some((transaction) => transaction.getMeta("paste") === true);
      // Told that nothing changed, the plugin only puts the selection right.
      return mendAndNormalise(transactions, pasted ? before : after, after);
    },
  });
}

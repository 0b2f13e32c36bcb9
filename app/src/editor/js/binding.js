// Ties a ProseMirror view to one fragment of a Y.Doc, with undo.
//
// Only a change of the document is written to Yjs. The plain binding also
// compares on every move of the caret, and then writes down default attributes
// of text that nobody edited; opening and reading must leave no trace.

import { ySyncPlugin, ySyncPluginKey, yUndoPlugin } from "y-prosemirror";

/**
 * Builds the plugins that keep view and fragment equal.
 * @param {import("yjs").XmlFragment} fragment
 * @returns {import("prosemirror-state").Plugin[]}
 */
export function bindTo(fragment) {
  return [writesOnlyEdits(ySyncPlugin(fragment)), yUndoPlugin()];
}

function writesOnlyEdits(plugin) {
  const openView = plugin.spec.view;
  plugin.spec.view = (view) => {
    const bound = openView(view);
    seesContent(view, bound);
    return {
      update(current, before) {
        if (before.doc !== current.state.doc) bound.update(current, before);
      },
      destroy: () => bound.destroy(),
    };
  };
  return plugin;
}

/**
 * Shows the plain binding what the text holds. One that has seen nothing but an empty page takes
 * the text for untouched, and would not write down that somebody began by deleting all of it.
 * While its own lock is held it looks and writes nothing.
 */
function seesContent(view, bound) {
  ySyncPluginKey.getState(view.state).binding.mux(() => bound.update(view, view.state));
}

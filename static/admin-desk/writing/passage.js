/* A note about a passage: the words that are chosen in the text when somebody turns to the notes. */

const LONGEST = 200;
const byId = (id) => document.getElementById(id);

export function createPassage({ surface }) {
  const line = byId("note-about");
  if (!line) return;

  function chosen() {
    const { selection, doc } = surface.editor.state;
    const { $from, from, to, empty } = selection;
    const node = $from.depth ? $from.node(1) : null;
    if (empty || !node?.attrs.id) return null;
    const quote = doc.textBetween(from, Math.min(to, $from.end(1)), " ").trim().slice(0, LONGEST);
    return quote ? { node: node.attrs.id, quote } : null;
  }

  function take() {
    const passage = byId("note-answer_to").value ? null : chosen();
    if (!passage || byId("note-quote").value) return;
    byId("note-node").value = passage.node;
    byId("note-quote").value = passage.quote;
    line.hidden = false;
    line.firstElementChild.textContent = interpolate(gettext("About “%s”"), [passage.quote]);
  }

  byId("note-text").addEventListener("focus", () => {
    if (!byId("note-text").value) take();
  });
}

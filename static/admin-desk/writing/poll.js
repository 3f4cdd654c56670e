/* Every few seconds: who is here, and whether a colleague saved. Nothing is asked while hidden. */
const EVERY = 4_000;

const tabKey = () => {
  const key = sessionStorage.getItem("newsroom-tab") || crypto.getRandomValues(new Uint32Array(2)).join("-");
  sessionStorage.setItem("newsroom-tab", key);
  return key;
};

function names(people) {
  const all = [...new Set(people.map((person) => person.name))];
  if (!all.length) return "";
  return interpolate(ngettext("%s is here", "%s are here", all.length), [all.join(", ")]);
}

export function createPoll({ state, story, fields, surface, saver, steps, sides, copies }) {
  const tab = tabKey();
  const line = document.getElementById("story-people");
  let noted = "";

  async function ask() {
    const block = surface.currentBlock() || "";
    const query = new URLSearchParams({ version: state.version, tab, block, noted });
    const response = await fetch(`${state.urls.since}?${query}`, { headers: { Accept: "application/json" } });
    if (!response.ok) return;
    const answer = await response.json();
    if (answer.killed) return leave();
    const shown = names(answer.people);
    if (line.textContent !== shown) line.textContent = shown;
    surface.setPeople(answer.people);
    if (answer.colleagues) {
      noted = answer.noted;
      sides.showNotes(answer.colleagues);
    }
    if (answer.document && answer.version > state.version) await take(answer);
  }

  /* The story was killed: nothing of its words stays here, typed ones neither. */
  async function leave() {
    state.readonly = true;
    document.body.replaceChildren();
    await copies.forget();
    location.replace(location.pathname);
  }

  /* What is unsaved here is saved first: then the server merges, and the answer brings both. */
  async function take(answer) {
    if (saver.isBusy()) return;
    if (saver.isDirty()) {
      await saver.flush();
      return;
    }
    state.version = answer.version;
    story.replace(answer.document);
    fields.stored(answer.fields);
    document.getElementById("story-saved").textContent = interpolate(gettext("Saved %s by %s"), [answer.saved, answer.by]);
    steps.refresh();
  }

  async function turn() {
    if (state.post && document.visibilityState === "visible") await ask().catch(() => {});
    setTimeout(turn, EVERY);
  }

  turn();
}

/*
 * The writing screen: one surface for the story, and around it what saves, tells and leads on.
 *
 * Each part is a module of its own; this one makes them and says who listens to whom.
 */
import { createCrashCopy } from "./crash_copy.js";
import { createDialogs } from "./dialogs.js";
import { createDocument } from "./document.js";
import { createEditor } from "./editor.js";
import { createFields } from "./fields.js";
import { createLead } from "./lead.js";
import { dressMessages, say } from "./messages.js";
import { createOutline } from "./outline.js";
import { createPassage } from "./passage.js";
import { createPoll } from "./poll.js";
import { createPreview } from "./preview.js";
import { kinds } from "./kinds/index.js";
import { createRefs } from "./refs.js";
import { createSaver } from "./save.js";
import { createShare } from "./share_panel.js";
import { createSides } from "./sides.js";
import { askToSignIn } from "./sign_in.js";
import { createSteps } from "./steps.js";
import { typographyIn } from "./typography.js";

const byId = (id) => document.getElementById(id);

function announcer() {
  const status = document.createElement("p");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  document.body.append(status);
  return (text) => {
    status.textContent = text;
  };
}

function measureHeadline(best) {
  const length = [...fieldText("headline")].length;
  const line = byId("headline-length");
  line.textContent = length ? interpolate(gettext("%s of %s"), [length, best]) : "";
  line.dataset.long = String(length > best);
}

const fieldText = (name) => byId(`id_${name}`)?.value || "";

const KINDS = {
  picture: () => gettext("a picture"),
  table: () => gettext("a table"),
  video: () => gettext("a video"),
  audio: () => gettext("a sound"),
  embed: () => gettext("an embed"),
  formula: () => gettext("a formula"),
};

/* What a paste could not bring along. */
function tellMissing(missing) {
  const what = missing.map(({ words, kind }) => words || KINDS[kind]()).join(", ");
  say([interpolate(gettext("Left out of what was pasted: %s"), [what])]);
}

async function start() {
  const state = JSON.parse(byId("writing-state").textContent);
  const unknown = state.kinds.filter((name) => !kinds.some(({ kind }) => kind === name));
  if (unknown.length) throw new Error(`No module in kinds/ says how to write ${unknown.join(", ")}.`);
  const form = byId("story-form");
  const announce = announcer();
  const refs = createRefs(state.refs, state.urls.refs);
  const dialogs = createDialogs({ urls: state.urls, refs, announce });
  const fields = createFields({ form, readonly: state.readonly });
  let saver = null;
  let outline = null;
  let preview = null;
  const changed = () => {
    saver?.changed();
    outline?.refresh();
    preview?.changed();
  };
  const lead = createLead({ element: byId("lead"), nodes: state.document.lead, refs, dialogs, state, onChange: changed });
  const surface = createEditor({
    element: byId("surface"),
    document: state.document,
    refs,
    locked: state.locked,
    readonly: state.readonly,
    language: state.language,
    direction: state.direction,
    dialogs,
    resolveStory: (address) => refs.atAddress(address),
    settleElsewhere: ({ field, text }) => fields.put(field, text),
    self: state.story,
    topics: () => fields.chosen("topics"),
    inStory: () => lead.getNodes().map((node) => node.attrs.photo),
    report: tellMissing,
    onChange: changed,
    onBlock: (id) => outline?.setCurrent(id),
    announce,
  });
  const story = createDocument({ surface, lead, refs, state });
  outline = createOutline({ element: byId("outline"), foot: byId("story-foot"), story, surface, refs });
  const sides = createSides({ surface, fields, lead });
  const copies = createCrashCopy({ state, story, fields });
  const steps = createSteps({ state, sides, fields, surface, lead, save: () => saver.flush(), announce });
  saver = createSaver({ state, form, story, fields, surface, copies, announce, askToSignIn });
  preview = createPreview({ state, unsaved: saver.unsaved });
  saver.onSaved(() => {
    steps.refresh();
    preview.refresh();
  });
  createShare({ state, save: () => saver.flush({ explicit: true }) });
  createPassage({ surface });
  createPoll({ state, story, fields, surface, saver, steps, sides, copies });
  for (const name of ["kicker", "headline", "standfirst"]) {
    const field = fields.control(name);
    if (!field) continue;
    typographyIn(field, state.language);
    Object.assign(field, { lang: state.language, dir: state.direction });
  }
  byId("lead").dir = state.direction;
  import("./find.js").then(({ findBar }) => {
    const find = findBar({ editor: surface.editor, announce, isLocked: surface.isLocked });
    byId("find").append(find.element);
    byId("find-button").addEventListener("click", find.open);
  });
  fields.onChange(() => {
    saver.changed();
    preview.changed();
    measureHeadline(state.headlineBest);
  });
  measureHeadline(state.headlineBest);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    saver.flush({ explicit: true });
  });
  // Before the fields get them: the search in a picker keeps its keys to itself.
  document.addEventListener("keydown", (event) => {
    if (document.querySelector("dialog[open]")) return;
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "s") {
      event.preventDefault();
      saver.flush({ explicit: true });
    }
    // In a note to colleagues it leaves the note.
    const isInNotes = event.target.closest(".notes");
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && !isInNotes) {
      event.preventDefault();
      event.stopPropagation();
      steps.takeNext();
    }
  }, true);
  dressMessages();
  steps.refresh();
  outline.refresh();
  await copies.offer({ put: (copy) => saver.takeOver(copy) });
  if (!state.post) byId("id_headline")?.focus();
  sides.goFromAddress();
  document.body.classList.add("writing-ready");
}

/* Words that cannot be edited can be read: the page never stays empty without a reason. */
start().catch((error) => {
  const line = document.createElement("p");
  line.className = "error";
  line.textContent = gettext("The text cannot be edited in this browser just now. Load the page again; what is saved is safe.");
  byId("story-messages").replaceChildren(line);
  throw error;
});

/* A page with nothing but the editor: dialogs that answer at once, facts that are made up. */
import { createEditor } from "/static/admin-desk/writing/editor.js";
import { pictureForm } from "/static/admin-desk/writing/kinds/caption.js";

const given = JSON.parse(document.getElementById("given").textContent);
const listeners = [];
const facts = { photos: { ...given.photos }, stories: { ...given.stories } };
const refs = {
  photo: (slug) => facts.photos[slug],
  story: (uuid) => facts.stories[uuid],
  add({ photos = {}, stories = {} }) {
    Object.assign(facts.photos, photos);
    Object.assign(facts.stories, stories);
    for (const listener of listeners) listener();
  },
  onChange: (listener) => listeners.push(listener),
  load: async () => {},
};

const log = [];
const answers = { choosePictures: [], chooseStories: [], askEmbed: [], uploadFiles: [] };
const dialog =
  (name) =>
  async (...args) => {
    log.push([name, ...args.map((arg) => (arg?.[0] instanceof File ? arg.map((file) => file.name) : arg))]);
    return answers[name]?.shift() ?? null;
  };
const dialogs = Object.fromEntries(
  ["choosePictures", "chooseStories", "askEmbed", "uploadFiles", "pictureDetails"].map((name) => [name, dialog(name)]),
);

window.trial = { log, answers, refs, changes: 0, said: [], blocks: [] };
window.trial.surface = createEditor({
  element: document.getElementById("surface"),
  document: { lead: [], body: given.body },
  refs,
  dialogs,
  locked: given.locked,
  readonly: given.readonly,
  language: "en-gb",
  onChange: () => {
    window.trial.changes += 1;
  },
  onBlock: (id) => window.trial.blocks.push(id),
  announce: (sentence) => window.trial.said.push(sentence),
  report: (missing) => log.push(["missing", missing]),
  resolveStory: async (url) => given.addresses[url] ?? null,
  self: "self",
});

const lead = pictureForm({
  attrs: given.lead ?? { id: "lead", photo: "market" },
  refs,
  dialogs,
  onChange: (attrs, changes) => log.push(["lead", attrs, changes]),
});
window.trial.lead = lead;
if (given.lead) document.getElementById("lead").append(lead.element);
document.documentElement.dataset.ready = "";

/*
 * What is not on the server yet, kept in this browser: one copy for each open page, written within
 * half a second, so that a killed browser or a dead server costs no words.
 *
 * A copy goes once the server has its words, or when its owner throws it away: neither another page
 * of the same story nor what is written while somebody decides touches it.
 */
import { drop, dropAllOf, run } from "./copy_store.js";
import { sameAs, tidied } from "./document.js";

const AFTER = 400;
const KEPT_FOR = 30 * 24 * 3_600_000;
const LOCK = "newsroom-writing/";

const textOf = (node) => {
  if (node.text) return node.text;
  if (node.content) return node.content.map(textOf).join(node.type === "paragraph" || node.type === "heading" ? "" : " ");
  const { id, photo, story, pictures = [], ...words } = node.attrs || {};
  const own = Object.values(words).filter((value) => typeof value === "string");
  return [...own, ...pictures.map((attrs) => textOf({ attrs }))].join(" ");
};

/* Paragraph by paragraph: what only the copy has, and what only the saved story has. */
function differences(copy, stored) {
  const list = document.createElement("div");
  list.className = "copy-differences";
  const linesOf = (side) => [...side.lead, ...side.body].map(textOf).filter(Boolean);
  const [mine, theirs] = [linesOf(copy), linesOf(stored)];
  const add = (tag, label, text) => {
    const line = document.createElement("p");
    line.append(Object.assign(document.createElement("b"), { textContent: `${label} ` }), Object.assign(document.createElement(tag), { textContent: text }));
    list.append(line);
  };
  mine.filter((text) => !theirs.includes(text)).forEach((text) => add("ins", gettext("Not saved:"), text));
  theirs.filter((text) => !mine.includes(text)).forEach((text) => add("del", gettext("In the saved story:"), text));
  return list;
}

/*
 * Whether the server has all that a copy changed: a page that closes sends its words, and dies before
 * it is answered.
 */
function isOnServer({ document: mine, base }, stored) {
  if (sameAs(mine, stored) || sameAs(mine, base)) return true;
  const nodesOf = (side) => new Map([...side.lead, ...side.body].map((node) => [node.attrs.id, node]));
  const [before, now, there] = [nodesOf(base), nodesOf(mine), nodesOf(stored)];
  const kept = [...now.keys()].filter((id) => before.has(id));
  const isMoved = !sameAs(kept, [...before.keys()].filter((id) => now.has(id)));
  const isThere = ([id, node]) => sameAs(node, before.get(id)) || sameAs(tidied(node), there.get(id));
  const isGone = (id) => now.has(id) || !there.has(id);
  return !isMoved && [...now].every(isThere) && [...before.keys()].every(isGone);
}

/* What the fields held, a line each. */
const linesOf = (fields) => Object.entries(fields).map(([name, values]) => {
  const label = document.querySelector(`label[for="id_${name}"]`)?.textContent.replace(/:\s*$/, "") || name;
  return `${label}: ${values.map(([, text]) => text).join(", ")}`;
});

function ask(copy, stored, { readonly }) {
  const dialog = document.createElement("dialog");
  dialog.className = "writing-dialog";
  const title = Object.assign(document.createElement("h2"), { id: "copy-title" });
  const when = new Date(copy.at);
  title.textContent = interpolate(gettext("You have unsaved words from %s"), [
    when.toLocaleString(document.documentElement.lang || undefined, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" }),
  ]);
  dialog.setAttribute("aria-labelledby", title.id);
  const answers = document.createElement("p");
  answers.className = "answers";
  const button = (text, value, className = "button") => {
    const each = Object.assign(document.createElement("button"), { type: "button", textContent: text, className });
    each.addEventListener("click", () => dialog.close(value));
    answers.append(each);
    return each;
  };
  const why = readonly
    ? gettext("The story has moved on, so they cannot be put back. Copy what you need, or ask an editor.")
    : gettext("They were kept on this computer when the page closed before it could save.");
  dialog.append(title, Object.assign(document.createElement("p"), { textContent: why }));
  const changes = linesOf(copy.fields).join("\n");
  if (changes) dialog.append(Object.assign(document.createElement("p"), { textContent: changes, className: "copy-fields" }));
  dialog.append(differences(copy.document, stored), answers);
  if (!readonly) button(gettext("Put them back"), "put", "button default");
  button(gettext("Decide later"), "later");
  button(gettext("Throw them away"), "throw");
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue);
    });
  });
}

const pageOf = (key) => key.split("/")[2];

/* [[key, copy]] of the pages that this person had open on a story, the newest first. */
async function copiesOf(story) {
  const keys = await run("readonly", (copies) => copies.getAllKeys());
  const all = await run("readonly", (copies) => copies.getAll());
  const found = keys.map((key, at) => [key, all[at]]);
  found.filter(([, copy]) => copy?.at < Date.now() - KEPT_FOR).forEach(([key]) => drop(key));
  return found.filter(([key, copy]) => copy && key.startsWith(`${story}/`)).sort(([, one], [, other]) => other.at - one.at);
}

/* The pages that are still open, as far as the browser tells: these save their words themselves. */
async function openPages() {
  const locks = await navigator.locks?.query().catch(() => null);
  return new Set((locks?.held || []).map(({ name }) => name.replace(LOCK, "")));
}

export function createCrashCopy({ state, story, fields }) {
  const page = crypto.getRandomValues(new Uint32Array(2)).join("-");
  /* The copies whose words were put into this page. */
  const taken = new Set();
  let timer = null;
  const token = () => document.querySelector("#story-form [name=form_token]");
  const of = () => `${state.user.id}/${state.post || "new"}`;
  const key = () => `${of()}/${page}`;
  navigator.locks?.request(LOCK + page, () => new Promise(() => {})).catch(() => {});

  const store = () => run("readwrite", (copies) => copies.put({
    at: Date.now(),
    version: state.version,
    base: story.base(),
    document: story.current(),
    fields: fields.unsaved(),
    before: fields.before(),
    token: state.post ? "" : token()?.value,
  }, key())).catch(() => {});

  async function offer({ put }) {
    const copies = await copiesOf(of()).catch(() => []);
    const open = copies.length ? await openPages() : new Set();
    for (const [at, copy] of copies) {
      if (open.has(pageOf(at))) continue;
      if (!Object.keys(copy.fields).length && isOnServer(copy, story.base())) {
        drop(at);
        continue;
      }
      const answer = await ask(copy, story.base(), state);
      if (answer === "throw") drop(at);
      if (answer !== "put") continue;
      if (token() && copy.token) token().value = copy.token;
      taken.add(at);
      if (!await put(copy)) return;
    }
  }

  return {
    note() {
      clearTimeout(timer);
      timer = setTimeout(store, AFTER);
    },
    clear() {
      clearTimeout(timer);
      [key(), ...taken].forEach(drop);
      taken.clear();
    },
    /* Of all pages on this story, and for good: it was killed. */
    async forget() {
      clearTimeout(timer);
      await dropAllOf(`${of()}/`);
    },
    offer,
  };
}

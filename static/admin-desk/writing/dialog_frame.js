/*
 * What the dialogs of the writing screen have in common: the panel itself, asking the server, and a
 * search box whose late answers are dropped.
 *
 * Texts come from pastes, files and the server, so they are only ever put in as text.
 */

import { make } from "./elements.js";

export { make };

let made = 0;
/** An id that no other element of the page has. */
export const newId = (name) => `dialog-${name}-${(made += 1)}`;

export function button(text, onclick, attributes = {}) {
  return make("button", { type: "button", class: "dialog-button", onclick, ...attributes }, text);
}

/** A labelled field: {element, input, error(text)}. Required ones say so in words. */
export function field(label, { long = false, required = false, help = "", ...attributes } = {}) {
  const id = newId("field");
  const input = make(long ? "textarea" : "input", {
    id,
    ...(long ? { rows: "3" } : { type: "text" }),
    autocomplete: "off",
    "aria-describedby": `${id}-said`,
    ...attributes,
  });
  const mark = make("span", { class: "dialog-required" }, required ? gettext("needed before publishing") : "");
  const said = make("p", { id: `${id}-said`, class: "dialog-help" }, help);
  const element = make("div", { class: "dialog-field" }, make("label", { for: id }, label, " ", mark), input, said);
  return {
    element,
    input,
    /* Without words the field is in order again. */
    error(text) {
      said.textContent = text || help;
      said.classList.toggle("dialog-error", Boolean(text));
      input.toggleAttribute("aria-invalid", Boolean(text));
      if (text) input.setAttribute("aria-invalid", "true");
    },
    need(isNeeded) {
      mark.textContent = isNeeded ? gettext("needed before publishing") : "";
    },
  };
}

/**
 * Open a panel over the page: fills it with what `build({dialog, body, foot, close})` puts in, and
 * gives a promise of what `close(answer)` was told, or null. Focus goes back to where it was.
 *
 * `mayClose()` is asked before Escape, × and the page beside the panel close it.
 */
export function openPanel({ title, kind, build }) {
  const before = document.activeElement;
  const heading = make("h2", { id: newId("title"), tabindex: "-1" }, title);
  const body = make("div", { class: "dialog-body" });
  const foot = make("div", { class: "dialog-foot" });
  const dialog = make("dialog", { class: `writing-panel writing-panel-${kind}`, "aria-labelledby": heading.id });
  let answer = null;
  let mayClose = () => true;
  const close = (given = null) => {
    answer = given;
    dialog.close();
  };
  const giveUp = () => mayClose() && close();
  const cross = button("×", giveUp, { class: "dialog-close", "aria-label": gettext("Close") });
  dialog.append(make("div", { class: "dialog-head" }, heading, cross), body, foot);
  document.body.append(dialog);
  build({
    dialog,
    body,
    foot,
    heading,
    close,
    giveUp,
    askFirst: (fn) => {
      mayClose = fn;
    },
  });
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    giveUp();
  });
  dialog.addEventListener("mousedown", (event) => {
    if (event.target === dialog) giveUp();
  });
  // The page's own keys (save, move a block, find) are not for what is typed here.
  dialog.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") event.preventDefault();
  });
  dialog.showModal();
  dialog.querySelector("[data-first]")?.focus();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      if (before?.isConnected) before.focus();
      resolve(answer);
    });
  });
}

/** An answer that is no answer, with words for whoever waits for it. */
export class Failed extends Error {
  constructor(message, answer = null) {
    super(message);
    this.answer = answer;
  }
}

function token() {
  const input = document.querySelector("[name=csrfmiddlewaretoken]");
  return input?.value || document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] || "";
}

async function signInAgain(urls) {
  try {
    const { askToSignIn } = await import("./sign_in.js");
    const fresh = await askToSignIn({ urls });
    const inputs = document.querySelectorAll("[name=csrfmiddlewaretoken]");
    if (fresh) for (const input of inputs) input.value = fresh;
    return Boolean(fresh);
  } catch {
    return false;
  }
}

/** `ask(address, {query, data, signal})` → the server's JSON. Raises Failed, or AbortError. */
export function createAsk(urls) {
  async function send(address, { query = {}, data = null, signal }) {
    const url = new URL(address, location.href);
    for (const [name, value] of Object.entries(query)) {
      for (const each of [value].flat()) if (each !== "" && each !== null && each !== undefined) url.searchParams.append(name, each);
    }
    const headers = { Accept: "application/json", "X-Requested-With": "fetch" };
    if (data) headers["X-CSRFToken"] = token();
    return fetch(url, { method: data ? "POST" : "GET", body: data, headers, signal, credentials: "same-origin" });
  }

  async function ask(address, options = {}, isSecond = false) {
    let response;
    try {
      response = await send(address, options);
    } catch (error) {
      if (error.name === "AbortError") throw error;
      throw new Failed(gettext("The server cannot be reached. Try again when you are connected."));
    }
    const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
    // A redirect to the sign-in page, or a token that somebody's new session does not know.
    const isSignedOut = response.status === 401 || (response.ok && !isJson) || (response.status === 403 && !isJson);
    if (isSignedOut) {
      if (!isSecond && (await signInAgain(urls))) return ask(address, options, true);
      throw new Failed(gettext("You are signed out. Sign in again, and then repeat this."));
    }
    const answer = isJson ? await response.json() : null;
    if (response.ok) return answer;
    if (response.status === 413) throw new Failed(gettext("This file is too large for the server."));
    throw new Failed(answer?.error || interpolate(gettext("The server could not answer (%s). Try again."), [response.status]), answer);
  }
  return ask;
}

/**
 * A search box that asks as one types: `run(words, signal)` gives a promise, `show(answer, words)` is
 * called for the newest question only, and `fail(error)` for what went wrong with it.
 */
export function createSearch({ input, run, show, fail }) {
  const WAIT = 150;
  let timer = 0;
  let asking = null;
  let isPending = false;
  async function now() {
    clearTimeout(timer);
    isPending = true;
    asking?.abort();
    const mine = (asking = new AbortController());
    const words = input.value.trim();
    try {
      const answer = await run(words, mine.signal);
      if (asking !== mine) return;
      isPending = false;
      show(answer, words);
    } catch (error) {
      if (asking !== mine || error.name === "AbortError") return;
      isPending = false;
      fail(error);
    }
  }
  input.addEventListener("input", () => {
    clearTimeout(timer);
    // What is still on its way answers a question that nobody asks any more.
    asking?.abort();
    isPending = true;
    timer = setTimeout(now, WAIT);
  });
  return { now, isPending: () => isPending, stop: () => (clearTimeout(timer), asking?.abort()) };
}

/** A picture, or a grey place of its size where its file is missing. */
export function thumb(source, attributes = {}) {
  if (!source) return make("span", { class: "dialog-nothing", "aria-hidden": "true" });
  return make("img", { src: source, alt: "", loading: "lazy", decoding: "async", ...attributes });
}

/** Whether this is a printable key that somebody types with. */
export const isTyping = (event) => event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;

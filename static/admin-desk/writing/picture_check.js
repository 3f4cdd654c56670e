/*
 * Pictures that were just sent: each is shown at once, and when the server has read it, what its file
 * says stands in fields beside it, to be checked before the picture is used.
 */
import { button, field, make, newId } from "./dialog_frame.js";

const WORDS = ["caption", "credit", "alt"];

function preview(file, image) {
  const reader = new FileReader();
  reader.addEventListener("load", () => {
    if (!image.getAttribute("src")) image.src = reader.result;
  });
  reader.readAsDataURL(file);
}

/** The fields for the words of a picture in the library: {element, show(facts), changed(), error(…), focusMissing()}. */
export function createWordFields({ filled = [] } = {}) {
  const fromFile = (name) => (filled.includes(name) ? gettext("Read from the file. Check that it is right.") : "");
  const fields = {
    caption: field(gettext("Caption"), { long: true, help: fromFile("caption") }),
    credit: field(gettext("Credit"), { required: true, maxlength: "200", help: fromFile("credit") }),
    alt: field(gettext("Alt text"), {
      long: true,
      required: true,
      help: gettext("What the picture shows, for readers who cannot see it."),
    }),
  };
  const id = newId("decorative");
  const decorative = make("input", { type: "checkbox", id });
  const tick = make(
    "div",
    { class: "dialog-tick" },
    decorative,
    make("label", { for: id }, gettext("Decorative: it adds nothing to the words, so it needs no alt text and no credit")),
  );
  let shown = {};
  const needs = () => {
    for (const name of ["credit", "alt"]) fields[name].need(!decorative.checked);
  };
  decorative.addEventListener("change", needs);
  const element = make("div", { class: "picture-fields" }, ...WORDS.map((name) => fields[name].element), tick);
  return {
    element,
    fields,
    show(facts) {
      shown = facts;
      for (const name of WORDS) fields[name].input.value = facts[name] ?? "";
      decorative.checked = Boolean(facts.decorative);
      needs();
    },
    /* What a colleague changed meanwhile becomes what this person's words are compared with. */
    rebase(facts) {
      shown = facts;
    },
    propose(words) {
      for (const name of WORDS) if (words[name]) fields[name].input.value = words[name];
    },
    /* The fields that were changed, as the server takes them. */
    changed() {
      const data = new FormData();
      for (const name of WORDS) {
        const { value } = fields[name].input;
        if (value === (shown[name] ?? "")) continue;
        data.append(name, value);
        data.append(`initial-${name}`, shown[name] ?? "");
      }
      if (decorative.checked !== Boolean(shown.decorative)) {
        data.append("decorative", decorative.checked ? "on" : "false");
        data.append("initial-decorative", shown.decorative ? "True" : "False");
      }
      return data;
    },
    error(errors = {}) {
      for (const name of WORDS) fields[name].error(errors[name]?.join(" ") ?? "");
    },
    disable(isReadonly) {
      for (const each of Object.values(fields)) each.input.readOnly = isReadonly;
      decorative.disabled = isReadonly;
    },
    focusMissing() {
      const names = decorative.checked ? ["caption"] : WORDS;
      const empty = names.find((name) => !fields[name].input.value.trim());
      fields[empty ?? "caption"].input.focus({ preventScroll: true });
    },
  };
}

/** {element, hint, add(files), save() → facts of all or null, count(), isReady(), isTyped(), stop()}. */
export function createChecks({ context, keep, onEmpty, onReady }) {
  const { ask, urls, announce } = context;
  const element = make("div", { class: "picture-checks" });
  const hint = make("p", { class: "dialog-hint", role: "status" });
  let cards = [];
  let isForgotten = false;
  let line = Promise.resolve();
  const stopped = new AbortController();

  function remove(card) {
    cards = cards.filter((each) => each !== card);
    card.element.remove();
    if (cards.length) onReady();
    else onEmpty();
  }

  function cardOf(file) {
    const image = make("img", { alt: "", class: "picture-check-image" });
    const state = make("p", { class: "picture-check-state" }, gettext("Reading the picture…"));
    const right = make("div", { class: "picture-check-words" }, make("h3", {}, file.name), state);
    const card = {
      file,
      facts: null,
      words: null,
      element: make("section", { class: "picture-check is-reading", "aria-label": file.name }, make("div", { class: "picture-check-left" }, image), right),
    };
    preview(file, image);

    function fail(text) {
      card.element.classList.remove("is-reading");
      card.element.classList.add("is-failed");
      state.textContent = text;
      state.classList.add("dialog-error");
      const again = button(gettext("Try again"), () => {
        actions.remove();
        card.element.classList.remove("is-failed");
        card.element.classList.add("is-reading");
        state.classList.remove("dialog-error");
        state.textContent = gettext("Reading the picture…");
        send(card);
      });
      const actions = make("div", { class: "picture-check-actions" }, again, button(gettext("Leave it out"), () => remove(card)));
      right.append(actions);
      announce(`${file.name}: ${text}`);
    }

    function show(facts) {
      card.facts = keep(facts);
      card.element.classList.remove("is-reading");
      if (facts.src || facts.thumb) image.src = facts.src || facts.thumb;
      state.textContent = facts.known
        ? gettext("This picture was in the library already. These are its words there.")
        : facts.filled?.length
          ? gettext("The file says this about the picture.")
          : gettext("The file says nothing about the picture.");
      card.words = createWordFields(facts);
      card.words.show(facts);
      const rights = facts.rights ? make("p", { class: facts.usable ? "dialog-help" : "dialog-error" }, facts.rights) : null;
      right.append(card.words.element, ...(rights ? [rights] : []), make("div", { class: "picture-check-actions" }, button(gettext("Leave it out"), () => remove(card))));
      announce(`${file.name}: ${state.textContent}`);
    }

    return Object.assign(card, { fail, show, state });
  }

  function send(card) {
    // One after the other: the server reads one picture at a time.
    line = line.then(async () => {
      if (stopped.signal.aborted || !cards.includes(card)) return;
      const data = new FormData();
      data.append("file", card.file);
      try {
        const [result] = (await ask(urls.upload, { data, signal: stopped.signal })).results;
        if (result.errors) card.fail(result.errors.join(" "));
        else {
          const isFirst = !cards.some((each) => each.facts);
          card.show(result);
          if (isFirst) card.words.focusMissing();
        }
      } catch (problem) {
        if (problem.name !== "AbortError") card.fail(problem.message);
      }
      onReady();
    });
  }

  async function saveOne(card) {
    const data = card.words.changed();
    if ([...data].length === 0) return true;
    data.append("photo", card.facts.slug);
    try {
      const answer = await ask(urls.photo_words, { data });
      card.facts = keep({ ...card.facts, ...answer.facts });
      card.words.rebase(answer.facts);
      card.words.error();
      return true;
    } catch (problem) {
      const { errors = {}, facts } = problem.answer ?? {};
      card.words.error(errors);
      if (facts) card.words.rebase(facts);
      card.state.classList.add("dialog-error");
      card.state.textContent = errors[""]?.join(" ") || (Object.keys(errors).length ? gettext("Not saved: see below.") : problem.message);
      card.element.scrollIntoView({ block: "nearest" });
      announce(card.state.textContent);
      return false;
    }
  }

  return {
    element,
    hint,
    add(files) {
      const fresh = files.map(cardOf);
      cards.push(...fresh);
      isForgotten = false;
      element.append(...fresh.map((card) => card.element));
      announce(interpolate(ngettext("Reading %s picture", "Reading %s pictures", fresh.length), [fresh.length]));
      fresh.forEach(send);
      onReady();
    },
    async save() {
      const ready = cards.filter((card) => card.facts);
      const done = [];
      for (const card of ready) done.push(await saveOne(card));
      if (!done.length || !done.every(Boolean)) return null;
      // The same file sent twice is one picture.
      return [...new Map(ready.map((card) => [card.facts.slug, card.facts])).values()];
    },
    count: () => cards.filter((card) => card.facts).length,
    isReady: () => cards.some((card) => card.facts) && cards.every((card) => card.facts || card.element.classList.contains("is-failed")),
    isTyped: () => !isForgotten && cards.some((card) => card.words && [...card.words.changed()].length),
    forget() {
      isForgotten = true;
    },
    say(text) {
      hint.textContent = text;
      announce(text);
    },
    stop: () => stopped.abort(),
  };
}

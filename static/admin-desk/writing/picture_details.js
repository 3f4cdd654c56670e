/*
 * A picture's details: its words in the library, and its focal point with the crops that follow from it.
 *
 * Words of a story can be pushed back into the library: they are proposed here and saved from here.
 */
import { button, make, newId, openPanel } from "./dialog_frame.js";
import { createWordFields } from "./picture_check.js";

const crops = () => [
  [3 / 2, gettext("Lists (3:2)")],
  [1, gettext("Square")],
  [16 / 9, gettext("Sharing (16:9)")],
];

const within = (value) => Math.min(100, Math.max(0, Math.round(value) || 0));

/** Choosing the focal point of a picture: {element, x(), y(), show(facts)}. */
export function createFocusPoint({ onMove = () => {} } = {}) {
  const helpId = newId("help");
  let at = { x: 50, y: 50 };
  const whole = make("img", { alt: "", draggable: "false" });
  const marker = make("button", {
    type: "button",
    class: "focus-marker",
    "aria-label": gettext("Focal point"),
    "aria-describedby": helpId,
  });
  const frame = make("div", { class: "focus-whole" }, whole, marker);
  const cuts = crops().map(([ratio, label]) => {
    const image = make("img", { alt: "" });
    const box = make("div", { class: "focus-cut" }, image);
    box.style.aspectRatio = String(ratio);
    return { ratio, image, element: make("figure", { class: "focus-crop" }, box, make("figcaption", {}, label)) };
  });
  const said = make("p", { class: "visually-hidden-here", role: "status" });
  const element = make(
    "div",
    { class: "focus-point" },
    make("div", {}, frame, make("p", { class: "dialog-help", id: helpId }, gettext("Click what matters in the picture, or move the point with the arrow keys: crops keep it in sight."))),
    make("div", { class: "focus-crops" }, ...cuts.map((cut) => cut.element)),
    said,
  );

  // As the server cuts: the focal point in the middle, unless the edges forbid it.
  const start = (percent, kept) => Math.min(Math.max(0, percent / 100 - kept / 2), 1 - kept);

  function draw() {
    if (!whole.naturalWidth) return;
    marker.style.left = `${at.x}%`;
    marker.style.top = `${at.y}%`;
    for (const { ratio, image } of cuts) {
      const wide = whole.naturalWidth / whole.naturalHeight / ratio;
      const width = Math.min(1, 1 / wide);
      const height = Math.min(1, wide);
      image.style.width = `${100 / width}%`;
      image.style.left = `${(-100 * start(at.x, width)) / width}%`;
      image.style.top = `${(-100 * start(at.y, height)) / height}%`;
    }
  }

  function move(x, y) {
    at = { x: within(x), y: within(y) };
    draw();
    onMove(at);
  }

  function follow(event) {
    const box = whole.getBoundingClientRect();
    move(((event.clientX - box.left) / box.width) * 100, ((event.clientY - box.top) / box.height) * 100);
  }

  frame.addEventListener("pointerdown", (event) => {
    if (!whole.naturalWidth || marker.disabled) return;
    frame.setPointerCapture(event.pointerId);
    follow(event);
    marker.focus();
    event.preventDefault();
  });
  frame.addEventListener("pointermove", (event) => {
    if (event.buttons && !marker.disabled) follow(event);
  });
  marker.addEventListener("keydown", (event) => {
    const by = event.shiftKey ? 10 : 1;
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!way) return;
    event.preventDefault();
    move(at.x + way[0] * by, at.y + way[1] * by);
    said.textContent = interpolate(gettext("%s per cent from the left, %s per cent from the top"), [at.x, at.y]);
  });
  whole.addEventListener("load", draw);

  return {
    element,
    x: () => at.x,
    y: () => at.y,
    show(facts, isReadonly = false) {
      at = { x: facts.focus_x, y: facts.focus_y };
      marker.disabled = isReadonly;
      element.hidden = !(facts.src || facts.thumb);
      if (element.hidden) return;
      for (const image of [whole, ...cuts.map((cut) => cut.image)]) image.src = facts.src || facts.thumb;
      draw();
    },
  };
}

export function pictureDetails({ ask, urls, refs, announce }, slug, proposed) {
  return openPanel({
    title: gettext("The picture in the library"),
    kind: "details",
    build({ dialog, body, foot, close, giveUp, askFirst }) {
      const problem = make("p", { class: "dialog-failed", role: "alert", hidden: true });
      const loading = make("p", { class: "dialog-status", role: "status" }, gettext("Looking…"));
      const rights = make("p", { class: "dialog-help" });
      const hint = make("p", { class: "dialog-hint", role: "status" });
      const point = createFocusPoint();
      const words = createWordFields();
      const content = make("div", { class: "picture-details", hidden: true }, point.element, make("div", {}, words.element, rights));
      const save = button(gettext("Save in the library"), () => send(), { class: "dialog-button is-main", disabled: true });
      const gone = new AbortController();
      let shown = null;
      let isWarned = false;

      function fail(error) {
        loading.hidden = true;
        problem.textContent = error.message;
        problem.hidden = false;
      }

      function changes() {
        const data = words.changed();
        for (const [name, now] of [["focus_x", point.x()], ["focus_y", point.y()]]) {
          if (now === shown[name]) continue;
          data.append(name, now);
          data.append(`initial-${name}`, shown[name]);
        }
        return data;
      }

      function show(answer) {
        shown = { ...answer.facts, ...answer.fields };
        loading.hidden = true;
        content.hidden = false;
        point.show(shown, !answer.may_change);
        words.show(shown);
        words.propose(proposed);
        words.disable(!answer.may_change);
        rights.textContent = shown.rights;
        rights.classList.toggle("dialog-error", !shown.usable);
        save.disabled = !answer.may_change;
        hint.textContent = answer.may_change
          ? gettext("Stories that do not say it in their own words show these.")
          : gettext("Your role does not allow changes to the picture library.");
        words.fields.caption.input.focus();
      }

      async function send() {
        const data = changes();
        if (![...data].length) return close();
        data.append("photo", slug);
        save.disabled = true;
        problem.hidden = true;
        hint.textContent = data.has("focus_x") || data.has("focus_y") ? gettext("Cutting the picture again…") : gettext("Saving…");
        try {
          const answer = await ask(urls.photo_words, { data, signal: gone.signal });
          refs?.add?.({ photos: { [slug]: answer.facts } });
          const notes = answer.notes ?? [];
          announce([gettext("Saved in the library."), ...notes].join(" "));
          if (!notes.length) return close(answer.facts);
          // What else follows from the change has to be read.
          shown = { ...answer.facts, ...answer.fields };
          words.show(shown);
          problem.textContent = notes.join(" ");
          problem.hidden = false;
          hint.textContent = gettext("Saved in the library.");
          foot.replaceChildren(hint, button(gettext("Close"), () => close(answer.facts), { class: "dialog-button is-main" }));
          foot.querySelector("button").focus();
        } catch (error) {
          if (error.name === "AbortError") return;
          refuse(error);
        } finally {
          save.disabled = false;
        }
      }

      /* What was typed stays; a colleague's words are told, and saving again puts these over them. */
      function refuse(error) {
        hint.textContent = "";
        const { errors = {}, stale = [], fields } = error.answer ?? {};
        const theirs = stale.filter((name) => fields?.[name]).map((name) => `“${fields[name]}”`);
        const sentences = errors[""] ?? [];
        if (fields && stale.length) {
          shown = { ...shown, ...fields };
          words.rebase(shown);
        }
        words.error(errors);
        const text = [...sentences, ...(errors.focus_x ?? []), ...(errors.focus_y ?? [])];
        if (theirs.length) text.push(interpolate(gettext("It says now: %s. Save again to put yours over it."), [theirs.join(", ")]));
        fail({ message: text.join(" ") || (Object.keys(errors).length ? gettext("Not saved: see below.") : error.message) });
      }

      body.append(problem, loading, content);
      foot.append(hint, button(gettext("Cancel"), giveUp), save);
      askFirst(() => {
        if (isWarned || !shown || save.disabled || ![...changes()].length) return true;
        isWarned = true;
        hint.textContent = gettext("What you changed here is not saved. Close again to leave it.");
        announce(hint.textContent);
        return false;
      });
      dialog.addEventListener("close", () => gone.abort());
      ask(urls.photo_words, { query: { photo: slug }, signal: gone.signal }).then(show, (error) => error.name !== "AbortError" && fail(error));
    },
  });
}

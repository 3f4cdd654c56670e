/*
 * The panels beside a story: notes, and what was planned. What they send is taken without loading the page, so that
 * nothing typed into the story beside them is lost. Without a script the form is sent as it is.
 */

import { suggestNames } from "./note-names.js";

const form = document.getElementById("beside-form");
const byId = (id) => document.getElementById(id);

function say(sentence, isWrong = false) {
  const line = byId("beside-said");
  line.textContent = sentence;
  line.classList.toggle("is-wrong", isWrong);
}

/* Without a script a note is left by itself: only here can it be an answer. */
function offerAnswers() {
  for (const button of document.querySelectorAll("[data-answer]")) button.hidden = false;
}

/* What the note to be written is about: another note that it answers, or nothing. */
function answerTo(key, words = "") {
  byId("note-answer_to").value = key;
  const line = byId("note-about");
  line.hidden = !key;
  line.firstElementChild.textContent = key ? interpolate(gettext("An answer to “%s”"), [words]) : "";
  if (key) forgetPassage();
}

function forgetPassage() {
  for (const id of ["note-node", "note-quote"]) byId(id).value = "";
}

function show(answer) {
  if (answer.notes !== undefined) byId("note-list").innerHTML = answer.notes;
  if (answer.plan !== undefined && byId("story-plan")) byId("story-plan").innerHTML = answer.plan;
  if (byId("notes-count") && answer.open !== undefined) byId("notes-count").textContent = answer.open || "";
}

async function send(button) {
  const isNew = !button.name;
  const address = button.getAttribute("formaction") || form.getAttribute("action");
  const response = await fetch(address, {
    method: "POST", headers: { Accept: "application/json" }, body: new FormData(form, button),
  }).catch(() => null);
  const isJson = response?.headers.get("Content-Type")?.startsWith("application/json");
  const answer = isJson ? await response.json() : { refused: gettext("The server did not answer. Try again.") };
  if (answer.refused) {
    say(answer.refused, true);
    return;
  }
  show(answer);
  say(answer.said);
  if (isNew) {
    byId("note-text").value = "";
    forgetPassage();
    answerTo("");
  }
  // The button that was pressed is gone.
  if (document.activeElement === document.body) byId("note-text").focus();
}

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  send(event.submitter ?? document.querySelector(".note-new [type=submit]"));
});
byId("note-text")?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  form.requestSubmit(document.querySelector(".note-new [type=submit]"));
});

document.querySelector(".notes")?.addEventListener("click", (event) => {
  const { answer } = event.target.dataset;
  if (answer) {
    answerTo(answer, event.target.closest(".note").querySelector(".note-text").textContent.trim().slice(0, 60));
    byId("note-text").focus();
  } else if (event.target.closest("#note-about button")) {
    forgetPassage();
    answerTo("");
    byId("note-text").focus();
  }
});
if (byId("note-list")) {
  new MutationObserver(offerAnswers).observe(byId("note-list"), { childList: true });
  offerAnswers();
}
if (byId("note-text")) suggestNames(byId("note-text"), byId("note-names"), byId("note-to"));

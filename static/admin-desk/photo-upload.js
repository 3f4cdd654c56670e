// Many pictures at once: each file is sent by itself, and its line says what became of it.
import { settle } from "./leave.js";

// Pictures are read one at a time: while a colleague's is read, a file waits for its turn.
const TURN_MS = 3000;
const MOST_TURNS = 40;

const form = document.getElementById("upload-many");
const chosen = document.getElementById("id_files");
const lines = form.querySelector("[data-lines]");
const said = form.querySelector("[data-said]");
const drop = form.querySelector("[data-drop]");
const retry = form.querySelector("[data-again]");
let busy = false;
let unsent = [];

function waiting(file) {
  const line = document.createElement("li");
  line.className = "upload-line";
  const mark = document.createElement("span");
  mark.className = "photo-thumb photo-none";
  const words = document.createElement("div");
  const name = document.createElement("strong");
  name.textContent = file.name;
  const state = document.createElement("p");
  state.textContent = form.dataset.waiting;
  words.append(name, state);
  line.append(mark, words);
  lines.append(line);
  return { file, line, state };
}

function showErrors(errors) {
  form.querySelectorAll(".is-told").forEach((list) => list.remove());
  for (const [field, sentences] of Object.entries(errors)) {
    const list = document.createElement("ul");
    list.className = "errorlist is-told";
    list.setAttribute("role", "alert");
    for (const sentence of sentences) {
      const item = document.createElement("li");
      item.textContent = sentence;
      list.append(item);
    }
    (form.querySelector(`.field-${field}`) ?? drop).prepend(list);
  }
}

const pause = () => new Promise((resolve) => { setTimeout(resolve, TURN_MS); });

/** The server's answer for a file, once it is the file's turn. */
async function post({ file, state }) {
  const data = new FormData(form);
  data.delete("file");
  data.append("file", file);
  for (let turn = 1; ; turn += 1) {
    state.textContent = form.dataset.sending;
    const answer = await fetch(form.action, { method: "POST", body: data, headers: { Accept: "application/json" } });
    if (answer.status !== 503 || turn === MOST_TURNS) return answer;
    state.textContent = form.dataset.turn;
    await pause();
  }
}

/** What became of a file: "added", "refused", "unsent", or "stopped" by a mistake in what all have in common. */
async function send(each) {
  try {
    const answer = await post(each);
    const found = await answer.json();
    if (answer.status === 422) {
      showErrors(found.errors);
      return "stopped";
    }
    if (!answer.ok) throw new Error(answer.status);
    each.line.outerHTML = found.lines[0];
    return found.refused ? "refused" : "added";
  } catch {
    each.state.textContent = form.dataset.failed;
    each.line.classList.add("is-refused");
    return "unsent";
  }
}

function tell(refused, all) {
  const failed = refused + unsent.length;
  said.textContent = failed
    ? form.dataset.some.replace("{failed}", failed).replace("{all}", all)
    : form.dataset.done;
  retry.hidden = !unsent.length;
}

/** Files that were not sent after all are in the picker still, or among those to try again. */
function putBack(rest) {
  const picked = [...chosen.files];
  rest.filter(({ file }) => picked.includes(file)).forEach(({ line }) => line.remove());
  unsent.push(...rest.filter(({ file }) => !picked.includes(file)));
  retry.hidden = !unsent.length;
}

async function sendAll(files) {
  if (busy || !files.length) return;
  busy = true;
  retry.hidden = true;
  said.textContent = "";
  unsent.forEach(({ line }) => line.remove());
  unsent = [];
  showErrors({});
  const queue = files.map(waiting);
  let refused = 0;
  for (const [place, each] of queue.entries()) {
    const became = await send(each);
    if (became === "stopped") {
      putBack(queue.slice(place));
      busy = false;
      return;
    }
    if (became === "refused") refused += 1;
    if (became === "unsent") unsent.push(each);
  }
  chosen.value = "";
  tell(refused, queue.length);
  if (!unsent.length) settle(form);
  busy = false;
}

form.addEventListener("submit", (event) => {
  if (!chosen.files.length) return;
  event.preventDefault();
  sendAll([...unsent.map(({ file }) => file), ...chosen.files]);
});
retry.addEventListener("click", () => sendAll(unsent.map(({ file }) => file)));
for (const kind of ["dragover", "dragleave", "drop"]) {
  drop.addEventListener(kind, () => drop.classList.toggle("is-over", kind === "dragover"));
}
// A file dropped beside the field must not make the browser leave the page.
for (const kind of ["dragover", "drop"]) {
  document.addEventListener(kind, (event) => event.preventDefault());
}
drop.addEventListener("drop", (event) => {
  if (busy || !event.dataTransfer.files.length) return;
  chosen.files = event.dataTransfer.files;
});
addEventListener("beforeunload", (event) => {
  if (busy || unsent.length) event.preventDefault();
});

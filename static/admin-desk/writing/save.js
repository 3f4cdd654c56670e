/*
 * Saving: two seconds after the last change, by one request at a time, until the server has it all.
 *
 * A save names the version and, when somebody else saved meanwhile, the document that it started
 * from; the server merges. What it merged is put in without moving the cursor.
 */
import { say } from "./messages.js";

const AFTER_TYPING = 2_000;
const AT_MOST = 10_000;
const RETRIES = [2_000, 5_000, 10_000, 30_000];
const MOST_LOST = 5;
const KEEPALIVE_BYTES = 60_000;

const place = (id) => document.getElementById(id);

export function createSaver({ state, form, story, fields, surface, copies, announce, askToSignIn }) {
  const listeners = [];
  let timer = null;
  let firstChange = 0;
  let failures = 0;
  let running = null;
  let refused = false;
  let lost = [];
  let savedAs = state.saved ? interpolate(gettext("Saved %s"), [state.saved]) : "";

  const isDirty = () => story.isChanged() || fields.changed().length > 0;

  function tell(text, kind = "") {
    const line = place("story-saved");
    if (line.textContent !== text) line.textContent = text;
    line.dataset.kind = kind;
  }

  function changed() {
    refused = false;
    if (!isDirty()) {
      takenBack();
      return;
    }
    copies.note();
    tell(gettext("Not saved yet"), "waiting");
    const now = performance.now();
    firstChange ||= now;
    clearTimeout(timer);
    timer = setTimeout(() => flush(), Math.min(AFTER_TYPING, Math.max(0, firstChange + AT_MOST - now)));
  }

  /* What was typed has been undone before it was sent: nothing waits, and no copy of it is offered later. */
  function takenBack() {
    if (place("story-saved").dataset.kind !== "waiting" || running || lost.length) return;
    clearTimeout(timer);
    firstChange = 0;
    copies.clear();
    tell(savedAs, savedAs ? "saved" : "");
  }

  function dataOf(document, { explicit, withBase }) {
    const data = new FormData();
    data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    data.append("version", state.version);
    data.append("user", state.user.id);
    if (form.elements.form_token && !state.post) data.append("form_token", form.elements.form_token.value);
    if (!explicit) data.append("auto", "1");
    if (document) data.append("document", JSON.stringify(document));
    if (withBase) data.append("base", JSON.stringify(story.base()));
    if (withBase && lost.length) data.append("tried", JSON.stringify(lost));
    return data;
  }

  async function send(options) {
    const document = story.current();
    const data = dataOf(story.isChanged() || options.withBase ? document : null, options);
    const sent = fields.fill(data);
    const size = JSON.stringify(document).length * (options.withBase ? 2 : 1);
    // Until there is an answer, the server may have it although the answer is lost.
    const lostBefore = lost;
    lost = [document, ...lost].slice(0, MOST_LOST);
    const response = await fetch(state.urls.save, {
      method: "POST",
      headers: { Accept: "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
      body: data,
      credentials: "same-origin",
      keepalive: Boolean(options.leaving) && size < KEEPALIVE_BYTES,
    });
    const isJson = response.headers.get("Content-Type")?.includes("json");
    const answer = isJson ? await response.json() : {};
    if (response.status < 500) lost = lostBefore;
    return { status: response.status, answer, document, sent };
  }

  async function attempt(options) {
    let result = await send(options);
    if (result.status === 409 && result.answer.need === "base") result = await send({ ...options, withBase: true });
    const { status, answer } = result;
    if (status === 200) return done(result);
    if (status === 401) return signInAndRetry(options);
    if (status === 403 && !answer.refused) return signInAndRetry(options, { csrf: true });
    if (status === 400 || status === 403 || status === 404) return refuse(answer);
    return failed(gettext("the server does not answer"));
  }

  function done({ answer, document, sent }) {
    failures = 0;
    firstChange = 0;
    lost = [];
    if (!state.post) begin(answer);
    // A save that starts from an older version is merged.
    const isShown = story.saved(document, answer.document, answer.stored);
    state.version = isShown ? answer.version : answer.version - 1;
    fields.saved(sent, answer.errors);
    if (answer.fields) fields.stored(answer.fields);
    fields.setErrors(answer.errors);
    surface.setErrors(answer.block_errors);
    const sentences = [...answer.messages, ...(answer.settled || []).map(sentenceOf)];
    if (sentences.length || answer.changed) say(sentences);
    const wrong = Object.keys(answer.errors).length + Object.keys(answer.block_errors).length;
    savedAs = interpolate(wrong ? gettext("Saved %s, but for what is marked") : gettext("Saved %s"), [answer.saved]);
    tell(savedAs, wrong ? "wrong" : "saved");
    if (!isDirty()) copies.clear();
    else if (!wrong) changed();
    listeners.forEach((listener) => listener(answer));
    return !wrong;
  }

  const sentenceOf = (name) => interpolate(
    gettext("A colleague chose something else for “%s” meanwhile, and that stays."),
    [document.querySelector(`label[for="id_${name}"]`)?.textContent.replace(/:\s*$/, "") || name],
  );

  function begin(answer) {
    copies.clear();
    state.post = answer.post;
    Object.assign(state.urls, answer.urls);
    history.replaceState(null, "", answer.page);
  }

  function refuse(answer) {
    refused = true;
    const why = answer.refused || gettext("This could not be saved.");
    surface.setErrors(answer.block_errors || {});
    tell(`${gettext("Not saved")}: ${why}`, "wrong");
    announce(why);
    return false;
  }

  function failed(why) {
    const wait = RETRIES[Math.min(failures, RETRIES.length - 1)];
    failures += 1;
    tell(`${gettext("Not saved")}: ${why}. ${gettext("Kept on this computer; trying again.")}`, "wrong");
    clearTimeout(timer);
    timer = setTimeout(() => flush(), wait);
    return false;
  }

  async function signInAndRetry(options) {
    tell(gettext("Not saved: your session has ended"), "wrong");
    if (options.leaving) return false;
    const token = await askToSignIn(state);
    if (!token) return failed(gettext("your session has ended"));
    form.elements.csrfmiddlewaretoken.value = token;
    return attempt(options);
  }

  async function flush(options = {}) {
    clearTimeout(timer);
    while (running) await running;
    if (state.readonly || (refused && !options.explicit)) return !isDirty();
    if (!isDirty() && !(options.explicit && state.post)) return true;
    tell(gettext("Saving…"), "waiting");
    running = attempt(options).catch(() => failed(gettext("no connection")));
    const result = await running;
    running = null;
    return result;
  }

  window.addEventListener("online", () => isDirty() && flush());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && isDirty()) flush({ leaving: true });
  });
  window.addEventListener("beforeunload", (event) => {
    if (isDirty() && !state.readonly) event.preventDefault();
  });
  if (savedAs) tell(savedAs, "saved");

  return {
    changed,
    flush,
    isDirty,
    /* What the page shows, saved or not, as a form's data. */
    unsaved() {
      const data = new FormData();
      data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
      data.append("document", JSON.stringify(story.current()));
      fields.fill(data);
      return data;
    },
    isBusy: () => Boolean(running),
    onSaved: (listener) => listeners.push(listener),
    takeOver(copy) {
      state.version = copy.version;
      story.takeOver(copy);
      fields.restore(copy.fields, copy.before);
      changed();
      return flush();
    },
  };
}

/* The next step of the workflow, one button; the others in the menu beside it. */

import { createAsker } from "./asker.js";
import { say } from "./messages.js";

const byId = (id) => document.getElementById(id);

function menu(button, box) {
  const show = (isOpen) => {
    box.hidden = !isOpen;
    button.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) [...box.querySelectorAll("button, a")].find((each) => each.offsetParent)?.focus();
  };
  button.addEventListener("click", () => show(box.hidden));
  // Wherever the keys are: the menu may have taken none of them.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || box.hidden || document.querySelector("dialog[open]")) return;
    show(false);
    button.focus();
  });
  document.addEventListener("click", (event) => {
    if (!box.hidden && !box.contains(event.target) && event.target !== button) show(false);
  });
}

export function createSteps({ state, sides, fields, surface, lead, save, announce }) {
  let standing = null;
  menu(byId("more-button"), byId("more-menu"));
  byId("more-box").hidden = false;

  function tell(text, kind) {
    say([text], kind);
    announce(text);
  }

  function showLink(id, address) {
    byId(id).hidden = !address;
    if (address) byId(id).href = address;
  }

  function name(button, step) {
    button.hidden = !step;
    if (!step) return;
    button.textContent = step.label + (step.asks ? "…" : "");
    button.value = step.action;
  }

  function nextStep() {
    return standing.steps.find((step) => step.next);
  }

  function show() {
    const next = nextStep();
    const others = standing.steps.filter((step) => step !== next);
    name(byId("next-step"), next);
    name(byId("beside-step"), others.find((step) => step.beside));
    byId("other-steps").replaceChildren(...others.map((step) => {
      const other = Object.assign(document.createElement("button"), { type: "button", textContent: step.label + (step.asks ? "…" : "") });
      other.addEventListener("click", () => take(step.action));
      other.classList.toggle("is-beside", step.beside);
      return other;
    }));
    byId("story-state").innerHTML = standing.state;
    sides.show(standing);
    showLink("history-link", state.urls.history);
    showLink("live-link", standing.live_url);
    if (standing.readonly) byId("story-saved").textContent = standing.stays || gettext("You can only read this story now");
    if (standing.readonly && !state.readonly) {
      state.readonly = true;
      surface.lock(true);
      lead.lock();
      byId("save-button")?.remove();
      for (const control of byId("story-form").elements) {
        if (control.id?.startsWith("id_")) control.disabled = true;
      }
    }
  }

  const asker = createAsker({
    address: () => state.urls.standing,
    take(answer) {
      standing = answer;
      byId("story-form").elements.csrfmiddlewaretoken.value = standing.csrf;
      show();
    },
  });

  /* Whether it is known where the story stands now. */
  const refresh = async () => Boolean(state.post) && asker.now();

  async function take(action) {
    if (!await save({ explicit: true })) {
      tell(gettext("Nothing was done: the story could not be saved yet."), "error");
      return;
    }
    if (!await refresh()) {
      tell(gettext("The server did not answer. Try again."), "error");
      return;
    }
    if (standing.version !== state.version) {
      tell(gettext("A colleague saved this story just now. Look at it again, then decide."), "error");
      return;
    }
    const step = standing.steps.find((each) => each.action === action);
    if (!step) {
      tell((action === "take_back" && standing.stays) || gettext("This step is not possible any more."), "error");
      return;
    }
    if (step.asks) {
      location.assign(step.url);
      return;
    }
    const data = new FormData();
    data.append("csrfmiddlewaretoken", standing.csrf);
    data.append("seen", step.seen);
    const response = await fetch(step.url, { method: "POST", headers: { Accept: "application/json" }, body: data }).catch(() => null);
    const answer = response?.ok ? await response.json() : { refused: gettext("The server did not answer. Try again.") };
    await refresh();
    // What could only be read can be written again, by another page.
    if (answer.done && state.readonly && !standing.readonly) location.reload();
    tell(answer.done || answer.refused, answer.done ? "success" : "error");
  }

  /* Also of a story whose first words are not saved yet. */
  async function takeNext() {
    if (!standing && await save({ explicit: true })) await refresh();
    if (standing && nextStep()) await take(nextStep().action);
  }

  byId("next-step").addEventListener("click", takeNext);
  byId("beside-step").addEventListener("click", (event) => take(event.target.value));
  return { refresh, takeNext };
}

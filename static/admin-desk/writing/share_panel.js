/* The links by which others see a preview, in a panel over the story. */

import { dressShare } from "../share.js";
import { createAsk, make, openPanel } from "./dialog_frame.js";

const byId = (id) => document.getElementById(id);

export function createShare({ state, save }) {
  if (!state.mayShare) return;
  const ask = createAsk(state.urls);

  async function open() {
    // Who opens a link sees what is saved.
    await save();
    if (!state.urls.share) return;
    openPanel({
      title: gettext("Share a preview"),
      kind: "share",
      build({ body }) {
        const box = make("div", { class: "share" }, make("p", { class: "share-said", role: "status" }, gettext("Loading…")));
        body.append(box);
        const panel = dressShare(box);
        ask(state.urls.share).then(
          ({ html }) => {
            panel.show(html);
            box.querySelector("input[type=text]")?.focus();
          },
          (error) => (box.querySelector(".share-said").textContent = error.message),
        );
      },
    });
  }

  for (const id of ["share-button", "share-menu-button"]) {
    byId(id).hidden = false;
    byId(id).addEventListener("click", open);
  }
}

/* The picture above the story: one, outside the text, in the same form as the pictures within. */
import { pictureForm } from "./kinds/caption.js";
import { newId } from "./ids.js";

export function createLead({ element, nodes: given, refs, dialogs, state, onChange }) {
  let nodes = given;
  let form = null;
  let readonly = state.readonly || state.locked.includes("caption");

  function put(attrs) {
    nodes = attrs ? [{ type: "caption", attrs }, ...nodes.slice(1)] : nodes.slice(1);
    onChange();
  }

  async function choose() {
    const chosen = await dialogs.choosePictures({ multiple: false, inStory: [], replacing: null });
    if (!chosen?.length) return;
    refs.add({ photos: Object.fromEntries(chosen.map((photo) => [photo.slug, photo])) });
    put({ id: newId(), photo: chosen[0].slug, caption: "", credit: "", alt: "" });
    show();
    focus();
  }

  function adder() {
    const button = Object.assign(document.createElement("button"), {
      type: "button", className: "lead-adder", textContent: gettext("Add the picture above the story"),
    });
    button.addEventListener("click", choose);
    return button;
  }

  function show() {
    form = null;
    if (!nodes.length) {
      element.replaceChildren(...(readonly ? [] : [adder()]));
      return;
    }
    form = pictureForm({
      attrs: nodes[0].attrs,
      refs,
      dialogs,
      readonly,
      onChange: (attrs) => put({ ...nodes[0].attrs, ...attrs }),
      onRemove: () => {
        put(null);
        show();
        element.querySelector("button")?.focus();
      },
    });
    element.replaceChildren(form.element);
  }

  const focus = () => element.querySelector("textarea, input, button")?.focus();

  show();
  return {
    getNodes: () => nodes,
    setNodes(next) {
      if (JSON.stringify(next) === JSON.stringify(nodes)) return;
      const isSame = form && next.length && nodes.length && next[0].attrs.id === nodes[0].attrs.id;
      nodes = next;
      if (isSame) form.update(next[0].attrs);
      else show();
    },
    has: (place) => place === "lead" || nodes.some((node) => node.attrs.id === place),
    focus,
    lock() {
      readonly = true;
      show();
    },
  };
}

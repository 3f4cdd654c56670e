/*
 * Whoever leaves a page on which something was typed and not saved is asked first. The story on the writing screen
 * saves itself, and asks by itself.
 */

const FORMS = 'form[method="post"]:not(#story-form)';
// In a list, ticks and choices are made again in a moment: only words count.
const WORDS = "textarea, input:not([type=checkbox], [type=radio])";

let sent = null;

function isOtherChoice(select) {
  const options = [...select.options];
  if (select.multiple) return options.some((option) => option.selected !== option.defaultSelected);
  const first = options.findIndex((option) => option.defaultSelected);
  return select.selectedIndex !== Math.max(first, options.length ? 0 : -1);
}

function isChanged(field) {
  if (field.disabled) return false;
  if (field instanceof HTMLSelectElement) return isOtherChoice(field);
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (field.type === "file") return field.files.length > 0;
  return field.defaultValue !== undefined && field.value !== field.defaultValue;
}

function hasUnsaved(form) {
  if (form === sent) return false;
  if (form.querySelector(".errorlist")) return true; // what was refused is saved nowhere
  const fields = [...form.elements];
  const counted = form.id === "changelist-form" ? fields.filter((field) => field.matches(WORDS)) : fields;
  return counted.some(isChanged);
}

// The window hears of it last: a form that a script took is not on its way.
addEventListener("submit", (event) => {
  if (!event.defaultPrevented && event.target.target !== "_blank") sent = event.target;
});
// "No, back to the story" says that nothing of it is meant.
addEventListener("click", (event) => {
  const isHere = !event.button && !event.ctrlKey && !event.metaKey && !event.shiftKey;
  const link = event.target.closest?.(".post-step .closelink");
  if (link && isHere) sent = link.closest("form");
});
addEventListener("pageshow", () => { sent = null; });
addEventListener("beforeunload", (event) => {
  if ([...document.querySelectorAll(FORMS)].some(hasUnsaved)) event.preventDefault();
});

/** What a form shows is saved: leaving it asks nothing. */
export function settle(form) {
  for (const field of form.elements) {
    if (field instanceof HTMLSelectElement) {
      for (const option of field.options) option.defaultSelected = option.selected;
    } else if (field.type === "checkbox" || field.type === "radio") {
      field.defaultChecked = field.checked;
    } else if (field.defaultValue !== undefined) {
      field.defaultValue = field.value;
    }
  }
}

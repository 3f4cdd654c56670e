/*
 * The fields around the text. A hidden input beside each holds what the server has (`initial-…`), so
 * that only what somebody changed here is sent.
 */
const INITIAL = "initial-";

const valuesOf = (control) => (
  control.multiple ? [...control.options].filter((option) => option.selected).map((option) => option.value) : [control.value]
);

/* [[value, label]] */
const shownIn = (control) => (
  control.options
    ? [...control.selectedOptions].map((option) => [option.value, option.textContent])
    : [[control.value, control.value]]
);

export function createFields({ form, readonly }) {
  const controls = new Map();
  for (const control of form.elements) {
    const isOurs = control.name && !control.name.startsWith(INITIAL) && control.id?.startsWith("id_");
    if (isOurs && control.type !== "hidden" && control.type !== "submit") controls.set(control.name, control);
    if (isOurs && readonly) control.disabled = true;
  }
  const listeners = [];
  const before = new Map([...controls].map(([name, control]) => [name, valuesOf(control)]));
  const isChanged = (name) => valuesOf(controls.get(name)).join("\n") !== before.get(name).join("\n");
  const changed = () => [...controls.keys()].filter(isChanged);

  function setInitial(name, values) {
    before.set(name, values);
    for (const input of form.querySelectorAll(`[name="${INITIAL}${name}"]`)) input.remove();
    for (const value of values) {
      const input = Object.assign(document.createElement("input"), { type: "hidden", name: INITIAL + name, value });
      controls.get(name).after(input);
    }
  }

  function show(name, values) {
    const control = controls.get(name);
    if (!control.multiple) {
      const [value, label] = values[0];
      if (control.tagName === "SELECT" && value && ![...control.options].some((option) => option.value === value)) {
        control.append(new Option(label, value));
      }
      control.value = value;
      control.dispatchEvent(new Event("shown"));
    } else {
      control.replaceChildren(...values.map(([value, label]) => new Option(label, value, true, true)));
    }
    if (control.tagName === "SELECT") django.jQuery(control).trigger("change.select2");
  }

  const notify = () => listeners.forEach((listener) => listener());
  form.addEventListener("input", (event) => controls.has(event.target.name) && notify());
  django.jQuery(form).on("change", "select, input", (event) => controls.has(event.target.name) && notify());
  for (const control of form.querySelectorAll("textarea.one-line")) {
    control.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) event.preventDefault();
    });
  }

  return {
    changed,
    onChange: (listener) => listeners.push(listener),
    /* The names of the rows that are chosen in a field. */
    chosen: (name) => [...(controls.get(name)?.selectedOptions || [])].map((option) => option.textContent),
    value: (name) => controls.get(name)?.value ?? "",
    control: (name) => controls.get(name),
    /* {name: [[value, label]]} of what is not on the server yet, and {name: values} of what is there instead. */
    unsaved: () => Object.fromEntries(changed().map((name) => [name, shownIn(controls.get(name))])),
    before: () => Object.fromEntries(changed().map((name) => [name, before.get(name)])),
    /* Add to a form's data what changed, and what the server had; returns it, for `saved`. */
    fill(data) {
      const sent = {};
      for (const name of changed()) {
        sent[name] = valuesOf(controls.get(name));
        sent[name].forEach((value) => data.append(name, value));
        if (!sent[name].length) data.append(INITIAL + name, "");
        before.get(name).forEach((value) => data.append(INITIAL + name, value));
        if (!before.get(name).length) data.append(INITIAL + name, "");
      }
      return sent;
    },
    saved(sent, errors) {
      for (const [name, values] of Object.entries(sent)) {
        if (!errors[name]) setInitial(name, values);
      }
    },
    /* What the server has now, of fields in which nothing is unsaved here. Of others the server is
     * told with the next save what they started from, and merges. */
    stored(fields) {
      for (const [name, values] of Object.entries(fields)) {
        if (!controls.has(name) || isChanged(name)) continue;
        show(name, values);
        setInitial(name, values.map(([value]) => value).filter((value, _at, list) => value || list.length === 1));
      }
    },
    put(name, value) {
      const control = controls.get(name);
      if (!control) return;
      control.value = value;
      control.dispatchEvent(new Event("shown"));
      notify();
      control.focus();
    },
    /* What was unsaved on another day, and what it started from. */
    restore(unsaved, started) {
      for (const [name, values] of Object.entries(unsaved)) {
        if (!controls.has(name)) continue;
        setInitial(name, started[name]);
        show(name, values);
      }
    },
    setErrors(errors) {
      for (const [name, control] of controls) {
        const place = document.getElementById(`error-${name}`);
        if (!place) continue;
        place.textContent = (errors[name] || []).join(" ");
        place.hidden = !errors[name];
        control.toggleAttribute("aria-invalid", Boolean(errors[name]));
        if (errors[name]) control.setAttribute("aria-describedby", place.id);
      }
    },
  };
}

/* What the desk's pickers show beside a name, and topics that are typed. */
"use strict";
(() => {
  const $ = django.jQuery;

  function thumbnail(address) {
    const image = document.createElement("img");
    Object.assign(image, { src: address, alt: "", width: 40, height: 40, className: "picker-thumbnail" });
    return image;
  }

  function factsOf(item) {
    return { ...(item.element ? item.element.dataset : {}), ...item };
  }

  function row(item) {
    const facts = factsOf(item);
    const line = document.createElement("span");
    line.className = "picker-row";
    if (facts.thumbnail) line.append(thumbnail(facts.thumbnail));
    const words = document.createElement("span");
    words.append(item.text);
    if (facts.note) {
      const note = document.createElement("small");
      note.textContent = facts.note;
      words.append(" ", note);
    }
    line.append(words);
    return line;
  }

  function typedTopic(prefix, hint) {
    return (params) => {
      const name = params.term.trim().replace(/\s+/g, " ");
      if (!name) return null;
      return { id: prefix + name, text: name, note: hint };
    };
  }

  const joined = (name) => name.toLowerCase().replace(/[\s\p{Pd}]+/gu, "");

  // A name that is there already is chosen, not made again, however it is capitalised or hyphenated.
  function insertTopic(data, topic) {
    const typed = joined(topic.text);
    if (!data.some((known) => joined(known.text) === typed)) data.push(topic);
  }

  function ajaxData(element) {
    return (params) => ({
      term: params.term,
      page: params.page,
      app_label: element.dataset.appLabel,
      model_name: element.dataset.modelName,
      field_name: element.dataset.fieldName,
    });
  }

  function pick(element) {
    const options = { ajax: { data: ajaxData(element) }, templateResult: row, width: "100%" };
    options.templateSelection = (item) => (element.multiple ? item.text : row(item));
    const prefix = element.dataset.newPrefix;
    if (prefix) {
      options.tags = true;
      options.tokenSeparators = [","];
      options.createTag = typedTopic(prefix, element.dataset.newHint);
      options.insertTag = insertTopic;
    }
    // The button that clears several at once stands in a list and is no item of it.
    if (element.multiple) element.removeAttribute("data-allow-clear");
    $(element).select2(options);
    const label = document.querySelector(`label[for="${element.id}"]`);
    const box = element.parentElement.querySelector(".select2-selection");
    const search = element.parentElement.querySelector(".select2-search__field");
    const shown = element.multiple ? null : element.parentElement.querySelector(".select2-selection__rendered");
    for (const part of [box, search, shown]) {
      if (part && label) part.setAttribute("aria-label", label.textContent.replace(/:\s*$/, ""));
    }
    if (box && label) box.removeAttribute("aria-labelledby");
  }

  $.fn.djangoAdminSelect2 = function () {
    this.each((_index, element) => pick(element));
    return this;
  };

  // What is chosen last stands last: the order of a byline is the order of choosing.
  $(document).on("select2:select", "select[multiple].admin-autocomplete", (event) => {
    const option = event.params.data.element;
    if (option) $(option).detach().appendTo(event.target);
    $(event.target).trigger("change");
  });

  // The list that opens says what it is for.
  $(document).on("select2:open", (event) => {
    const label = document.querySelector(`label[for="${event.target.id}"]`);
    const search = document.querySelector(".select2-container--open .select2-dropdown .select2-search__field");
    if (label && search) {
      search.setAttribute("aria-label", label.textContent.replace(/:\s*$/, ""));
      search.focus();
    }
  });
})();

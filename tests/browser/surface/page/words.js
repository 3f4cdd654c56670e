/* Django's catalogue of words, as far as the editor asks it. */
window.gettext = (words) => words;
window.ngettext = (one, many, count) => (count === 1 ? one : many);
window.interpolate = (words, values) => values.reduce((text, value) => text.replace("%s", value), words);

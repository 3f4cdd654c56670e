"""The catalogues that are shipped: whole, and saying what the English says."""

import re

import pytest

from tests.project.catalogue import LANGUAGES, PLACEHOLDER, read_mo, read_po

pytestmark = pytest.mark.parametrize("language", LANGUAGES)


def messages(language):
    return read_po(language)[1:]


def plural_forms(language):
    return int(re.search(r"nplurals=(\d)", read_po(language)[0].forms[0])[1])


def test_no_translation_is_a_guess(language):
    assert [message.one for message in messages(language) if message.fuzzy] == []


def test_every_translation_names_what_the_english_names(language):
    wrong = [
        form
        for message in messages(language)
        for number, form in message.forms.items()
        if form and not fits(message, number, form)
    ]

    assert wrong == []


def fits(message, number, form):
    """Whether a form names the same things; one for 0, 1 or 2 may say the number in words."""
    named, meant = set(PLACEHOLDER.findall(form)), message.placeholders
    if message.many and number < 3:
        return named <= meant
    return named == meant


def test_every_plural_has_all_the_forms_of_its_language(language):
    forms = set(range(plural_forms(language)))
    plurals = [message for message in messages(language) if message.many]

    assert [message.one for message in plurals if any_but(forms, message)] == []


def any_but(forms, message):
    """Whether a translated plural has other forms than these."""
    return any(message.forms.values()) and set(message.forms) != forms


def test_the_compiled_catalogue_says_what_the_translators_wrote(language):
    written = {}
    for message in messages(language):
        for number, form in message.forms.items():
            if all(message.forms.values()):
                written[(message.key, number) if message.many else message.key] = form
    compiled = {key: text for key, text in read_mo(language).items() if key != ""}

    assert compiled == written

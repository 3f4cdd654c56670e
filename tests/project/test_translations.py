"""The catalogues that are shipped: whole, and saying what the English says."""

import re

import pytest

from tests.project.catalogue import DOMAINS, LANGUAGES, PLACEHOLDER, read_mo, read_po

pytestmark = [
    pytest.mark.parametrize("language", LANGUAGES),
    pytest.mark.parametrize("domain", DOMAINS),
]


def messages(language, domain):
    return read_po(language, domain)[1:]


def plural_forms(language, domain):
    return int(re.search(r"nplurals=(\d)", read_po(language, domain)[0].forms[0])[1])


def test_no_translation_is_a_guess(language, domain):
    assert [message.one for message in messages(language, domain) if message.fuzzy] == []


def test_every_translation_names_what_the_english_names(language, domain):
    wrong = [
        form
        for message in messages(language, domain)
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


def test_every_plural_has_all_the_forms_of_its_language(language, domain):
    forms = set(range(plural_forms(language, domain)))
    plurals = [message for message in messages(language, domain) if message.many]

    assert [message.one for message in plurals if any_but(forms, message)] == []


def any_but(forms, message):
    """Whether a translated plural has other forms than these."""
    return any(message.forms.values()) and set(message.forms) != forms


def test_the_compiled_catalogue_says_what_the_translators_wrote(language, domain):
    written = {}
    for message in messages(language, domain):
        for number, form in message.forms.items():
            if all(message.forms.values()):
                written[(message.key, number) if message.many else message.key] = form
    compiled = {key: text for key, text in read_mo(language, domain).items() if key != ""}

    assert compiled == written

"""What the code and the templates mark for translation is in every catalogue that is shipped."""

import ast
import re

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.translation.template import templatize

from tests.builders import make_user
from tests.project.catalogue import LANGUAGES, read_po

pytestmark = pytest.mark.django_db

CALLS = {"gettext": 0, "ngettext": 0, "pgettext": 1, "npgettext": 1}  # how many words of context
IN_TEMPLATES = re.compile(
    r"\b(n?p?gettext|_)\(\s*((?:u?(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")\s*,?\s*)+)"
)
A_STRING = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")
IN_SCRIPTS = re.compile(r"\b(n?p?gettext)\(\s*((?:\"(?:[^\"\\]|\\.)*\"\s*,?\s*)*)")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_marked_message_is_translated(language):
    translated = {message.key for message in read_po(language) if all(message.forms.values())}

    assert sorted(marked_in_code() - translated) == []
    assert sorted(marked_in_templates() - translated) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_of_the_scripts_is_translated(language):
    messages = read_po(language, "djangojs")[1:]
    translated = {message.key for message in messages if all(message.forms.values())}

    assert sorted(set(marked_in_scripts()) - translated) == []
    assert sorted(translated - set(marked_in_scripts())) == []


def test_messages_are_found_where_they_are_marked():
    assert "Send to review" in marked_in_code()
    assert "date format\x04j M Y, H:i" in marked_in_code()
    assert "%(stories)s story" in marked_in_templates()
    assert "byline\x04By" in marked_in_templates()
    assert "Saved %s" in marked_in_scripts()
    assert "%s word" in marked_in_scripts()


def test_scripts_mark_messages_that_are_written_out():
    """Words that are put together when the script runs are found by no tool."""
    assert "" not in marked_in_scripts()


def test_scripts_of_a_desk_in_french_speak_french(client, settings):
    settings.LANGUAGE_CODE = "fr"
    client.force_login(make_user())

    script = client.get(reverse("admin:jsi18n")).content.decode()

    assert '"Saved %s": "Enregistr\\u00e9 \\u00e0 %s"' in script
    assert '"%s word": [' in script


def marked_in_code():
    """The keys of the messages that Python files mark."""
    return {
        key
        for folder in ("articles", "newsroom")
        for path in (settings.BASE_DIR / folder).rglob("*.py")
        for key in marked_in(ast.parse(path.read_text(encoding="utf-8")))
    }


def marked_in(tree):
    """The keys of the messages that a Python file marks, under the names it imports them by."""
    names = {
        alias.asname or alias.name: alias.name.removesuffix("_lazy")
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            kind = names.get(node.func.id)
            if kind in CALLS and all(isinstance(arg, ast.Constant) for arg in node.args[:2]):
                yield key_of(kind, [arg.value for arg in node.args[:2]])


def marked_in_templates():
    """The keys of the messages that templates mark."""
    return {
        key_of("gettext" if name == "_" else name, [ast.literal_eval(word) for word in words])
        for path in (settings.BASE_DIR / "templates").rglob("*.html")
        for name, given in IN_TEMPLATES.findall(templatize(path.read_text(encoding="utf-8")))
        for words in [A_STRING.findall(given)]
    }


def marked_in_scripts():
    """The keys of the messages that the desk's scripts mark."""
    return [
        key_of(name, [ast.literal_eval(word) for word in A_STRING.findall(given)])
        for path in (settings.BASE_DIR / "static").rglob("*.js")
        for name, given in IN_SCRIPTS.findall(path.read_text(encoding="utf-8"))
    ]


def key_of(kind, words):
    """The key under which a catalogue keeps a message."""
    return "\x04".join(words[: CALLS[kind] + 1])

"""What people read says story, picture, account and role, as the desk does."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings

FUNCTIONS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"}
TABLES = re.compile(r"\b(posts?|photos?|users?|groups?)\b(?!\.\w)", re.IGNORECASE)
"""Names of our tables, and of Django's."""
PLACES = re.compile(r"%\(\w+\)|\{\{.*?\}\}|\{%.*?%\}|<[^>]*>")
IN_TEMPLATE = re.compile(
    r"{%\s*translate\s+(?:\"(.*?)\"|'(.*?)')"
    r"|{%\s*blocktranslate[^%]*%}(.*?){%\s*endblocktranslate\s*%}",
    re.DOTALL,
)


def texts_of_python(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in FUNCTIONS:
            for given in node.args:
                if isinstance(given, ast.Constant) and isinstance(given.value, str):
                    yield given.value


def texts_of_template(path):
    for found in IN_TEMPLATE.findall(path.read_text()):
        yield "".join(found)


@pytest.mark.parametrize(
    ("folder", "pattern", "texts_of", "expected"),
    [
        ("articles", "*.py", texts_of_python, "Another story has this reference."),
        ("templates", "*.html", texts_of_template, "No notes at this story."),
    ],
)
def test_no_text_calls_things_as_the_tables_are_called(folder, pattern, texts_of, expected):
    texts = [
        (path.name, text)
        for path in Path(settings.BASE_DIR, folder).rglob(pattern)
        for text in texts_of(path)
    ]

    assert expected in {text for _name, text in texts}
    assert [each for each in texts if TABLES.search(PLACES.sub("", each[1]))] == []


@pytest.mark.parametrize("text", ["Another post has this.", "Choose photos", "%(post)s by a user"])
def test_such_a_text_would_be_found(text):
    assert TABLES.search(PLACES.sub("", text))

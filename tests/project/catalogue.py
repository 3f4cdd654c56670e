"""Reading a catalogue of translations as its translators wrote it, and as Python will use it."""

import ast
import gettext
import re
from dataclasses import dataclass, field

from django.conf import settings

LANGUAGES = ["ar", "fr"]
DOMAINS = ["django", "djangojs"]
"""The words of Python and templates, and those of scripts."""
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[a-z%]|\{\w*\}")


@dataclass
class Message:
    """One message of a .po file: its forms are one sentence, or one for each plural."""

    context: str = ""
    one: str = ""
    many: str = ""
    fuzzy: bool = False
    forms: dict[int, str] = field(default_factory=dict)

    @property
    def key(self):
        """The key under which a compiled catalogue keeps this message."""
        return f"{self.context}\x04{self.one}" if self.context else self.one

    @property
    def placeholders(self):
        """What every form may name: what the English names in its plural, or in all."""
        return set(PLACEHOLDER.findall(self.many or self.one))


def folder(language):
    """Where a language's catalogue lies."""
    return settings.LOCALE_PATHS[0] / language / "LC_MESSAGES"


def read_po(language, domain="django"):
    """The messages of a language's .po file; the first, without words, is its header."""
    text = (folder(language) / f"{domain}.po").read_text(encoding="utf-8")
    return [_message(part) for part in text.split("\n\n") if "msgid" in part]


def read_mo(language, domain="django"):
    """The messages of a language's compiled catalogue, by the keys that gettext uses."""
    with (folder(language) / f"{domain}.mo").open("rb") as file:
        return gettext.GNUTranslations(file)._catalog


def _message(part):
    message, values, name = Message(), {}, ""
    for line in part.splitlines():
        if line.startswith("#"):
            message.fuzzy |= line.startswith("#,") and "fuzzy" in line
        else:
            if not line.startswith('"'):
                name, line = line.split(" ", 1)
            values[name] = values.get(name, "") + ast.literal_eval(line)
    message.context = values.get("msgctxt", "")
    message.one, message.many = values["msgid"], values.get("msgid_plural", "")
    for name, value in values.items():
        if name.startswith("msgstr"):
            message.forms[int(name[7:-1] or 0)] = value
    return message

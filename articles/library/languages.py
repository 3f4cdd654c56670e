"""Languages: their native names and their directions."""

import re
import unicodedata
from functools import lru_cache

from django.utils.text import capfirst
from django.utils.translation import get_language_info

RIGHT_TO_LEFT = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"}
)


_TAG = re.compile(r"[a-z]{2,8}(-[a-z0-9]{1,8})*", re.IGNORECASE)


def is_tag(text: str) -> bool:
    """Whether a text looks like a language tag (BCP 47): fr, en-gb, zh-hans."""
    return _TAG.fullmatch(text) is not None


def native_name(code: str) -> str:
    """Français, for fr; the code of an unknown language."""
    try:
        return capfirst(get_language_info(code)["name_local"])
    except KeyError:
        return code


@lru_cache(maxsize=256)
def direction(code: str) -> str:
    """ltr, or rtl by the script or as the language is usually written."""
    name, *parts = code.replace("_", "-").lower().split("-")
    scripts = {part for part in parts if len(part) == 4 and part.isalpha()}
    if scripts:
        return "rtl" if scripts & {"arab", "hebr", "thaa", "syrc", "nkoo", "adlm"} else "ltr"
    return "rtl" if name in RIGHT_TO_LEFT else "ltr"


def direction_of(words: str) -> str:
    """The direction of a text: that of its first letter."""
    ways = (unicodedata.bidirectional(character) for character in words)
    strong = next((way for way in ways if way in {"L", "R", "AL"}), "L")
    return "ltr" if strong == "L" else "rtl"

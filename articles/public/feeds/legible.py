"""Text that XML can hold."""

import re

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def legible(text):
    """The text without the characters that XML has no way to write."""
    return _FORBIDDEN.sub("", text)

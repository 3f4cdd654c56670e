"""Text that XML can hold."""

import re

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def xml_safe(text):
    """The text with a sign in place of each character that XML has no way to write.

    Of what was cleaned nothing is taken out any more: what is left might mean something else.
    """
    return _FORBIDDEN.sub("\ufffd", text)

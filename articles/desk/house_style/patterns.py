"""Regular expressions that editors write: whatever they are, the time they take grows as the text.

RE2 never tries one way after another. It has no look-around and no references back, and what
would make it slow all the same, repeats that are counted, is refused.
"""

import re
from typing import Any

import re2
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LONGEST = 120
"""Characters of a pattern."""
LARGEST = 5_000
"""Instructions of a compiled one."""
_BYTE = re.compile(r"(?<!\\)(?:\\\\)*\\C")
"""Finds one byte, which may be half a letter: then it is told of a place that is none."""
_COUNTED = re.compile(r"\{\s*\d*\s*(?:,\s*\d*\s*)?\}")


def compile_pattern(pattern: str, *, case_sensitive: bool) -> Any:
    """The pattern, compiled. Raises ValidationError with a sentence for whoever wrote it."""
    if _BYTE.search(pattern):
        raise ValidationError(_("This is no pattern that can be searched for: %s.") % r"\C")
    if len(pattern) > LONGEST:
        raise ValidationError(_("A pattern has at most %s characters.") % LONGEST)
    # What follows \p and \x names characters; a counted repeat follows anything else.
    if _COUNTED.search(pattern):
        raise ValidationError(
            _("A pattern cannot count repeats with {…}: write *, + or ?, or the words twice.")
        )
    options = re2.Options()
    options.case_sensitive, options.log_errors = case_sensitive, False
    try:
        compiled = re2.compile(pattern, options=options)
    except re2.error as error:
        raise ValidationError(
            _("This is no pattern that can be searched for: %s.") % _reason(error)
        ) from None
    if compiled.programsize > LARGEST:
        raise ValidationError(_("This pattern is too large. Make several of it."))
    if compiled.search(""):
        raise ValidationError(_("This pattern finds nothing in particular: it fits an empty text."))
    return compiled


def _reason(error: Exception) -> str:
    """What RE2 says is wrong: it says so in bytes."""
    said = error.args[0] if error.args else ""
    return said.decode(errors="replace") if isinstance(said, bytes) else str(said)

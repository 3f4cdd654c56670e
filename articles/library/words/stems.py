"""The stems of a story's texts, as both databases index them."""

from collections.abc import Sequence

from .compounds import compounds_of
from .tokenizer import MARK, site_language, tokenize

MAX_WORDS = 12_000
"""Words of one text that are indexed."""


def words_of(texts: Sequence[str]) -> list[list[str]]:
    return [tokenize(text)[: MAX_WORDS * 2] for text in texts]


def stems_of_texts(texts: Sequence[str], words: Sequence[Sequence[str]]) -> list[list[str]]:
    """The stems of each text and of the further forms of its words; the first is a headline, whose
    stop words count too. `words` are those of `words_of`."""
    language = site_language()
    stems = [language.stems_of(text)[:MAX_WORDS] for text in words]
    for text, own in zip(texts, stems, strict=True):
        # Further forms that are not among a text's own, with a gap before the text.
        forms = compounds_of(text) - language.stop_words
        if further := {language.stem_of(form) for form in forms} - set(own):
            own[:0] = [*sorted(further), MARK]
    stems[0] += [MARK, *language.marked_stop_words(texts[0])]
    return stems

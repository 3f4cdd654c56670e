"""How many words a story has."""

from ...desk.rich_text import sanitiser


def count_words(blocks: list[dict]) -> int:
    return sum(len(sanitiser.words_of(block["html"])) for block in blocks if "html" in block)

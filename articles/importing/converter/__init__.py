"""From the HTML of an old site to the pieces of a story, in reading order.

    markup.py    block comments and shortcodes become elements, so that the rest sees elements only
    tree.py      a forgiving tree of them
    words.py     the inline content of a paragraph: marks, links, and what stands between the words
    walker.py    walks the tree in reading order
    convert.py   says what makes the pieces of pieces.py, by tag: figures.py, tables.py …

The words that a reader saw before are the words that a reader sees after. What is left out is
counted by name, and words that are left out are kept for the report.
"""

VERSION = 1
"""Part of every story's fingerprint: raised when the same words would become other pieces."""

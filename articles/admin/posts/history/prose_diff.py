"""Diffs of rich text, word by word, as markup that keeps bold, italic and links."""

import re
from itertools import groupby

from django.utils.html import format_html
from django.utils.safestring import mark_safe

from ....desk.rich_text import runs as inline
from ....desk.rich_text.runs import Marks, clean_href
from ....desk.rich_text.tokens import attribute, tokenize

_LEAF = re.compile(r"<(p|h2|h3)>(.*?)</\1>", re.DOTALL)


def leaves_of(html):
    """The paragraphs of a list or a quotation, as canonical HTML."""
    return [found[0] for found in _LEAF.finditer(html)]


def marked_prose(diff, old, new):
    """The content of a paragraph, between its old and its new form, with `<del>` and `<ins>`.

    `diff` is the page's TextDiff. Where only the marks changed, as bold or a link's address, the
    words are in both.
    """
    (before, old_marks), (after, new_marks) = _flat(old), _flat(new)
    out, x, y = [], 0, 0
    for same, left, right in diff.parts(before, after):
        was = list(zip(left, old_marks[x : x + len(left)], strict=True))
        becomes = list(zip(right, new_marks[y : y + len(right)], strict=True))
        x, y = x + len(left), y + len(right)
        if same:
            pairs = zip(was, becomes, strict=True)
            for equal, group in groupby(pairs, key=lambda pair: pair[0] == pair[1]):
                stretch = list(group)
                one, other = [a for a, _b in stretch], [b for _a, b in stretch]
                out.append(_html(other) if equal else _del(one) + _ins(other))
        else:
            out.append((_del(was) if was else "") + (_ins(becomes) if becomes else ""))
    return mark_safe("".join(out))


def _flat(html):
    """The text of a paragraph, and the Marks of each of its characters."""
    text, marks, open_tags = [], [], []
    for token in tokenize(html):
        if token.tag == "br":
            text.append("\n")
            marks.append(_marks(open_tags))
        elif token.tag and token.is_end:
            if open_tags:
                open_tags.pop()
        elif token.tag:
            open_tags.append((token.tag, attribute(token.attributes, "href")))
        else:
            text.append(token.text)
            marks += [_marks(open_tags)] * len(token.text)
    return "".join(text), marks


def _marks(open_tags):
    """The Marks of text within these tags."""
    names = {name for name, _href in open_tags}
    href = next((href for name, href in open_tags if name == "a"), "")
    script = next((name for name in ("sup", "sub") if name in names), "")
    return Marks(clean_href(href), "strong" in names, "em" in names, script)


def _html(characters):
    """Characters, each with its Marks, as HTML."""
    grouped = groupby(characters, key=lambda pair: pair[1])
    return inline.render([(marks, "".join(c for c, _m in group)) for marks, group in grouped])[0]


def _del(characters):
    return format_html("<del>{}</del>", mark_safe(_html(characters)))


def _ins(characters):
    return format_html("<ins>{}</ins>", mark_safe(_html(characters)))

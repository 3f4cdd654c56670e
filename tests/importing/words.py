"""The words that a reader sees: of an old site's text, and of a story of ours."""

import re
from html.parser import HTMLParser

from articles.desk.blocks import Caption, Embed, Gallery, PullQuote, RelatedLink, Table, Text

UNSEEN = {"script", "style", "template", "noscript", "form", "iframe", "select", "object", "svg"}
VOID = {"br", "hr", "img", "input", "link", "meta", "source", "wbr", "col", "track", "embed"}
INLINE = {"a", "b", "strong", "i", "em", "span", "sup", "sub", "u", "s", "del", "ins", "mark"}
INLINE |= {"small", "code", "cite", "q", "abbr", "time", "font", "big", "wbr"}


class Seen(HTMLParser):
    """A second opinion: the standard library's parser, and nothing of the converter's."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts, self.hidden = [], 0

    def handle_starttag(self, tag, attrs):
        self.hidden += tag in UNSEEN and tag not in VOID
        if tag not in INLINE:
            self.parts.append(" ")

    def handle_endtag(self, tag):
        self.hidden -= tag in UNSEEN and tag not in VOID
        if tag not in INLINE:
            self.parts.append(" ")

    def handle_data(self, data):
        if not self.hidden:
            self.parts.append(data)


def words_of_html(html):
    seen = Seen()
    seen.feed(html)
    return split("".join(seen.parts))


def words_of_blocks(blocks):
    texts = []
    for block in blocks:
        if isinstance(block, Text):
            texts += words_of_html(block.html)
        elif isinstance(block, Caption):
            texts += split(f"{block.caption or block.photo.caption} {block.credit}")
        elif isinstance(block, Gallery):
            texts += [*split(block.title), *words_of_blocks(block.pictures)]
        elif isinstance(block, PullQuote):
            texts += split(f"{block.text} {block.attribution}")
        elif isinstance(block, Table):
            texts += words_of_html(f"{block.title} {block.cells}")
        elif isinstance(block, Embed):
            texts += split(block.title)
        elif isinstance(block, RelatedLink):
            texts += split(f"{block.label.upper()} {block.headline or block.story.headline}")
    return texts


def split(text):
    """Words without what is written between them; soft hyphens were never seen."""
    return [w for w in re.split(r"[\s\W_]+", text.replace("\xad", "").casefold()) if w]

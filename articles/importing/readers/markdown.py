"""Markdown as HTML: what stories are written with (headings, lists, quotations, links, marks).

It is what Ghost kept before it kept HTML; anything else in it stays as the words it is.
"""

import re
from html import escape

_INLINE = (
    (re.compile(r"!\[([^\]\n]*)\]\(\s*<?([^\s)>]+)>?[^)\n]*\)"), r'<img src="\2" alt="\1">'),
    (re.compile(r"\[([^\]\n]+)\]\(\s*<?([^\s)>]+)>?[^)\n]*\)"), r'<a href="\2">\1</a>'),
    (re.compile(r"\*\*(?=\S)([^*\n]+?)\*\*|__(?=\S)([^_\n]+?)__"), r"<strong>\1\2</strong>"),
    (re.compile(r"(?<!\w)\*(?=\S)([^*\n]+?)\*|(?<!\w)_(?=\S)([^_\n]+?)_(?!\w)"), r"<em>\1\2</em>"),
    (re.compile(r"`([^`\n]+)`"), r"\1"),
    (re.compile(r"&lt;(https?://[^\s&]+)&gt;"), r'<a href="\1">\1</a>'),
    (re.compile(r" {2,}\n"), "<br>\n"),
)
_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*$")
_ITEM = re.compile(r"\s{0,3}([-*+]|\d{1,9}[.)])\s+(.*)", re.S)
_HTML = re.compile(r"\s*</?[a-zA-Z!]")


def html_of_markdown(text: str) -> str:
    text = re.sub(r"\r\n?", "\n", text)
    return "".join(_block(block) for block in re.split(r"\n[ \t]*\n", text) if block.strip())


def _block(block: str) -> str:
    if _HTML.match(block):
        return block
    lines = block.strip("\n").split("\n")
    if found := _HEADING.fullmatch(lines[0]):
        tag = f"h{len(found[1])}"
        rest = "\n".join(lines[1:])
        return f"<{tag}>{_inline(found[2])}</{tag}>" + (_block(rest) if rest.strip() else "")
    if len(lines) == 1 and re.fullmatch(r"\s*([-*_])(\s*\1){2,}\s*", lines[0]):
        return "<hr>"
    if all(line.lstrip().startswith(">") for line in lines):
        inner = "\n".join(re.sub(r"^\s*> ?", "", line) for line in lines)
        return f"<blockquote>{html_of_markdown(inner)}</blockquote>"
    if _ITEM.match(lines[0]):
        return _list(lines)
    return f"<p>{_inline(block.strip())}</p>"


def _list(lines: list[str]) -> str:
    items: list[str] = []
    for line in lines:
        if found := _ITEM.fullmatch(line):
            items.append(found[2])
        else:
            items[-1] += "\n" + line.strip()
    tag = "ol" if lines[0].lstrip()[0].isdigit() else "ul"
    return f"<{tag}>" + "".join(f"<li>{_inline(each)}</li>" for each in items) + f"</{tag}>"


def _inline(text: str) -> str:
    html = escape(text, quote=False).replace('"', "&quot;")
    for pattern, replacement in _INLINE:
        html = pattern.sub(replacement, html)
    return html

"""Ghost's own forms of a text, Lexical and Mobiledoc, as the HTML that Ghost makes of them."""

import json
from collections.abc import Callable
from html import escape
from typing import Any

from .markdown import html_of_markdown

Node = dict[str, Any]
MOST_DEPTH = 50
BOLD, ITALIC, SUB, SUP = 1, 2, 32, 64
LEFT_OUT = {"signup", "product", "email", "email-cta", "paywall", "call-to-action", "transistor"}


def loaded(text: str) -> Node:
    try:
        data = json.loads(text) if text.strip() else {}
    except (ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def value(node: Any, name: str) -> str:
    found = node.get(name) if isinstance(node, dict) else None
    return found if isinstance(found, str) else ""


def html_of_lexical(text: str) -> str:
    root = loaded(text).get("root")
    return _children(root, 0) if isinstance(root, dict) else ""


def _children(node: Node, depth: int) -> str:
    children = node.get("children")
    if not isinstance(children, list) or depth > MOST_DEPTH:
        return ""
    return "".join(_lexical(each, depth + 1) for each in children if isinstance(each, dict))


def _lexical(node: Node, depth: int) -> str:
    kind = value(node, "type").removeprefix("extended-")
    if kind == "text":
        return _marked(value(node, "text"), node.get("format"))
    if kind == "linebreak":
        return "<br>"
    if kind in {"link", "autolink"}:
        return f'<a href="{escape(value(node, "url"))}">{_children(node, depth)}</a>'
    tags = {"paragraph": "p", "quote": "blockquote", "aside": "blockquote", "listitem": "li"}
    if kind == "heading":
        tag = value(node, "tag")
        tags = {kind: tag if tag in {"h1", "h2", "h3", "h4", "h5", "h6"} else "h2"}
    if kind == "list":
        tags = {kind: "ol" if value(node, "listType") == "number" else "ul"}
    if kind in tags:
        return f"<{tags[kind]}>{_children(node, depth)}</{tags[kind]}>"
    return card(kind, node) or _children(node, depth)


def _marked(text: str, format_: Any) -> str:
    html, bits = escape(text), format_ if isinstance(format_, int) else 0
    for bit, tag in ((BOLD, "strong"), (ITALIC, "em"), (SUB, "sub"), (SUP, "sup")):
        if bits & bit:
            html = f"<{tag}>{html}</{tag}>"
    return html


def card(kind: str, data: Node) -> str:
    """A card as HTML, by the names that Lexical and Mobiledoc share."""
    make = CARDS.get(kind)
    return make(data) if make else ""


def _image(data: Node) -> str:
    caption = value(data, "caption")
    below = f"<figcaption>{caption}</figcaption>" if caption else ""
    source, alt = escape(value(data, "src")), escape(value(data, "alt"))
    return f'<figure><img src="{source}" alt="{alt}">{below}</figure>'


def _gallery(data: Node) -> str:
    images = data.get("images")
    pictures = [_image(each) for each in images if isinstance(each, dict)] if images else []
    caption = value(data, "caption")
    below = f"<p>{caption}</p>" if caption else ""
    return f'<figure class="kg-gallery-card">{"".join(pictures)}</figure>{below}'


def _bookmark(data: Node) -> str:
    about = data.get("metadata")
    title = value(about, "title") or value(data, "title") or value(data, "url")
    words = value(about, "description") or value(data, "description")
    return (
        '<figure class="kg-card kg-bookmark-card"><a class="kg-bookmark-container"'
        f' href="{escape(value(data, "url"))}"><div class="kg-bookmark-title">{escape(title)}</div>'
        f'<div class="kg-bookmark-description">{escape(words)}</div></a></figure>'
    )


def _embed(data: Node) -> str:
    url = value(data, "url")
    return f"<p>{escape(url)}</p>" if url else value(data, "html")


def _player(kind: str) -> Callable[[Node], str]:
    def html(data: Node) -> str:
        source, title = escape(value(data, "src")), escape(value(data, "title"))
        caption = value(data, "caption")
        return (
            f'<figure class="kg-card kg-{kind}-card"><{kind} src="{source}"></{kind}>'
            f'<div class="kg-{kind}-title">{title}</div><figcaption>{caption}</figcaption></figure>'
        )

    return html


def _file(data: Node) -> str:
    title, source = value(data, "fileTitle") or value(data, "fileName"), value(data, "src")
    return (
        '<div class="kg-card kg-file-card"><a class="kg-file-card-container"'
        f' href="{escape(source)}"><div class="kg-file-card-title">{escape(title)}</div>'
        f'<div class="kg-file-card-caption">{escape(value(data, "fileCaption"))}</div></a></div>'
    )


def _button(data: Node) -> str:
    words, url = escape(value(data, "buttonText")), escape(value(data, "buttonUrl"))
    return f'<p><a href="{url}">{words}</a></p>'


def _left_out(kind: str) -> Callable[[Node], str]:
    return lambda data: f'<div class="kg-card kg-{kind}-card"></div>'


CARDS: dict[str, Callable[[Node], str]] = {
    "image": _image,
    "gallery": _gallery,
    "bookmark": _bookmark,
    "embed": _embed,
    "html": lambda data: value(data, "html"),
    "markdown": lambda data: html_of_markdown(value(data, "markdown")),
    "card-markdown": lambda data: html_of_markdown(value(data, "markdown")),
    "callout": lambda data: (
        f"<div>{escape(value(data, 'calloutEmoji'))} {value(data, 'calloutText')}</div>"
    ),
    "toggle": lambda data: f"<h4>{value(data, 'heading')}</h4>{value(data, 'content')}",
    "button": _button,
    "audio": _player("audio"),
    "video": _player("video"),
    "file": _file,
    "header": lambda data: (
        f"<h2>{value(data, 'header') or value(data, 'heading')}</h2>"
        f"<p>{value(data, 'subheader') or value(data, 'subheading')}</p>"
    ),
    "codeblock": lambda data: f"<pre>{escape(value(data, 'code'))}</pre>",
    "code": lambda data: f"<pre>{escape(value(data, 'code'))}</pre>",
    "horizontalrule": lambda data: "<hr>",
    "hr": lambda data: "<hr>",
    **{kind: _left_out(kind) for kind in LEFT_OUT},
}


def html_of_mobiledoc(text: str) -> str:
    data = loaded(text)
    sections = data.get("sections")
    if not isinstance(sections, list):
        return ""
    return "".join(_section(each, data) for each in sections if isinstance(each, list) and each)


def _section(section: list[Any], data: Node) -> str:
    """[1, tag, markers], [2, src], [3, tag, [markers]] or [10, number of a card]."""
    try:
        if section[0] == 1:
            return f"<{_tag(section[1])}>{_markers(section[2], data)}</{_tag(section[1])}>"
        if section[0] == 2:
            return _image({"src": section[1]})
        if section[0] == 3:
            items = "".join(f"<li>{_markers(each, data)}</li>" for each in section[2])
            return f"<{_tag(section[1])}>{items}</{_tag(section[1])}>"
        if section[0] == 10:
            kind, payload = data["cards"][section[1]][:2]
            return card(kind, payload)
    except (IndexError, KeyError, TypeError, ValueError):
        return ""
    return ""


def _tag(tag: Any) -> str:
    known = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "aside"}
    return tag if tag in known else "p"


def _markers(markers: list[Any], data: Node) -> str:
    """Markers [type, markups opened, number closed, text or number of an atom]."""
    out: list[str] = []
    open_tags: list[str] = []
    for kind, opens, closes, words in markers:
        for number in opens:
            markup = data["markups"][number]
            tag = markup[0] if markup[0] in MARKS else "span"
            href = escape(str(markup[1][1])) if tag == "a" and len(markup) > 1 else ""
            out.append(f'<a href="{href}">' if tag == "a" else f"<{tag}>")
            open_tags.append(tag)
        out.append(escape(str(words)) if kind == 0 else _atom(data["atoms"][words]))
        closed = [open_tags.pop() for _number in range(min(closes, len(open_tags)))]
        out += [f"</{tag}>" for tag in closed]
    out += [f"</{tag}>" for tag in reversed(open_tags)]
    return "".join(out)


MARKS = {"strong", "b", "em", "i", "a", "sub", "sup", "u", "s", "code"}


def _atom(atom: list[Any]) -> str:
    return "<br>" if atom[0] == "soft-return" else escape(str(atom[1]))

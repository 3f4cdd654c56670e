"""Two versions of a story compared: rows for a page that looks as the story does."""

from dataclasses import dataclass, field
from itertools import groupby

from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from ....desk.blocks import BLOCK_MODELS, RelatedLink
from ....desk.post import Post
from ....library.languages import native_name
from ....library.recording import Recording
from ....publishing.dates import FOREVER
from ....publishing.editions.alignment import align
from ....publishing.editions.pieces import Piece, pieces_of
from ...fields.datetime_fields import format_moment
from ...saves.text_diff import TextDiff
from .cells_diff import marked_rows
from .prose_diff import leaves_of, marked_prose
from .versions import Version

HEADER = ("kicker", "headline", "standfirst")
TEXT_BLOCKS = {"p", "h2", "h3"}


@dataclass
class Row:
    """A piece as the page shows it.

    `status` is same, changed, added, removed or moved away (left); `html` is markup of prose;
    `block` is shown by its own template, and `texts` are what its fields say, {label, text,
    is_changed}, if something in it changed; so are `cells`, the rows of a table (cells_diff.py).
    `put_back` names the part of the older version that can be put back, "" for none.
    """

    status: str
    region: str
    moved: bool = False
    sort: str = ""
    html: str = ""
    block: dict | None = None
    old_picture: dict | None = None
    texts: list = field(default_factory=list)
    cells: list = field(default_factory=list)
    put_back: str = ""
    excerpt: str = ""

    @property
    def is_same(self):
        return self.status == "same" and not self.moved


@dataclass
class Comparison:
    """What the page shows of two versions.

    `fields` maps the names of HEADER to {old, new, text, is_changed}. `facts` are rows about the
    story, {label, text, is_changed}. `groups` are (whether they are the same, Rows) in the order of
    reading.
    """

    fields: dict
    facts: list
    groups: list
    language: str

    @property
    def is_same(self):
        changed = [*self.fields.values(), *self.facts]
        return not any(row["is_changed"] for row in changed) and all(s for s, _rows in self.groups)


def compare(older: Version, newer: Version) -> Comparison:
    before, after = older.document(), newer.document()
    diff, stories = TextDiff(), _stories_in(before, after)
    texts = {name: _field(diff, before[name], after[name]) for name in HEADER}
    rows = [_row(pair, diff, stories) for pair in align(pieces_of(before), pieces_of(after))]
    groups = groupby(rows, key=lambda row: row.is_same)
    return Comparison(
        fields=texts,
        facts=list(_facts(diff, before, after, older, newer)),
        groups=[(same, list(group)) for same, group in groups],
        language=after["language"],
    )


def _field(diff, old, new):
    return {"old": old, "new": new, "text": _between(diff, old, new), "is_changed": old != new}


def _between(diff, old, new):
    """Plain text between its old and its new form, as markup."""
    parts = []
    for same, was, becomes in diff.parts(old, new):
        if same:
            parts.append(format_html("{}", becomes))
        else:
            parts += [format_html("<del>{}</del>", was)] * bool(was)
            parts += [format_html("<ins>{}</ins>", becomes)] * bool(becomes)
    return format_html("{}" * len(parts), *parts)


def _row(pair, diff, stories):
    """The Row of a Pair."""
    piece = pair.new or pair.old
    row = Row(pair.status, piece.region, pair.moved, piece.sort)
    row.excerpt = Truncator(_said(piece, stories)).words(12, truncate=" …")
    if pair.left:
        row.status = "left"
        return row
    if pair.old and pair.status in {"changed", "removed"}:
        row.put_back = str(pair.old.place)
    if piece.html:
        row.html = _prose(pair, diff)
    else:
        row.block = _shown(piece, stories)
        if pair.status == "changed":
            row.texts = list(_block_texts(diff, pair.old, pair.new, stories))
            if "rows" in pair.new.block:
                row.cells = marked_rows(diff, pair.old.block["rows"], pair.new.block["rows"])
            old = pair.old.block.get("picture")
            row.old_picture = old if old and pair.old.subject != pair.new.subject else None
    return row


def _prose(pair, diff):
    """A paragraph, subhead, list or quotation; what changed in it is marked."""
    piece = pair.new or pair.old
    if pair.status != "changed":
        return _safe(piece.html)
    old, new = pair.old, pair.new
    if {old.sort, new.sort} <= TEXT_BLOCKS:
        content = marked_prose(diff, _content(old.html), _content(new.html))
        note = _turned(old.sort, new.sort)
        return format_html("{}<{}>{}</{}>", note, new.sort, content, new.sort)
    return format_html("{}{}", _turned(old.sort, new.sort), _container(diff, old, new))


def _turned(old, new):
    """That a paragraph became a subhead, or one list another."""
    if old == new:
        return ""
    names = {
        "p": _("a paragraph"),
        "h2": _("a subhead"),
        "h3": _("a small subhead"),
        "ul": _("a list"),
        "ol": _("a numbered list"),
        "blockquote": _("a quotation"),
    }
    words = _("It was %(old)s and is %(new)s.") % {"old": names[old], "new": names[new]}
    return format_html('<p class="turned">{}</p>', words)


def _container(diff, old, new):
    """A changed list or quotation, paragraph by paragraph."""
    is_list = new.sort in {"ul", "ol"}
    pairs = align(_leaves(old), _leaves(new))
    parts = []
    for pair in pairs:
        if pair.left:
            continue
        content = _leaf(diff, pair)
        parts.append(format_html("<li>{}</li>", content) if is_list else content)
    return format_html("<{}>{}</{}>", new.sort, format_html("{}" * len(parts), *parts), new.sort)


def _leaf(diff, pair):
    if pair.old is None:
        return format_html("<ins>{}</ins>", _safe(pair.new.html))
    if pair.new is None:
        return format_html("<del>{}</del>", _safe(pair.old.html))
    content = marked_prose(diff, _content(pair.old.html), _content(pair.new.html))
    return format_html("<{}>{}</{}>", pair.new.sort, content, pair.new.sort)


def _leaves(piece):
    """The paragraphs of a list or a quotation, or a paragraph itself, as Pieces."""
    leaves = leaves_of(piece.html)
    return [Piece("", n, 0, piece.block, html) for n, html in enumerate(leaves)]


def _content(html):
    """What is in the outermost element."""
    return html[html.find(">") + 1 : html.rfind("<")]


def _safe(html):
    return mark_safe(html)  # in canonical form, which the sanitiser made


def _said(piece, stories):
    """The words of a block; of a related link those that readers see, not the key of its story."""
    if piece.kind != RelatedLink.kind:
        return " ".join(piece.words)
    return " ".join(filter(None, [_label(piece.block), _link_words(piece.block, stories)]))


def _shown(piece, stories):
    """A block as its template shows it; a related link with what it leads to."""
    if piece.kind != RelatedLink.kind:
        return piece.block
    return piece.block | {
        "label_text": _label(piece.block),
        "shown": _link_words(piece.block, stories),
    }


def _block_texts(diff, old, new, stories):
    """The texts of a block before and after, {label, text, is_changed}."""
    texts = [_texts_of(piece, stories) for piece in (old, new)]
    for name in dict.fromkeys([*texts[0], *texts[1]]):
        before, after = (each.get(name, "") for each in texts)
        if before or after:
            text = _between(diff, before, after)
            yield {"label": name, "text": text, "is_changed": before != after}


def _texts_of(piece, stories):
    """What people read of a block that is not text, by the names of its fields."""
    if piece.kind == RelatedLink.kind:
        link = piece.block
        return {
            _("Label"): _label(link),
            _("Leads to"): _link_words({**link, "headline": ""}, stories),
            _("Headline shown instead"): link.get("headline", ""),
            _("Address"): link.get("url", ""),
        }
    model = BLOCK_MODELS.get(piece.kind)
    known = {each.name: each.verbose_name for each in model._meta.fields} if model else {}
    named = {"slug": _("Picture")} if "picture" in piece.block else {"pictures": _("Pictures")}
    if "recording" in piece.block:
        of_recording = {each.name: each.verbose_name for each in Recording._meta.fields}
        known, named = of_recording | known, {"slug": _("Film or sound")}
    return {
        capfirst(str(named.get(name) or known.get(name, name))): _value_of(model, name, value)
        for name, value in piece.shown.items()
        if isinstance(value, str)
    }


def _value_of(model, name, value):
    """A value as people read it: of one that is chosen from a list, what the list calls it."""
    fields = model._meta.fields if model else ()
    choices = next((dict(each.flatchoices) for each in fields if each.name == name), {})
    return str(choices.get(value, value))


def _label(link):
    label = link.get("label")
    return str(dict(RelatedLink.Label.choices).get(label, label)) if label else ""


def _link_words(link, stories):
    """What a related link says: its own headline, that of the story now, or the outside title."""
    story = link.get("story")
    gone = _("(a story that is gone)")
    return (
        link.get("headline") or (stories.get(story, gone) if story else "") or link.get("title", "")
    )


def _stories_in(*documents):
    """The headlines of the stories that related links in these lead to, by UUID; one query."""
    named = {
        block["story"]
        for document in documents
        for blocks in document["regions"].values()
        for block in blocks
        if block.get("story")
    }
    rows = Post.objects.filter(uuid__in=named) if named else Post.objects.none()
    return {str(uuid): headline for uuid, headline in rows.values_list("uuid", "headline")}


def _facts(diff, before, after, older, newer):
    """What is not in the text: rows of {label, text, is_changed}."""
    for name in ("section", "authors", "byline", "topics", "slug", "language"):
        old, new = _value(name, before), _value(name, after)
        label = capfirst(str(Post._meta.get_field(name).verbose_name))
        yield {"label": label, "text": _between(diff, old, new), "is_changed": old != new}
    names = ({}, {}) if older.kind == newer.kind == "copy" else (_dates(older), _dates(newer))
    for label in dict.fromkeys([*names[0], *names[1]]):
        old, new = (each.get(label, "") for each in names)
        # Only editions have dates of their own.
        changed = old != new and bool(names[0]) == bool(names[1])
        text = _between(diff, old, new) if changed else new or old
        if text:
            yield {"label": label, "text": text, "is_changed": changed}


def _value(name, document):
    value = document[name]
    if name == "language":
        return native_name(value)
    if isinstance(value, list):
        return ", ".join(each["name"] for each in value)
    return value["name"] if isinstance(value, dict) else value or ""


def _dates(version):
    """What an edition tells readers about itself, by label; nothing of others."""
    if version.kind != "edition":
        return {}
    edition = version.row
    until = "" if edition.live_until == FOREVER else format_moment(edition.live_until)
    return {
        _("Kind of edition"): str(edition.get_kind_display()),
        _("Posted at"): format_moment(edition.published_at),
        _("Updated at"): format_moment(edition.updated_at) if edition.updated_at else "",
        _("For readers from"): format_moment(edition.live_from),
        _("For readers until"): until,
        _("Notes to readers"): "\n".join(note["note"] for note in edition.notes),
    }

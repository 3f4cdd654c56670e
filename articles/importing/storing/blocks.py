"""From the pieces of a text to the blocks of a post."""

import re
from collections.abc import Iterable
from html import escape
from itertools import islice

from django.core.exceptions import ValidationError

from ...desk.blocks import Caption, Embed, Gallery, PullQuote, RelatedLink, Table, Text
from ...desk.blocks.caption import IN_GALLERY
from ...desk.blocks.gallery import LEAST as LEAST_IN_GALLERY
from ...desk.blocks.gallery import MOST as MOST_IN_GALLERY
from ...desk.rich_text import sanitiser
from ...desk.rich_text.runs import clean_href
from ...library.fields import MOST_WORDS
from ...library.photo import Photo
from ...publishing.bulk.written import made
from ..converter.convert import convert
from ..converter.pieces import (
    Cells,
    Converted,
    Embedded,
    GalleryOfStory,
    Link,
    Picture,
    Piece,
    Prose,
    Quote,
    Series,
)
from ..converter.sites import is_address, site_of
from ..incoming import Use
from ..pictures.find import Missing, PictureFinder
from ..recorded import clean
from .links import Links
from .plan import Plan

_HREF = re.compile(r'(?<=<a href=")[^"]*')
LONGEST_ADDRESS = 500


class Builder:
    """Makes the blocks of a plan, told which story each link leads to."""

    def __init__(self, links: Links, pictures: PictureFinder) -> None:
        self.links, self.pictures = links, pictures

    def build(self, plan: Plan, converted: Converted) -> None:
        lead = self.lead(plan)
        pieces = converted.pieces
        if lead and pieces and isinstance(pieces[0], Picture):
            pieces = self.without_lead(plan, lead, pieces)
        waiting: list[str] = []
        for piece in pieces:
            if prose := self.prose_of(plan, piece):
                waiting.append(prose)
                continue
            self.put_text(plan, waiting)
            waiting = []
            self.put(plan, piece)
        self.put_text(plan, waiting)
        for name, count in converted.left_out.items():
            plan.tell(f"left_out_{name}", str(count))
        for words in converted.lost:
            plan.tell("words_left_out", words)

    def lead(self, plan: Plan) -> Caption | None:
        use = plan.incoming.lead
        if use is None:
            return None
        caption = self.caption(plan, use)
        if caption:
            plan.place("lead", caption)
        return caption

    def without_lead(self, plan: Plan, lead: Caption, pieces: list[Piece]) -> list[Piece]:
        """The pieces without a first picture that is the lead once more; its words stay."""
        first = pieces[0]
        try:
            same = self.pictures.find(first.use).pk == lead.photo_id  # type: ignore[union-attr]
        except Missing:
            same = False
        if not same:
            return pieces
        own = own_words(lead.photo, first.use)  # type: ignore[union-attr]
        for name, words in own.items():
            setattr(lead, name, getattr(lead, name) or words)
        return pieces[1:]

    def prose_of(self, plan: Plan, piece: Piece) -> str:
        """The HTML of a piece that is a paragraph after all; else empty."""
        if isinstance(piece, Prose):
            return piece.html
        if isinstance(piece, Link):
            target = self.links.story_at(piece.address)
            if target and target != plan.id:
                return ""
            return "" if piece.is_card and is_address(piece.address) else piece.html
        if isinstance(piece, Embedded) and len(piece.address) > LONGEST_ADDRESS:
            href = clean_href(piece.address)
            return f'<p><a href="{href}" rel="noopener">{escape(piece.title)}</a></p>'
        return ""

    def put(self, plan: Plan, piece: Piece) -> None:
        match piece:
            case Picture():
                self.put_picture(plan, piece.use)
            case Series():
                self.put_series(plan, piece.uses)
            case GalleryOfStory():
                self.put_series(plan, self.pictures.of_story(plan.id))
            case Quote():
                text = piece.text[:MOST_WORDS]
                plan.place("body", made(PullQuote, text=text, attribution=piece.attribution[:200]))
            case Cells():
                cells = self.with_new_addresses(piece.cells)
                block = made(Table, title=piece.title, head=piece.head, cells=cells)
                plan.place("body", block)
            case Embedded():
                title, site = piece.title[:200], site_of(piece.address)
                block = made(Embed, url=piece.address, title=title, provider=site)
                plan.place("body", block)
            case Link() if piece.is_card and not self.leads_on(plan, piece):
                title, site = piece.words[:200], site_of(piece.address)
                plan.place("body", made(Embed, url=piece.address, title=title, provider=site))
            case Link():
                self.put_link(plan, piece)

    def leads_on(self, plan: Plan, piece: Link) -> bool:
        """Whether a link leads to another story of the export."""
        return self.links.story_at(piece.address) not in {"", plan.id}

    def put_picture(self, plan: Plan, use: Use) -> None:
        if block := self.caption(plan, use):
            plan.place("body", block)

    def put_series(self, plan: Plan, uses: list[Use]) -> None:
        """Put in a gallery of the pictures that come, or several if they are too many for one."""
        captions = (block for use in uses if (block := self.caption(plan, use)))
        while some := list(islice(captions, MOST_IN_GALLERY)):
            if len(some) < LEAST_IN_GALLERY:
                plan.place("body", some[0])
                continue
            plan.place("body", made(Gallery))
            for caption in some:
                plan.place(IN_GALLERY, caption)

    def caption(self, plan: Plan, use: Use) -> Caption | None:
        """The block of a picture; None, and a line in the report, for one that does not come."""
        try:
            photo = self.pictures.find(use)
        except Missing as missing:
            self.tell_missing(plan, use, str(missing))
            return None
        return made(Caption, photo=photo, **own_words(photo, use))

    def tell_missing(self, plan: Plan, use: Use, why: str) -> None:
        """Report a picture that does not come, by its address, with the words that it had."""
        library = self.pictures.attachment_of(use)
        where = use.address or (library.address if library else use.attachment)
        plan.tell("picture_missing", f"{where}: {why}")
        # Longer ones hold the picture itself.
        if len(where) <= LONGEST_ADDRESS:
            plan.missing.append([clean(use.address), clean(use.attachment)])
        # A gallery of numbers and many leads showed the words of the library.
        caption = use.caption or (library.caption if library else "")
        credit = use.credit or (library.credit if library else "")
        if words := " / ".join(filter(None, (caption, credit))):
            plan.tell("caption_left_out", f"{where}: {words}")

    def put_link(self, plan: Plan, piece: Link) -> None:
        key = self.links.story_at(piece.address)
        same = piece.words == " ".join(self.links.titles.get(key, "").split())
        block = made(
            RelatedLink,
            label=piece.label,
            headline="" if same else sanitiser.truncate(piece.words, 200),
        )
        plan.place("body", block)
        # Its row is found when the batch is stored.
        plan.targets[id(block)] = key

    def put_text(self, plan: Plan, parts: list[str]) -> None:
        html = self.with_new_addresses("".join(parts))
        for text in texts(html):
            plan.place("body", made(Text, html=text))

    def with_new_addresses(self, html: str) -> str:
        """HTML whose links lead to where the stories are now."""
        if "<a " not in html:
            return html
        return _HREF.sub(lambda found: self.links.new_address(found[0]), html)


def own_words(photo: Photo, use: Use) -> dict[str, str]:
    """What a story says of a picture and the library does not."""
    words = {
        "caption": use.caption[:MOST_WORDS],
        "credit": use.credit[:200],
        "alt": use.alt[:MOST_WORDS],
    }
    return {name: text if text != getattr(photo, name) else "" for name, text in words.items()}


def texts(html: str) -> Iterable[str]:
    """HTML in the form of the desk, in as many texts as its limits ask for."""
    if not html:
        return
    try:
        if text := sanitiser.clean(html):
            yield text
    except ValidationError:
        middle = html.find("</p><p>", len(html) // 2)
        if middle < 0:
            middle = html.rfind("</p><p>", 0, len(html) // 2)
        if middle >= 0:
            yield from texts(html[: middle + 4])
            yield from texts(html[middle + 4 :])
        else:
            yield from _plain(html)


def _plain(html: str) -> Iterable[str]:
    """The words alone, of what is one paragraph and too long or too deep."""
    words = sanitiser.words_of(html)
    for start in range(0, len(words), 10_000):
        paragraph = " ".join(word[:10_000] for word in words[start : start + 10_000])
        yield from texts(f"<p>{escape(paragraph[:150_000], quote=False)}</p>")


def converted(plan: Plan) -> Converted:
    return convert(plan.incoming.html, plan.incoming.markup)

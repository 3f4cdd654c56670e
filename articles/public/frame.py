"""Frames: what stands around the title, the head and the content of pages.

A page is made in two steps. Its template renders the block `content` for each request; all else,
from base.html and the template's other blocks, is the same on many pages and is kept.
"""

from dataclasses import dataclass

from django.conf import settings
from django.template.loader import get_template
from django.utils.html import escape
from django.utils.safestring import mark_safe

from ..publishing.editions.translations import ListLanguage
from .lists.languages import list_path
from .memo import memo
from .navigation import navigation
from .rendered_once import PLACE


@dataclass(frozen=True)
class Frame:
    """The pieces of a page around its title, its head and its content."""

    before_title: str
    before_head: str
    before_content: str
    after: str

    def around(self, title, head, content):
        """The page with this title (text), head and content (markup)."""
        pieces = (
            *(self.before_title, escape(str(title)), self.before_head, head),
            *(self.before_content, content, self.after),
        )
        return "".join(pieces)


def frame_of(request, template, *, at, lang, section=None, front=False, **flags):
    """The frame of a template's pages: with the site's name, the banner, the languages, and the
    sections, of which `section` is marked. `flags` are what else base.html asks for."""

    def make():
        sections, banner, others = navigation(request, at)
        return render_frame(
            template,
            site_name=settings.SITE_NAME,
            sections=sections,
            breaking=banner,
            now=at,
            language_query=lang.suffix,
            languages=language_links(lang, others),
            section=section,
            front=front,
            **flags,
        )

    variant = (template, lang, section and section.slug, front, *flags.items())
    return memo(request, "frames", make, variant)


def render_frame(template, **context):
    """The frame of a template, rendered now."""
    places = dict.fromkeys(("page_title", "head", "content"), mark_safe(PLACE))
    return Frame(*get_template(template).render(context | places).split(PLACE))


def render_content(template, context):
    """What a template's page shows in its frame."""
    return get_template(template).render(context | {"only_content": True})


def language_links(lang, others):
    """The front pages in other languages than the page's: [{code, url}]."""
    codes = ["", *others]
    return [
        {"code": other.code, "url": list_path(other, "front")}
        for other in map(ListLanguage, codes)
        if other.language != lang.language
    ]

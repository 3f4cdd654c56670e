"""What surrounds every page: the site's name, its sections, its moment and its address."""

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import get_template
from django.utils.http import urlencode
from django.utils.safestring import mark_safe

from ..library.languages import native_name
from ..publishing.editions.translations import SITE_LANGUAGE, ListLanguage
from ..publishing.surrogate_keys import LISTS_KEY
from ..publishing.urls import absolute
from .head.head import editions_on, list_head
from .http.surrogate_headers import story_keys
from .lists.keyset import cursor_pairs
from .lists.languages import list_path
from .memo import memo
from .navigation import navigation


def render_page(request, template, *, at, status=200, canonical="", keys=(LISTS_KEY,), **context):
    """A page as readers see it at a moment.

    No context processor runs, so nothing asks who the reader is. `canonical` is the path (with
    its query) under which the page should be known, when it is not the one asked for. `keys` are
    those of the lists on it; those of the stories in them are added.
    """
    lang = context.setdefault("lang", SITE_LANGUAGE)
    unlisted = not context.get("preview") and is_unlisted(context)
    canonical = (
        request.path + lang.suffix if unlisted else canonical or canonical_path(request, lang)
    )
    if lang.language:  # else the same list in two languages would have one title
        context["page_title"] += f" · {native_name(lang.language)}"
    place = {"section": context.get("section"), "front": context.get("front", False)}
    context |= surroundings(request, at, lang, **place) | {
        "path": request.path,
        "status": status,
        "canonical": absolute(canonical, request),
        "unlisted": unlisted,
    }
    if status == 200 and not context.get("preview"):
        context["head"] = list_head(request, context)
    answer = HttpResponse(get_template(template).render(context), status=status)
    answer.keys = {*keys, *story_keys(editions_on(context))}
    return answer


def surroundings(request, at, lang, *, section=None, front=False):
    """What stands on every page: the site's name, the banner, and the masthead and the footer,
    which are kept. They name the sections and the languages, and mark the `section`."""
    sections, banner, others = navigation(request, at)
    context = {
        "site_name": settings.SITE_NAME,
        "sections": sections,
        "now": at,
        "language_query": lang.suffix,
        "languages": language_links(lang, others),
        "section": section,
        "front": front,
    }

    def kept(name, *variant):
        return memo(request, "frames", lambda: furniture(name, context), (name, lang, *variant))

    return {
        "site_name": settings.SITE_NAME,
        "breaking": banner,
        "now": at,
        "lang": lang,
        "languages": context["languages"],
        "masthead": kept("masthead", section and section.slug, front),
        "footer": kept("footer"),
    }


def furniture(name, context):
    """The masthead or the footer of a page."""
    return mark_safe(get_template(f"components/{name}.html").render(context))


def is_unlisted(page):
    """Whether a list has nothing for search engines: no story, or a filter that makes no sense."""
    if page.get("form") and page["form"].errors:
        return True
    return "page" in page and not editions_on(page)


def language_links(lang, others):
    """The front pages in other languages than the page's: [{code, url}]."""
    codes = ["", *others]
    return [
        {"code": other.code, "url": list_path(other, "front")}
        for other in map(ListLanguage, codes)
        if other.language != lang.language
    ]


def canonical_path(request, lang):
    """The path of the page, with its language and its place in a list, without other parameters."""
    query = [*lang.pairs, *cursor_pairs(request)]
    return f"{request.path}?{urlencode(query)}" if query else request.path

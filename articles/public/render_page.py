"""Putting a page together: its content, its head and the frame around them."""

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import get_template
from django.utils.http import urlencode

from ..library.languages import native_name
from ..publishing.editions.translations import SITE_LANGUAGE
from ..publishing.surrogate_keys import LISTS_KEY
from ..publishing.urls import absolute
from .frame import frame_of, render_content
from .head.head import editions_on, list_head
from .http.surrogate_headers import story_keys
from .lists.keyset import cursor_pairs


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
    context |= {
        "site_name": settings.SITE_NAME,
        "now": at,
        "path": request.path,
        "status": status,
        "canonical": absolute(canonical, request),
    }
    head = ""
    if status == 200 and not context.get("preview"):
        context["head"] = list_head(request, context)
        head = get_template("head/head.html").render(context)
    frame = frame_of(
        request,
        template,
        at=at,
        lang=lang,
        section=context.get("section"),
        front=context.get("front", False),
        unlisted=unlisted,
        preview=context.get("preview", False),
    )
    page = frame.around(context["page_title"], head, render_content(template, context))
    answer = HttpResponse(page, status=status)
    answer.keys = {*keys, *story_keys(editions_on(context))}
    return answer


def is_unlisted(page):
    """Whether a list has nothing for search engines: no story, or a filter that makes no sense."""
    if page.get("form") and page["form"].errors:
        return True
    return "page" in page and not editions_on(page)


def canonical_path(request, lang):
    """The path of the page, with its language and its place in a list, without other parameters."""
    query = [*lang.pairs, *cursor_pairs(request)]
    return f"{request.path}?{urlencode(query)}" if query else request.path

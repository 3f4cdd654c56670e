"""Filters and tags for dates, languages and pictures. None of them queries the database."""

import datetime as dt

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.dateformat import format as format_date
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from ..library.date_formats import format_day, format_day_and_month, format_moment, local
from ..library.languages import direction, direction_of, native_name
from ..library.pictures.renditions import FORMATS, at_least, formats_of, renditions
from ..public.cards import card_html, result_html, strip_html
from ..publishing.dates import FOREVER, day_of, ends, starts
from ..publishing.editions.translations import ListLanguage

register = template.Library()
register.filter("native_name", native_name)

# The width of a picture on the page, by its slot and the width of the window. On a phone, where it
# fills the window (93vw) or is beside a headline (112px), all but "wide" state two thirds of that:
# the full density of its screen would cost time and is not seen in a picture.
SIZES = {
    "front": "(min-width: 80em) 640px, (min-width: 64em) 46vw, (min-width: 40em) 93vw, 62vw",
    "lead": "(min-width: 80em) 785px, (min-width: 48em) 55vw, 62vw",
    "strip": "(min-width: 80em) 495px, (min-width: 64em) 35vw, (min-width: 40em) 55vw, 62vw",
    "second": "(min-width: 64em) 325px, (min-width: 40em) 46vw, 76px",
    "wide": "(min-width: 64em) 325px, (min-width: 40em) 46vw, 93vw",
    "row": "(min-width: 48em) 240px, (min-width: 37em) 192px, 76px",
    "story": "(min-width: 72em) 1056px, (min-width: 40em) 93vw, 62vw",
    "body": "(min-width: 48em) 680px, (min-width: 40em) 93vw, 62vw",
    "topic": "(min-width: 48em) 480px, 62vw",
    "gallery": "(min-width: 40em) 215px, 31vw",
    "portrait": "160px",
}
# The widest file offered in slots of narrow pictures, about twice their width: lists have many, and
# each file that is named makes the page heavier.
WIDEST = {"second": 800, "row": 480, "gallery": 480}
USUAL_WIDTH = 800


@register.filter
def day(moment):
    """13 December 2016."""
    return format_day(moment) if moment else ""


@register.filter
def moment(moment):
    """22 Nov 2026, 14:05."""
    return format_moment(moment) if moment else ""


@register.filter
def clock(moment):
    """16:42."""
    return format_date(local(moment), "H:i") if moment else ""


@register.filter
def day_and_month(day):
    """13 December."""
    return format_day_and_month(day)


@register.filter
def machine_moment(moment):
    """For a datetime attribute, in ISO 8601: HTML allows no more than milliseconds."""
    if isinstance(moment, dt.datetime):
        return local(moment).isoformat(timespec="seconds")
    return moment.isoformat() if moment else ""


@register.filter
def lang_and_dir(language):
    """The attributes lang and dir of text in a language, if there is one."""
    return format_html(' lang="{}" dir="{}"', language, direction(language)) if language else ""


@register.filter
def lang_attributes(language):
    """lang and dir of text in a language, unless it is the page's."""
    return "" if language == get_language() else lang_and_dir(language)


@register.filter
def page_lang_attributes(language):
    """lang and dir of text in the page's language, inside an element in this one."""
    return lang_and_dir(get_language()) if lang_attributes(language) else ""


@register.filter
def page_lang_attribute(language):
    """lang alone of text in the page's language, inside an element in this one."""
    return format_html(' lang="{}"', get_language()) if lang_attributes(language) else ""


@register.filter
def text_lang_attributes(text, language):
    """lang and dir of text that may be in a language; dir alone if it runs the other way."""
    text_direction = direction_of(text)
    if text_direction == direction(language):
        return lang_attributes(language)
    if text_direction == direction(get_language()):
        return ""
    return format_html(' dir="{}"', text_direction)


@register.filter
def language_query(language):
    """The query of the list page in a story's language: `?language=fr`."""
    return "" if language in {None, "", settings.LANGUAGE_CODE} else ListLanguage(language).suffix


@register.simple_tag
def last_style_sheets():
    """Links to the print style sheet and to NEWSROOM_THEME_CSS."""
    links = format_html('<link rel="stylesheet" href="{}" media="print">', static("css/print.css"))
    if settings.THEME_CSS:
        url = static(f"theme/{settings.THEME_CSS.name}")
        links += format_html('<link rel="stylesheet" href="{}">', url)
    return links


@register.simple_tag
def site_logo(name):
    """NEWSROOM_LOGO, or else the site's name."""
    if not settings.LOGO:
        return name
    return format_html('<img src="{}" alt="{}">', static(f"theme/{settings.LOGO.name}"), name)


@register.simple_tag
def card(edition, *, today=None, **look):
    """An edition as a card of the list it stands in; `look` is what components/card.html takes.

    Stories of the day of `today`, a moment, show their hour.
    """
    return cards([edition], today=today, **look)


@register.simple_tag
def cards(editions, *, today=None, **look):
    """The same for several editions, one after the other."""
    first = starts(day_of(today)) if today else FOREVER
    after = ends(day_of(today)) if today else FOREVER
    return mark_safe(
        "\n".join(
            card_html(edition, hour=first <= edition.published_at < after, **look)
            for edition in editions
        )
    )


register.simple_tag(result_html, name="result")
register.simple_tag(strip_html, name="strip")


@register.simple_tag
def picture(picture, shape, slot="body", loading="lazy"):
    """A <picture> in each of its formats; nothing when there is no file.

    `picture` is what `Photo.as_picture` gives, `slot` names one of SIZES (or is a value for the
    attribute), and `loading` is eager for the one picture that leads a page.
    """
    kinds = formats_of(picture) if picture else []
    offered = [(kind, files) for kind in kinds if (files := renditions(picture, shape, kind))]
    if not offered:
        return ""
    *better, (kind, files) = offered
    # Few browsers ask for a JPEG, so of its widths the smallest is enough.
    fallback = files[0] if kind == "jpg" else at_least(files, USUAL_WIDTH)
    return format_html(
        '<picture>{}<img src="{}"{} width="{}" height="{}" alt="{}"{}></picture>',
        format_html_join(
            "",
            '<source type="{}"{}>',
            ((FORMATS[each], source_attributes(made, slot)) for each, made in better),
        ),
        fallback.url,
        # A picture in a single format has all its widths on the <img> itself.
        "" if kind == "jpg" else source_attributes(files, slot),
        fallback.width,
        fallback.height,
        picture["alt"],
        EAGER if loading == "eager" else LAZY,
    )


@register.simple_tag
def largest_file(picture):
    """The widest file of a whole picture: {url, widths}, these as text; None when there is none."""
    files = renditions(picture, "whole")
    widths = " ".join(str(file.width) for file in files)
    return {"url": files[-1].url, "widths": widths} if files else None


EAGER = mark_safe(' fetchpriority="high"')
LAZY = mark_safe(' loading="lazy" decoding="async"')


def source_attributes(files, slot):
    """srcset and sizes: the files that are worth offering in a slot."""
    max_width = WIDEST.get(slot, files[-1].width)
    srcset = ", ".join(f"{file.url} {file.width}w" for file in files if file.width <= max_width)
    return format_html(' srcset="{}" sizes="{}"', srcset, SIZES.get(slot, slot))

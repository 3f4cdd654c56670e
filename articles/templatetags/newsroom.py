"""What templates say about days, languages and pictures. Nothing here asks the database."""

import datetime as dt

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from ..library.date_formats import say_day, say_moment
from ..library.languages import direction, direction_of, own_name
from ..library.pictures.renditions import FORMATS, at_least, formats_of, renditions
from ..publishing.editions.translations import Told

register = template.Library()
register.filter("own_name", own_name)

# The slots for pictures: how wide one stands on the page, by the width of the window. On a phone,
# where a picture fills the window (93vw) or stands beside a headline (112px), all but "wide" ask
# for two thirds of that: phones have two or three pixels where others have one, which nobody sees
# in a picture, and a page waits for it.
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
    "portrait": "160px",
}
# The widest file that is offered in slots where no picture stands wide: about twice as wide as it
# stands. Lists hold many of these, and every file that is named makes the page heavier.
WIDEST = {"second": 800, "row": 480}
USUAL_WIDTH = 800


@register.filter
def day(moment):
    """A moment's day (or a day) where the newsroom is: 13 December 2016, 13 décembre 2016."""
    return say_day(moment) if moment else ""


@register.filter
def moment(moment):
    """A moment as an editor reads it, where the newsroom is: 22 Nov 2026, 14:05."""
    return say_moment(moment) if moment else ""


@register.filter
def clock(moment):
    """A moment's time of day where the newsroom is: 16:42."""
    return format_date(_here(moment), "H:i") if moment else ""


@register.filter
def machine_moment(moment):
    """A moment for the datetime attribute, in ISO 8601: HTML takes no more than milliseconds."""
    if isinstance(moment, dt.datetime):
        return _here(moment).isoformat(timespec="seconds")
    return moment.isoformat() if moment else ""


@register.filter
def spoken(language):
    """The attributes of words in a language, where the page's is another."""
    return "" if not language or language == get_language() else _attributes(language)


@register.filter
def unspoken(language):
    """The attributes of the page's own words, inside what is in this language."""
    return _attributes(get_language()) if spoken(language) else ""


@register.filter
def spoken_if(words, language):
    """The attributes of words that may be in a language: of those that run another way they run."""
    way = direction_of(words)
    if way == direction(language):
        return spoken(language)
    return format_html(' dir="{}"', way) if way != direction(get_language()) else ""


@register.filter
def attributes(language):
    """The attributes of words in a language, or none."""
    return _attributes(language) if language else ""


@register.filter
def page_language(language):
    """Says that words are in the page's language, inside what is in this one; not which way."""
    return format_html(' lang="{}"', get_language()) if spoken(language) else ""


def _attributes(language):
    return format_html(' lang="{}" dir="{}"', language, direction(language))


@register.filter
def asking(language):
    """What leads from a story in this language to the list of its kind: `?language=fr`."""
    return "" if language in {None, "", settings.LANGUAGE_CODE} else Told(language).suffix


def _here(moment):
    if isinstance(moment, dt.datetime):
        return timezone.localtime(moment, timezone.get_default_timezone())
    return moment


@register.simple_tag
def last_style_sheets():
    """Links to the style sheet for print, and to the one that NEWSROOM_THEME_CSS names, if any."""
    links = format_html('<link rel="stylesheet" href="{}" media="print">', static("css/print.css"))
    if settings.THEME_CSS:
        url = static(f"theme/{settings.THEME_CSS.name}")
        links += format_html('<link rel="stylesheet" href="{}">', url)
    return links


@register.simple_tag
def site_logo(name):
    """The site's logo, where NEWSROOM_LOGO names one; else its name."""
    if not settings.LOGO:
        return name
    return format_html('<img src="{}" alt="{}">', static(f"theme/{settings.LOGO.name}"), name)


@register.simple_tag
def picture(picture, shape, slot="body", loading="lazy"):
    """A <picture> in each of its formats; nothing when there is no file. Width and height are said.

    `picture` is what `Photo.as_picture` gives, `slot` names one of SIZES (or is a value for the
    attribute), and `loading` is eager for the one picture that leads a page.
    """
    kinds = formats_of(picture) if picture else []
    offered = [(kind, files) for kind in kinds if (files := renditions(picture, shape, kind))]
    if not offered:
        return ""
    *better, (kind, files) = offered
    usual = usual_of(kind, files)
    return format_html(
        '<picture>{}<img src="{}"{} width="{}" height="{}" alt="{}"{}></picture>',
        format_html_join(
            "",
            '<source type="{}"{}>',
            ((FORMATS[each], choice(made, slot)) for each, made in better),
        ),
        usual.url,
        # Where the picture was made in one format, all its widths stand on the <img> itself.
        "" if kind == "jpg" else choice(files, slot),
        usual.width,
        usual.height,
        picture["alt"],
        HURRY if loading == "eager" else WAIT,
    )


HURRY = mark_safe(' fetchpriority="high"')
WAIT = mark_safe(' loading="lazy" decoding="async"')


def usual_of(kind, files):
    """The file that is named alone: for a JPEG, which few browsers ask for, the smallest."""
    if kind == "jpg":
        return files[0]
    return at_least(files, USUAL_WIDTH)


def choice(files, slot):
    """What a browser chooses a file by: those that are worth offering in a slot, and its sizes."""
    most = WIDEST.get(slot, files[-1].width)
    srcset = ", ".join(f"{file.url} {file.width}w" for file in files if file.width <= most)
    return format_html(' srcset="{}" sizes="{}"', srcset, SIZES.get(slot, slot))

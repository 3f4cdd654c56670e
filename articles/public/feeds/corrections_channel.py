"""The channel of corrections: what was put right, the newest first."""

import uuid

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from ...publishing.dates import whole_second
from ...publishing.urls import absolute
from ..lists.keyset import keyset_page
from ..lists.languages import feed_language
from ..pages.corrections import corrected, with_stories_now
from ..xml_text import xml_safe
from .channel import Channel
from .content import correction_content
from .entry import Entry


def of_corrections(request, at):
    """What the page of corrections lists."""
    lang = feed_language(request)
    page = keyset_page(request, lang.of(corrected(at), at=at), moment="live_from", query=lang.pairs)
    return Channel(
        title=_("Corrections · %(site)s") % {"site": settings.SITE_NAME},
        description=_("What we got wrong, and put right."),
        path=reverse("corrections") + lang.suffix,
        page=page,
        entries=[entry_of(each, request) for each in with_stories_now(page.editions, at=at)],
        pinged=False,
        lang=lang,
    )


def entry_of(correction, request):
    """A correction as an entry, with an identity of its own beside its story's."""
    story, url = correction.edition, absolute(correction.edition.get_absolute_url(), request)
    moment = whole_second(correction.at)
    title = {"kind": correction.kind_text, "headline": story.headline}
    return Entry(
        id=uuid.uuid5(story.uuid, f"correction {correction.number}").urn,
        title=xml_safe(_("%(kind)s: %(headline)s") % title),
        url=url,
        summary=xml_safe(correction.note),
        html=correction_content(correction, url) if settings.FEEDS_IN_FULL else None,
        authors=[],
        published=moment,
        updated=moment,
        language=story.language,
        categories=[xml_safe(correction.kind_text), xml_safe(story.section.name)],
        picture=None,
    )

"""Facts: what the writing screen shows of a picture or a story that a document only names.

A document holds keys (a photo's slug, a story's uuid). These are shown beside them, and nothing
of them is stored.
"""

import datetime as dt
import json
import re
import uuid

from django.db.models import F, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from ...desk.blocks import Caption
from ...desk.post import Post
from ...library.characters import tidy
from ...library.date_formats import format_day, local
from ...library.photo import Photo
from ...library.pictures.renditions import at_least, renditions
from ...publishing.editions.edition import Edition
from ...publishing.json_rows import JsonRows
from ..fields.pickers import format_rights
from ..steps.status_summary import site_status, status_chips, stop_chips

MAX_REFS = 200
"""Photos, and stories, that are looked up at once."""
THUMB_WIDTH, SHOWN_WIDTH = 320, 1200
RIGHTS_SOON = dt.timedelta(days=30)

PICTURE_FIELDS = ("token", "formats", "series", "width", "height", "focus_x", "focus_y")
MOMENTS = ("published_at", "live_from", "live_until")
EDITION_FIELDS = ("number", "headline", "picture", *MOMENTS)
EMBARGO = re.compile(r"\bembargo", re.IGNORECASE)


def photo_facts(photo: Photo, *, today: dt.date | None = None) -> dict:
    """{slug, caption, credit, alt, decorative, thumb, src, width, height, name, rights, usable}.

    `thumb` and `src` are URLs, "" when no rendition was made; `rights` is one line in words; it is
    not `usable` when its rights have ended. Choosers are also told `ending` (the rights end within
    thirty days), `embargo` (its note speaks of one), `focus_x` and `focus_y`.
    """
    today, until = today or timezone.localdate(), photo.rights_until
    picture = photo.as_picture()
    usable = not (until and until < today)
    return {
        "slug": photo.slug,
        "caption": photo.caption,
        "credit": photo.credit,
        "alt": photo.alt,
        "decorative": photo.decorative,
        "thumb": _url(picture, "3x2", THUMB_WIDTH),
        "src": _url(picture, "whole", SHOWN_WIDTH),
        "width": photo.width,
        "height": photo.height,
        "name": str(photo),
        "rights": format_rights(photo),
        "usable": usable,
        "ending": bool(usable and until and until <= today + RIGHTS_SOON),
        "embargo": bool(EMBARGO.search(photo.rights_note)),
        "focus_x": photo.focus_x,
        "focus_y": photo.focus_y,
    }


def story_facts(post: Post, *, editions: list, lead: dict | None, now: dt.datetime) -> dict:
    """{uuid, headline, section, state, state_label, live, date, thumb} of a post.

    `editions` are those that are live or still to come, and `lead` is the picture above its desk
    copy. A story that readers see goes by the headline and the picture that they see.
    """
    on_site = site_status(editions, now)
    if live := on_site.live:
        headline, moment, lead = live.headline, live.published_at, live.picture
    else:
        headline, moment = str(post), post.saved_at
    chip, stops = status_chips(post, on_site, now)[0], stop_chips(post, now)
    return {
        "uuid": str(post.uuid),
        "headline": headline,
        "section": str(post.section or ""),
        "state": stops[0].key if stops else chip.key,
        "state_label": " · ".join(each.text for each in [chip, *stops]),
        "live": live is not None,
        "date": moment_in_words(moment, now=now),
        "thumb": _url(lead, "3x2", THUMB_WIDTH),
    }


def edition_facts(edition, *, now: dt.datetime) -> dict:
    """The same of a live edition, with its section at hand, for which no post is read."""
    return {
        "uuid": str(edition.uuid),
        "headline": edition.headline,
        "section": edition.section.name,
        "state": "live",
        "state_label": _("Live"),
        "live": True,
        "date": moment_in_words(edition.published_at, now=now),
        "thumb": _url(edition.picture, "3x2", THUMB_WIDTH),
    }


def facts_of_photos(slugs, *, today: dt.date | None = None) -> dict[str, dict]:
    """{slug: facts} of those of these photos that there are; one query, or none."""
    slugs = {slug for slug in slugs if slug and tidy(slug) == slug}
    if not slugs:
        return {}
    photos = Photo.objects.filter(slug__in=sorted(slugs)[:MAX_REFS])
    return {photo.slug: photo_facts(photo, today=today) for photo in photos}


def facts_of_stories(uuids, *, now: dt.datetime | None = None) -> dict[str, dict]:
    """{uuid: facts} of those of these stories that there are; one query, or none."""
    keys = sorted({key for each in uuids if (key := uuid_in(each))})[:MAX_REFS]
    if not keys:
        return {}
    now = now or timezone.now()
    posts = with_what_is_shown(Post.objects.filter(uuid__in=keys), now=now)
    return {str(post.uuid): facts_of_post(post, now=now) for post in posts}


def with_what_is_shown(posts, *, now: dt.datetime):
    """Posts with all that `facts_of_post` reads, in one query."""
    captions = Caption.objects.filter(parent=OuterRef("pk"), region="lead").order_by("ordering")
    lead = captions.values(**{name: F(f"photo__{name}") for name in PICTURE_FIELDS})[:1]
    current = Edition.objects.filter(post=OuterRef("pk"), live_until__gt=now).order_by("number")
    return posts.select_related("section").annotate(
        lead=JsonRows(lead), current=JsonRows(current.values(*EDITION_FIELDS))
    )


def facts_of_post(post: Post, *, now: dt.datetime) -> dict:
    """The facts of a post read `with_what_is_shown`."""
    [lead] = json.loads(post.lead or "[]") or [None]
    if lead:
        lead["formats"] = lead["formats"].split()
    return story_facts(post, editions=current_of(post), lead=lead, now=now)


def current_of(post: Post) -> list[Edition]:
    """The live and the scheduled editions of such a post, with EDITION_FIELDS."""
    editions = []
    for row in json.loads(post.current or "[]"):
        moments = {name: moment_in(row[name]) for name in MOMENTS}
        picture = row["picture"]
        if isinstance(picture, str):  # SQLite gives JSON as text
            picture = json.loads(picture)
        editions.append(Edition(**row | moments | {"picture": picture}))
    return editions


def moment_in(text: str) -> dt.datetime:
    """The datetime that a database wrote into JSON; SQLite leaves out that it is UTC."""
    moment = dt.datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def uuid_in(text: object) -> uuid.UUID | None:
    """The UUID that a text is, or None."""
    try:
        return uuid.UUID(str(text))
    except ValueError:
        return None


def moment_in_words(moment: dt.datetime, *, now: dt.datetime) -> str:
    """Today, 14:05; Yesterday, 14:05; and longer ago only the day."""
    then, days = local(moment), (local(now).date() - local(moment).date()).days
    if days == 0:
        return _("Today, %s") % f"{then:%H:%M}"
    if days == 1:
        return _("Yesterday, %s") % f"{then:%H:%M}"
    return format_day(then)


def _url(picture: dict | None, shape: str, width: int) -> str:
    """The URL of a picture in a shape, of this width or more; "" when there is none."""
    files = renditions(picture, shape) if picture else []
    return at_least(files, width).url if files else ""

"""A newsroom whose every word is longer than a phone is wide."""

from django.utils import timezone

from articles.desk.blocks import Caption, Embed, PullQuote, Text
from articles.models import Breaking, Topic
from articles.publishing.invalidation.invalidate import invalidate
from articles.publishing.steps.publish import publish
from tests.builders import (
    make_author,
    make_gallery,
    make_link,
    make_photo,
    make_post,
    make_section,
    make_story,
    make_user,
)

from .newsroom import live_path

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk"
ADDRESS = "https://example.org/" + "a-very-long-path-without-an-end-" * 4
FIELDS = {
    "kicker": LONG,
    "section": LONG[:40],
    "topics": [LONG],
    "standfirst": f"{LONG} {ADDRESS}",
    "byline": LONG + LONG,
}


def make_pages():
    """{kind: path} of a page of every kind with words that fit nowhere."""
    author = make_author(LONG)
    author.bio = f"{LONG} {ADDRESS}"
    author.save()
    section = make_section(LONG[:40])
    section.description = LONG
    section.save()
    photo = make_photo(caption=f"{LONG} {ADDRESS}", credit=LONG + LONG, alt=LONG)
    for number in range(24):
        make_story(
            f"{LONG} {number}", authors=[LONG], photo=photo if number % 2 else None, **FIELDS
        )
    make_story(f"الترام {LONG}", slug="arabic", language="ar", photo=photo, **FIELDS)
    topic = Topic.objects.get()
    topic.description = LONG
    topic.save()
    post = make_post(LONG + LONG, photo=photo, authors=[LONG], **FIELDS)
    make_link(post, make_story(LONG[::-1], **FIELDS), label="watch")
    make_link(post, url=ADDRESS, title=ADDRESS)
    blocks = {"parent": post, "region": "body"}
    words = f"<h2>{LONG}</h2><p>{ADDRESS} <a href='{ADDRESS}'>{ADDRESS}</a></p>"
    words += f"<ul><li>{LONG}{LONG}</li></ul><blockquote><p>{LONG}{LONG}</p></blockquote>"
    Text.objects.create(**blocks, ordering=900, html=words)
    PullQuote.objects.create(**blocks, ordering=910, text=LONG + LONG, attribution=LONG + LONG)
    Caption.objects.create(**blocks, ordering=920, photo=photo)
    Embed.objects.create(**blocks, ordering=930, url=ADDRESS, title=ADDRESS, provider=LONG)
    make_gallery(post, [photo] * 10, title=LONG + LONG, caption=LONG + LONG)
    publish(post, by=None)
    post.refresh_from_db()
    post.change_kind, post.change_note = "correction", f"{LONG} {ADDRESS}"
    post.save()
    publish(post, by=None)
    now = timezone.now()
    Breaking.objects.create(
        text=f"{LONG} {LONG}",
        post=post,
        owner=make_user(),
        live_from=now - timezone.timedelta(hours=1),
        live_until=now + timezone.timedelta(days=1),
    )
    invalidate()
    path = live_path(post)
    year, month, day = path.strip("/").split("/")[:3]
    own = topic.get_absolute_url()
    return {
        "front": "/",
        "story": path,
        "latest": "/latest/",
        "filtered": f"/latest/?topic={topic.slug}&author={author.slug}&section={section.slug}",
        "wrong filter": f"/latest/?topic={LONG}{LONG}&from={LONG}",
        "year": f"/{year}/",
        "month": f"/{year}/{month}/",
        "day": f"/{year}/{month}/{day}/",
        "topics": "/topics/",
        "letter": f"/topics/?letter={LONG[0]}",
        "corrections": "/corrections/",
        "feeds": "/feeds/",
        "search": f"/search/?q={LONG}",
        "no result": f"/search/?q={LONG}{LONG}x",
        "in arabic": "/latest/?language=ar",
        "topic": own,
        "section": section.get_absolute_url(),
        "author": author.get_absolute_url(),
        "missing": f"/{LONG}/",
    }

"""A site with something to see on a page of every kind."""

from django.utils import timezone

from articles.desk.blocks import Caption, PullQuote, Text
from articles.publishing.steps.publish import publish
from articles.publishing.steps.withdraw import withdraw
from tests.builders import make_gallery, make_link, make_photo, make_post, make_story

SENTENCES = "Nobody should be left in doubt about what was seen in the eastern districts. " * 6


def make_pages():
    """{kind: path} of one page of every kind, with something to see on each."""
    make_story("Peace talks adjourn without a date", section="World", topics=["Syria"])
    for number in range(24):
        make_story(
            f"Ministers promise a vote before the spring, reading {number}",
            section=("Politics", "World", "Culture")[number % 3],
            topics=["Syria", "Parliament"],
            authors=["Anna Brown"],
            standfirst="They did not say which spring.",
        )
    path = live_path(make_long_story())
    gone = make_story("A story that was withdrawn")
    gone_path = live_path(gone)
    withdraw(gone, by=None, note="")
    year, month, day = path.strip("/").split("/")[:3]
    return {
        "front": "/",
        "story": path,
        "latest": "/latest/",
        "filtered": "/latest/?topic=syria&from=2016-12-01",
        "wrong filter": "/latest/?from=soon",
        "empty list": "/latest/?to=1900-01-01",
        "year": f"/{year}/",
        "month": f"/{year}/{month}/",
        "day": f"/{year}/{month}/{day}/",
        "topics": "/topics/",
        "letter": "/topics/?letter=S",
        "corrections": "/corrections/",
        "feeds": "/feeds/",
        "search": "/search/?q=ministers",
        "topic": "/topics/syria/",
        "section": "/sections/politics/",
        "author": "/authors/anna-brown/",
        "missing": "/not-here/",
        "withdrawn": gone_path,
    }


def live_path(post):
    """The address of what readers see of a post."""
    return post.editions.get(live_until__gt=timezone.now()).get_absolute_url()


def make_long_story():
    """A published story with every kind of block and a correction."""
    post = make_post(
        "Labour leader condemns attacks on civilians in Aleppo and calls for safe passage",
        kicker="Syria",
        section="Politics",
        topics=["Syria", "Labour"],
        authors=["Anna Brown", "Tom Okafor"],
        photo=make_photo(),
        standfirst="He told the house that those who bomb hospitals must answer for it.",
        text=f"<p>{SENTENCES}</p>",
    )
    make_link(post, make_story("The convoy that waited", section="World"), label="watch")
    make_link(post, label="live")
    blocks = {"parent": post, "region": "body"}
    Text.objects.create(**blocks, ordering=900, html=f"<h2>In the house</h2><p>{SENTENCES}</p>")
    PullQuote.objects.create(**blocks, ordering=910, text="Nobody came.", attribution="A doctor")
    Caption.objects.create(**blocks, ordering=920, photo=make_photo(width=1200, height=1500))
    Text.objects.create(**blocks, ordering=930, html=f"<ul><li>{SENTENCES}</li></ul>")
    make_gallery(post, [make_photo(caption=SENTENCES[:77]) for _ in range(10)], title="Aleppo")
    publish(post, by=None)
    post.refresh_from_db()
    post.change_kind, post.change_note = "correction", "The letter was sent in November."
    post.save()
    publish(post, by=None)
    return post

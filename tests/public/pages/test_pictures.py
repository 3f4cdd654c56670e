"""Pictures on pages: formats, sizes, what loads first."""

import re

import pytest
import time_machine

from articles.library.pictures.renditions import FIRST_SERIES, SERIES
from articles.models import Caption, Edition
from articles.publishing.steps.publish import publish
from articles.templatetags.newsroom import SIZES, picture
from tests.builders import make_photo, make_post, make_story

from ..addresses import HOUR, NOON

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON + HOUR, tick=False) as traveller:
        yield traveller


def tags(html, name):
    return re.findall(rf"<{name} [^>]*>", html)


def widths_in(html):
    """The widths that a browser may choose from, in pixels."""
    return {int(width) for width in re.findall(r" (\d+)w\b", html)}


def test_a_picture_is_offered_in_avif_then_webp_then_jpeg():
    html = picture(make_photo(token="t").as_picture(), "3x2", "row")

    assert re.findall(r'type="(.*?)"', html) == ["image/avif", "image/webp"]
    assert html.count("/t/whole-240.avif 240w, ") == html.count("/t/whole-240.webp 240w, ") == 1
    assert 'src="/media/renditions/t/whole-800.jpg"' in html
    assert 'width="800" height="533"' in html
    assert html.count(SIZES["row"]) == 2


def test_a_picture_from_before_there_were_formats_keeps_its_addresses():
    old = make_photo(token="t", formats="").as_picture()
    del old["formats"]

    html = picture(old, "whole")

    assert "<source" not in html
    assert 'src="/media/renditions/t/whole-800.webp"' in html
    assert "/t/whole-1800.webp 1800w" in html


def test_a_picture_from_before_a_width_is_not_offered_in_it():
    new = make_photo(token="t").as_picture()
    old = {name: value for name, value in new.items() if name != "series"}

    assert widths_in(picture(new, "3x2", "row")) == {160, 240, 480}
    assert widths_in(picture(old, "3x2", "row")) == {240, 480}


def test_an_edition_keeps_the_widths_that_it_was_published_with(client):
    photo = make_photo(series=FIRST_SERIES)
    make_story(photo=photo)
    before = tags(client.get("/latest/").text, "source")

    photo.series = SERIES
    photo.save()

    assert tags(client.get("/latest/").text, "source") == before
    make_story(photo=photo)
    *newer, avif, webp = tags(client.get("/latest/").text, "source")
    assert [avif, webp] == before
    assert all("-160.avif" in source or "-160.webp" in source for source in newer)


def test_a_slot_that_is_never_wide_offers_no_wide_file():
    photo = make_photo(token="t").as_picture()

    offered = {slot: picture(photo, "3x2", slot) for slot in SIZES}

    widest = {slot: max(widths_in(html)) for slot, html in offered.items()}
    assert widest == dict.fromkeys(SIZES, 1200) | {"row": 480, "second": 800, "gallery": 480}


def test_a_crop_keeps_the_focal_point():
    tall = make_photo(token="t", width=1200, height=1800, focus_x=50, focus_y=20).as_picture()

    assert "/t/3x2-50-20-480.avif 480w" in picture(tall, "3x2")


def test_the_lead_is_fetched_first_and_what_stands_below_when_it_is_near(client):
    post = make_post(photo=make_photo())
    Caption.objects.create(parent=post, region="body", ordering=20, photo=make_photo())
    publish(post, by=None)

    lead, inside = tags(client.get(Edition.objects.get().get_absolute_url()).text, "img")

    assert 'fetchpriority="high"' in lead
    assert "lazy" not in lead
    assert 'loading="lazy"' in inside
    assert "fetchpriority" not in inside


@pytest.mark.parametrize(
    "address", ["/", "/latest/", "/2026/06/", "/sections/politics/", "/topics/syria/"]
)
def test_every_picture_says_its_size_and_at_most_one_is_hurried(client, address):
    for _ in range(8):
        make_story(photo=make_photo(), topics=["Syria"])

    html = client.get(address).text

    images = tags(html, "img")
    assert images
    assert all(re.search(r'width="\d+" height="\d+"', image) for image in images)
    assert sum("fetchpriority" in image for image in images) <= 1
    assert all('loading="lazy"' in image or "fetchpriority" in image for image in images)


def test_hostile_words_stay_words():
    photo = make_photo(alt='"><script>').as_picture()

    assert "<script>" not in picture(photo, "whole")

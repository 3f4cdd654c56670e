"""An embed from the desk to its readers and back, as an editor makes it."""

import re

import pytest
from playwright.sync_api import expect

from articles.desk.writing.document import read
from articles.models import Embed, Post
from articles.publishing.editions.document import compose
from articles.publishing.steps.publish import publish
from tests.builders import make_photo, make_post

from .accessibility import violations
from .desk import complaints, open_story, save, sign_in

pytestmark = pytest.mark.django_db(transaction=True)

VIDEO = "https://youtu.be/dQw4w9WgXcQ"


@pytest.fixture
def desk(open_page, desk_server):
    return sign_in(open_page(), desk_server, "Editor", "editor")


def test_an_editor_makes_publishes_changes_compares_and_restores_an_embed(desk, open_page):
    make_photo(slug="speaker", caption="The speaker", alt="A woman speaks.")
    post = make_post("What she said", text="<p>She spoke.</p>")
    open_story(desk, post)

    desk.locator(".surface-story > p").first.click()
    desk.keyboard.press("End")
    desk.keyboard.type(" /embed")
    desk.keyboard.press("Enter")
    panel = desk.get_by_role("dialog", name="Embed something")
    panel.get_by_label("Address").fill(VIDEO)
    desk.get_by_text("Readers get a button: Show this from YouTube.").wait_for()
    panel.get_by_label("Title").fill("The speech")
    panel.get_by_role("button", name="Choose a picture").click()
    desk.locator("dialog [role=option]").first.click()
    desk.keyboard.press("Enter")
    desk.get_by_role("button", name="Replace the picture").wait_for()
    assert violations(desk) == {}
    desk.get_by_role("button", name="Put in", exact=True).click()
    expect(desk.locator(".own-embedded")).to_have_count(1)
    save(desk)
    [shown] = [node for node in read(post).document["body"] if node["type"] == "embed"]
    told = {name: value for name, value in shown["attrs"].items() if name != "id"}
    assert told == {"url": VIDEO, "title": "The speech", "provider": "YouTube", "photo": "speaker"}

    edition = publish(Post.objects.get(pk=post.pk), by=None)
    reader = open_page()
    reader.goto(desk.base + edition.get_absolute_url())
    expect(reader.get_by_role("button", name="Show this from YouTube.")).to_be_visible()
    expect(reader.get_by_role("img", name="A woman speaks.")).to_have_count(1)

    desk.locator(".own-embedded").get_by_label("Title", exact=True).fill("The whole speech")
    save(desk)
    desk.goto(f"{desk.base}/admin/articles/post/{post.pk}/history/")
    expect(desk.locator("body")).to_contain_text("embed changed")
    desk.get_by_role("link", name=re.compile("Compare|What changed", re.IGNORECASE)).first.click()
    expect(desk.locator(".compare-block").filter(has_text="The whole")).to_be_visible()
    desk.get_by_role("button", name="Put the old words back").first.click()
    desk.wait_for_load_state()
    post = Post.objects.get(pk=post.pk)
    assert compose(post)["regions"] == edition.document["regions"]
    assert complaints(desk) == []


def test_the_preview_beside_the_text_shows_the_button(desk):
    post = make_post()
    Embed.objects.create(parent=post, region="body", ordering=50, url=VIDEO, title="The speech")

    desk.goto(f"{desk.base}/admin/articles/post/{post.pk}/preview/")

    expect(desk.get_by_role("button", name="Show this from YouTube.")).to_be_visible()
    assert complaints(desk) == []

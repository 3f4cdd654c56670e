"""The writing screen in a real browser."""

import datetime as dt
from urllib.parse import urlsplit

import pytest
import time_machine
from django.utils import timezone

from articles.desk import roles as names
from articles.models import Post
from tests.builders import make_photo, make_post, make_section, make_story, make_topic, make_user

from .accessibility import violations


@pytest.fixture
def sign_in(open_page, live_server, roles):
    """`sign_in(role, name)` gives a page of somebody's own, with what its console says."""

    def sign_one_in(role, name):
        make_user(role, name)
        page = open_page()
        page.set_default_timeout(10_000)
        page.base, page.complaints = live_server.url, []
        page.on("console", lambda said: said.type == "error" and page.complaints.append(said.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(f"{live_server.url}/admin/login/")
        page.fill("#id_username", name)
        page.fill("#id_password", "in-tests-only")
        page.click("[type=submit]")
        return page

    return sign_one_in


@pytest.fixture
def desk(sign_in):
    """A page signed in as an editor."""
    return sign_in(names.EDITOR, "editor")


def open_form(page, post=None):
    page.goto(f"{page.base}/admin/articles/post/{f'{post.pk}/change' if post else 'add'}/")
    page.wait_for_selector("body.writing-ready")


@pytest.mark.parametrize("width", [1280, 360])
def test_a_long_word_on_rights_stays_in_its_block(desk, tmp_path, width):
    note = "EMBARGOED until Monday; one use online only, with the agency's name beside it. " * 4
    photo = make_photo(rights_note=note, rights_until=dt.date(2030, 1, 2))
    post = make_post("Talks", photo=photo)
    desk.set_viewport_size({"width": width, "height": 900})

    open_form(desk, post)

    block = desk.locator(".block-caption.has_original")
    boxes = {
        name: block.locator(name).bounding_box()
        for name in (".block-rights", "h3", "h3 .inline_label", "h3 .delete", ".field-photo")
    }
    badge, head = boxes[".block-rights"], boxes["h3"]
    assert badge["y"] >= head["y"] + head["height"]
    assert badge["y"] + badge["height"] <= boxes[".field-photo"]["y"]
    assert badge["x"] + badge["width"] <= head["x"] + head["width"]
    assert boxes["h3 .inline_label"]["width"] > 60
    assert boxes["h3 .delete"]["y"] + boxes["h3 .delete"]["height"] <= badge["y"]
    assert desk.evaluate("document.documentElement.scrollWidth") <= width


def pick(page, selector, term):
    """Choose by typing, as in the field of that name."""
    page.locator(f"{selector} + .select2-container").click()
    page.keyboard.type(term)
    page.locator(".select2-results__option", has_text=term).first.click()


def add_text(page, *paragraphs):
    """Type into the last text of the story."""
    page.locator(".block-text:not(.empty-form) .tiptap").last.click()
    for number, words in enumerate(paragraphs):
        if number:
            page.keyboard.press("Enter")
        page.keyboard.type(words)


def save(page):
    with page.expect_navigation():
        page.keyboard.press("Control+s")
    page.wait_for_selector(".messagelist")


def complaints(page):
    """What the console said, but for pictures that have no files here."""
    return [text for text in page.complaints if "404" not in text]


def heads(page):
    """What the heads of the blocks say, in their order."""
    selector = ".order-machine .inline-related:not(.empty-form) .inline_label"
    return page.locator(selector).all_inner_texts()


def test_a_political_story_goes_from_its_reporter_to_its_readers(sign_in, open_page):
    make_photo(caption="A street in Aleppo")
    make_section("Politics")
    make_topic("Syria")
    related = ["Ceasefire talks resume", "Aid convoy waits", "How the siege began"]
    for headline in related:
        make_story(headline)

    reporter = sign_in(names.REPORTER, "reporter")
    write_story(reporter, related)
    post = Post.objects.get(headline__startswith="Labour leader")
    check_story(post)
    reporter.click(".step-send_to_review")
    reporter.wait_for_selector(".chip-in_review")

    editor = sign_in(names.EDITOR, "editor")
    open_form(editor, post)
    editor.click(".step-approve")
    editor.wait_for_selector(".chip-ready")
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    editor.click(".step-schedule")
    editor.fill("#id_day", tomorrow.isoformat())
    editor.fill("#id_time", "09:30")
    editor.click(".submit-row button")
    editor.wait_for_selector(".chip-scheduled")
    assert [*complaints(reporter), *complaints(editor)] == []

    moment = dt.datetime.combine(tomorrow, dt.time(9, 30), timezone.get_default_timezone())
    reader, base = open_page(), reporter.base
    address = f"{base}{post.editions.get().get_absolute_url()}"
    with time_machine.travel(moment - dt.timedelta(seconds=1), tick=False):
        assert reader.goto(address).status == 404
    with time_machine.travel(moment, tick=False):
        assert reader.goto(address).status == 200
        links = [
            " ".join(words.split()) for words in reader.locator(".related a").all_inner_texts()
        ]
        assert links == [f"WATCH {related[0]}", *related[1:]]
        for page in (f"{base}/topics/syria/", f"{base}/topics/aleppo-talks/", day_of(address)):
            reader.goto(page)
            reader.get_by_role("link", name="Labour leader criticises attacks on Aleppo").click()
            assert reader.url == address


def write_story(page, related):
    """All that a reporter does, up to the first save."""
    open_form(page)
    page.fill("#id_headline", "Labour leader criticises attacks on Aleppo")
    page.fill("#id_standfirst", "He told the Commons that it must stop.")
    page.select_option("#id_section", label="Politics")
    pick(page, "#id_topics", "Syria")
    pick(page, "#id_topics", "Aleppo talks")
    page.click(".lead-adder button")
    pick(page, "#id_articles_caption_set-0-photo", "A street in Aleppo")
    add_text(page, "First paragraph.", "Second paragraph.")
    for number, headline in enumerate(related):
        page.click(".adders button:has-text('Related link')")
        pick(page, f"#id_articles_relatedlink_set-{number}-story", headline)
    page.select_option("#id_articles_relatedlink_set-0-label", "watch")
    page.click(".adders button:has-text('Text')")
    add_text(page, "Third paragraph.")
    assert heads(page) == [
        "A street in Aleppo",
        "First paragraph. Second paragraph.",
        "WATCH: Ceasefire talks resume",
        "Aid convoy waits",
        "How the siege began",
        "Third paragraph.",
    ]
    save(page)


def check_story(post):
    """The story as it is on the desk after the first save."""
    links = list(post.articles_relatedlink_set.order_by("ordering"))
    assert links[0].story.headline == "Ceasefire talks resume"
    assert [link.label for link in links] == ["watch", "", ""]
    first, last = post.articles_text_set.order_by("ordering")
    assert "<p>Second paragraph.</p>" in first.html
    assert first.ordering < links[0].ordering < links[2].ordering < last.ordering
    assert post.articles_caption_set.get().region == "lead"
    assert {topic.name for topic in post.topics.all()} == {"Syria", "Aleppo talks"}


def day_of(address):
    """The address of the archive's page of a story's day."""
    parts = urlsplit(address)
    year, month, day = parts.path.strip("/").split("/")[:3]
    return f"{parts.scheme}://{parts.netloc}/{year}/{month}/{day}/"


@pytest.fixture
def two_texts(roles):
    post = make_post(text="<p>One.</p>")
    post.articles_text_set.create(region="body", ordering=20, html="<p>Two.</p>")
    return post


def test_a_block_is_moved_with_the_keyboard_alone(desk, two_texts):
    open_form(desk, two_texts)

    desk.get_by_role("button", name="Move down: One.").focus()
    desk.keyboard.press("Enter")
    save(desk)

    texts = two_texts.articles_text_set.order_by("ordering")
    assert [block.html for block in texts] == ["<p>Two.</p>", "<p>One.</p>"]


def test_a_block_is_moved_by_dragging_its_head(desk, two_texts):
    open_form(desk, two_texts)

    first, second = (desk.locator(".block-text:not(.empty-form) > h3").nth(n) for n in (0, 1))
    second.drag_to(first, target_position={"x": 60, "y": 3})
    save(desk)

    texts = two_texts.articles_text_set.order_by("ordering")
    assert [block.html for block in texts] == ["<p>Two.</p>", "<p>One.</p>"]
    assert complaints(desk) == []


def test_a_stale_save_shows_both_texts_and_loses_neither(desk):
    post = make_post("A story", standfirst="As it was.")
    open_form(desk, post)
    post.standfirst, post.version = "A colleague's words.", post.version + 1
    post.saved_by = make_user(names.EDITOR, "colleague")
    post.save()

    desk.fill("#id_standfirst", "My own words.")
    desk.keyboard.press("Control+s")
    desk.wait_for_selector(".conflict")

    desk.wait_for_selector("body.writing-ready")
    assert "A colleague's words." in desk.inner_text(".conflict")
    assert desk.input_value("#id_standfirst") == "My own words."
    assert violations(desk) == {}
    desk.set_viewport_size({"width": 1280, "height": 800})
    desk.click("[name=_save_over]")
    desk.wait_for_selector(".messagelist")
    post.refresh_from_db()
    assert post.standfirst == "My own words."
    assert complaints(desk) == []


def test_the_password_can_be_changed_under_the_content_policy(desk):
    desk.goto(f"{desk.base}/admin/password_change/")
    desk.fill("#id_old_password", "in-tests-only")
    desk.fill("#id_new_password1", "another-long-word-9")
    desk.fill("#id_new_password2", "another-long-word-9")
    desk.click("#content-main [type=submit]")

    assert "password_change/done" in desk.url
    assert complaints(desk) == []

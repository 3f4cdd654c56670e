"""The story that must always work, from Word on a reporter's desk to its readers."""

import datetime as dt
from urllib.parse import urlsplit

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import expect

from articles.desk import roles as names
from articles.desk.writing.document import read
from articles.models import Photo, Post
from tests.builders import make_section, make_stories
from tests.library.pictures.files import XMP, picture_file

from .desk import TEXT, complaints, expect_saved, open_story, sign_in

HEADLINE = "Labour leader criticises attacks on Aleppo"
RELATED = ["Ceasefire talks resume", "Aid convoy waits", "How the siege began"]
PARAGRAPHS = [f"Paragraph {number} of what was said in the house." for number in range(24)]

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal
{margin:0cm;font-size:11.0pt;}</style></head><body lang=EN-GB><!--StartFragment-->%s
<!--EndFragment--></body></html>"""
WORD_PARAGRAPH = (
    "<p class=MsoNormal style='margin-bottom:8pt'><span lang=EN-US>%s<o:p></o:p></span></p>"
)

PASTE = """([html, text]) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/html", html);
    clipboardData.setData("text/plain", text);
    document.activeElement.dispatchEvent(
        new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true})
    );
}"""


# Browsers tell of a new selection a moment later: sooner than a person's next key.
FRAME = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


class Hands:
    """What a person does on a page, counted: each click, and each key that is no word."""

    def __init__(self, page):
        self.page, self.actions = page, 0

    def click(self, target):
        self.actions += 1
        (self.page.locator(target).first if isinstance(target, str) else target).click()
        self.page.evaluate(FRAME)

    def press(self, *keys):
        for key in keys:
            self.actions += 1
            self.page.keyboard.press(key)
            self.page.evaluate(FRAME)

    def type(self, words):
        self.page.keyboard.type(words)

    def paste(self, html, text):
        self.actions += 1
        self.page.evaluate(PASTE, [html, text])


@pytest.fixture
def person(desk_server, open_page, pictures_read_here):
    return lambda role, name: sign_in(open_page(), desk_server, role, name)


def test_a_political_story_goes_from_word_to_its_readers(person, open_page, tmp_path):
    make_section("Politics")
    make_stories([{"headline": headline, "topics": ["Syria"]} for headline in RELATED])
    picture = tmp_path / "street.jpg"
    picture.write_bytes(picture_file(xmp=XMP.encode()).read())
    reporter = person(names.REPORTER, "reporter")

    hands = write(reporter, picture)

    assert hands.actions < 25
    post = Post.objects.get(headline=HEADLINE)
    assert post.status == Post.Status.IN_REVIEW
    check_desk_copy(post)
    publish_tomorrow(person(names.EDITOR, "editor"), post)
    assert complaints(reporter) == []
    check_readers(open_page(), reporter.base, post)


def write(page, picture):
    """All that a reporter does, from the start page on; the Hands that did it."""
    page.goto(f"{page.base}/admin/articles/post/")
    hands, loads = Hands(page), []
    hands.click(".desk-begin")
    page.wait_for_selector("body.writing-ready")
    page.on("load", lambda loaded: loads.append(loaded.url))
    hands.type(HEADLINE)
    hands.press("Tab")
    hands.type("He told the Commons that it must stop.")
    add_picture(hands, picture)
    hands.click(TEXT)
    hands.paste(WORD % "".join(WORD_PARAGRAPH % each for each in PARAGRAPHS), "\n".join(PARAGRAPHS))
    expect(page.locator(f"{TEXT} > p")).to_have_count(24)
    hands.click(page.locator(f"{TEXT} > p").nth(1))
    hands.press("End", "Enter")
    hands.type("/related")
    hands.press("Enter")
    page.wait_for_selector("dialog [role=option], dialog [role=row]")
    hands.press("ArrowDown", "w", " ", "ArrowDown", " ", "ArrowDown", " ", "Enter")
    expect(page.locator(".own-relatedlink")).to_have_count(3)
    hands.click("#next-step")
    expect(page.locator("#story-messages")).to_contain_text("Sent to review.")
    assert loads == []
    return hands


def add_picture(hands, picture):
    """Take a file from the desktop as the picture above the story, with a caption to check."""
    page = hands.page
    hands.click(".lead-adder")
    with page.expect_file_chooser() as chosen:
        hands.click("dialog >> text=Upload")
    hands.actions += 1  # the file, in the system's own window
    chosen.value.set_files(str(picture))
    alt = page.get_by_role("textbox", name="Alt text")
    expect(alt).to_have_value("Broken houses.", timeout=20_000)
    hands.click("dialog >> text=Save and put in")
    expect(page.locator("#lead img")).to_be_visible(timeout=20_000)


def check_desk_copy(post):
    document = read(post).document
    kinds = [node["type"] for node in document["body"]]
    assert kinds[:6] == ["paragraph", "paragraph", *["relatedlink"] * 3, "paragraph"]
    assert kinds.count("paragraph") == 24
    assert document["body"][2]["attrs"]["label"] == "watch"
    photo = Photo.objects.get()
    assert document["lead"][0]["attrs"]["photo"] == photo.slug
    assert photo.credit == "Anna Brown/PA Images"


def publish_tomorrow(page, post):
    """What the editor does: section and topic, approval, and the schedule."""
    open_story(page, post)
    page.select_option("#id_section", label="Politics")
    page.locator("#id_topics + .select2-container").click()
    page.keyboard.type("Syria")
    page.locator(".select2-results__option", has_text="Syria").first.click()
    expect_saved(page)
    page.click("#next-step")
    expect(page.locator("#story-state")).to_have_text("Ready")
    page.click("#beside-step")
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    page.fill("#id_day", tomorrow.isoformat())
    page.fill("#id_time", "09:30")
    page.click(".submit-row button")
    page.wait_for_selector("body.writing-ready")
    expect(page.locator("#story-state")).to_contain_text("Scheduled")
    assert complaints(page) == []


def check_readers(reader, base, post):
    """Nothing a second before, everything at the second; found by topic and by day."""
    edition = post.editions.get()
    address = f"{base}{edition.get_absolute_url()}"
    with time_machine.travel(edition.live_from - dt.timedelta(seconds=1), tick=False):
        assert reader.goto(address).status == 404
    with time_machine.travel(edition.live_from, tick=False):
        assert reader.goto(address).status == 200
        links = reader.locator(".related a").all_inner_texts()
        assert " ".join(links[0].split()).startswith("WATCH")
        assert len(links) == 3
        for page in (f"{base}/topics/syria/", day_of(address)):
            reader.goto(page)
            reader.get_by_role("link", name=HEADLINE).click()
            assert reader.url == address


def day_of(address):
    """The address of the archive's page of a story's day."""
    parts = urlsplit(address)
    year, month, day = parts.path.strip("/").split("/")[:3]
    return f"{parts.scheme}://{parts.netloc}/{year}/{month}/{day}/"

"""Films and sounds from an editor's disk to the readers' screens."""

import base64
import re

import pytest
from django.conf import settings
from playwright.sync_api import expect

from articles.desk import roles
from articles.desk.writing.document import read
from articles.models import Film, Post, Recording
from articles.publishing.editions.document import compose
from articles.publishing.steps.publish import publish
from tests.builders import make_photo, make_post, make_recording, play

from .accessibility import violations
from .desk import complaints, open_story, save, sign_in

pytestmark = pytest.mark.django_db(transaction=True)

FILES = settings.BASE_DIR / "fixtures" / "recordings"
RIVER, SIREN = FILES / "rising-river.webm", FILES / "flood-siren.mp3"
DROP = """async ([selector, name, type, base64]) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const data = new DataTransfer();
    data.items.add(new File([bytes], name, { type }));
    const target = document.querySelector(selector);
    const { left, bottom } = target.getBoundingClientRect();
    for (const kind of ["dragenter", "dragover", "drop"])
        target.dispatchEvent(new DragEvent(kind, {
            dataTransfer: data, bubbles: true, cancelable: true, clientX: left + 9, clientY: bottom,
        }));
}"""


@pytest.fixture
def desk(open_page, desk_server):
    return sign_in(open_page(), desk_server, roles.EDITOR, "editor")


def insert(page, words):
    page.locator(".surface-story > p").last.click()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.keyboard.type(f"/{words}")
    page.keyboard.press("Enter")


def test_a_film_is_uploaded_published_seen_changed_compared_and_restored(desk, open_page):
    make_photo(slug="street", caption="A street", alt="A flooded street.")
    post = make_post("The river rose")
    open_story(desk, post)

    insert(desk, "film")
    panel = desk.get_by_role("dialog", name="Choose a film")
    panel.locator("input[type=file]").set_input_files(RIVER)
    block = desk.locator(".surface .own-recording")
    expect(block).to_contain_text("0:08")
    expect(block).to_contain_text("has no captions")
    expect(block).to_contain_text("has no poster")
    save(desk)

    film = Recording.objects.get()
    assert (film.width, film.height) == (480, 270)
    with desk.expect_popup() as opened:
        block.get_by_role("link", name="Open its page in the library").click()
    library = opened.value
    library.fill("#id_title", "How the river rose")
    library.check("#id_no_speech")
    library.locator(".field-poster .select2-selection").click()
    library.locator(".select2-search__field").fill("street")
    library.locator(".select2-results__option", has_text="A street").click()
    library.get_by_role("button", name="Save", exact=True).click()
    library.wait_for_url("**/recording/")
    library.close()
    desk.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(block.locator(".own-lacks")).to_be_hidden()
    block.get_by_label("Caption").fill("Seen from the mill.")
    save(desk)
    assert complaints(desk) == []

    edition = publish(Post.objects.get(), by=None)
    reader = open_page()
    reader.goto(desk.base + edition.get_absolute_url())
    video = reader.locator("video")
    assert video.evaluate("(film) => film.readyState") == 0
    lasts = video.evaluate("(film) => film.play().then(() => film.duration)")
    assert lasts == pytest.approx(8, 0.1)
    video.evaluate("(film) => { film.currentTime = 6 }")
    reader.wait_for_function("() => document.querySelector('video').currentTime >= 6")
    expect(reader.locator("figcaption")).to_contain_text("Seen from the mill.")

    block.get_by_label("Title").fill("Twelve hours")
    save(desk)
    desk.goto(f"{desk.base}/admin/articles/post/{post.pk}/history/")
    expect(desk.locator("body")).to_contain_text("film changed")
    desk.get_by_role("link", name=re.compile("Compare|What changed", re.IGNORECASE)).first.click()
    expect(desk.locator("dl .compare-changed")).to_contain_text("Twelve hours")
    desk.get_by_role("button", name="Put the old words back").first.click()
    desk.wait_for_load_state()
    assert compose(Post.objects.get())["regions"] == edition.document["regions"]
    assert complaints(desk) == []


def test_a_sound_is_dropped_on_the_story_and_needs_its_transcript(desk):
    post = make_post("The siren")
    open_story(desk, post)
    data = base64.b64encode(SIREN.read_bytes()).decode()

    desk.evaluate(DROP, [".surface-story > p", "siren.mp3", "audio/mpeg", data])

    block = desk.locator(".surface .own-recording")
    expect(block).to_contain_text("Sound")
    expect(block).to_contain_text("has no transcript")
    save(desk)
    node = read(post).document["body"][-1]
    assert (node["type"], node["attrs"]["recording"]) == ("sound", "siren")


def test_what_is_no_film_is_refused_in_the_dialog_and_the_story_stays(desk, tmp_path):
    path = tmp_path / "script.webm"
    path.write_text("<script>alert(1)</script>" * 50)
    post = make_post("The river rose")
    open_story(desk, post)

    insert(desk, "film")
    panel = desk.get_by_role("dialog", name="Choose a film")
    panel.locator("input[type=file]").set_input_files(path)

    expect(panel.get_by_role("alert")).to_contain_text("This file is no film or sound")
    desk.keyboard.press("Escape")
    save(desk)
    assert not Film.objects.exists()


def test_a_film_of_the_library_is_chosen_with_the_keyboard(desk):
    make_recording(title="The flood")
    make_recording(title="The drought")
    open_story(desk, make_post("The river rose"))

    insert(desk, "film")
    panel = desk.get_by_role("dialog", name="Choose a film")
    expect(panel.get_by_role("option")).to_have_count(2)
    desk.keyboard.type("flood")
    expect(panel.get_by_role("option")).to_have_count(1)
    assert violations_now(desk) == {}
    desk.keyboard.press("Enter")

    expect(desk.locator(".surface .own-recording textarea").first).to_have_attribute(
        "placeholder", "The flood"
    )
    save(desk)
    assert complaints(desk) == []


def violations_now(page):
    found = violations(page)
    page.set_viewport_size({"width": 1280, "height": 800})
    return found


@pytest.fixture
def story(open_page, live_server):
    """The page of a story with a film and a sound, open."""
    post = make_post("The river rose")
    play(post, make_recording())
    play(post, make_recording("sound"))
    page = open_page()
    page.asked = []
    page.on("request", lambda request: page.asked.append(request.url))
    page.goto(live_server.url + publish(post, by=None).get_absolute_url())
    return page


def test_nothing_but_the_poster_is_fetched_and_nothing_moves(story):
    moved = story.evaluate(
        """() => new Promise((done) => {
            let sum = 0;
            const add = (list) => list.getEntries().forEach((each) => (sum += each.value));
            new PerformanceObserver(add).observe({ type: "layout-shift", buffered: true });
            setTimeout(() => done(sum), 500);
        })"""
    )

    assert moved == 0
    assert not any("/recordings/" in url for url in story.asked if "/media/" in url)
    size = story.locator("video").bounding_box()
    assert size["width"] / size["height"] == pytest.approx(16 / 9, 0.01)


def test_the_transcript_unfolds_and_stands_on_paper(story):
    words = story.get_by_text("It began at four in the morning.")
    assert not words.is_visible()
    story.get_by_text("Transcript").press("Enter")
    assert words.is_visible()


def test_axe_finds_nothing(story):
    assert violations(story) == {}


@pytest.mark.parametrize("width", [320, 1280])
def test_the_page_never_scrolls_sideways(story, width):
    story.set_viewport_size({"width": width, "height": 800})

    assert story.evaluate("document.documentElement.scrollWidth") <= width
    assert not re.search("csp|Content Security", " ".join(map(str, story.asked)))

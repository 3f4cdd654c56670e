"""A gallery from the desk to its readers, who may have no script, no mouse, or a telephone."""

import re

import pytest
from playwright.sync_api import expect

from articles.desk.writing.document import read
from articles.models import Post
from articles.publishing.editions.document import compose
from articles.publishing.steps.publish import publish
from tests.builders import make_gallery, make_photo, make_post

from .accessibility import violations
from .desk import complaints, open_story, save, sign_in

pytestmark = pytest.mark.django_db(transaction=True)


def photos(count):
    return [
        make_photo(slug=f"snow-{n}", caption=f"Snow number {n}.", alt=f"White {n}")
        for n in range(1, count + 1)
    ]


@pytest.fixture
def page(open_page, live_server):
    """The page of a story with a gallery of ten, open."""

    def open_one(**options):
        post = make_post("Snow everywhere")
        make_gallery(post, photos(10), title="From the hills")
        page = open_page(**options)
        page.set_default_timeout(5_000)
        page.complaints = []
        page.on("console", lambda said: page.complaints.append(said.text))
        page.address = live_server.url + publish(post, by=None).get_absolute_url()
        page.goto(page.address)
        return page

    return open_one


def told(page):
    return page.locator("dialog[open] figcaption").inner_text()


def test_the_keyboard_alone_leads_through_all_pictures_and_back(page):
    page = page()
    page.get_by_role("link", name="White 2", exact=True).focus()
    page.keyboard.press("Enter")

    dialog = page.get_by_role("dialog", name="From the hills")
    expect(dialog).to_be_visible()
    assert "Picture 2 of 10" in told(page)
    assert "Snow number 2." in told(page)
    assert page.url.endswith("#gallery-1-2")
    expect(dialog.get_by_role("img")).to_have_attribute("alt", "White 2")
    page.keyboard.press("ArrowRight")
    assert "Picture 3 of 10" in told(page)
    page.keyboard.press("Home")
    page.keyboard.press("ArrowLeft")
    assert "Picture 10 of 10" in told(page)
    names = set()
    for _ in range(4):
        page.keyboard.press("Tab")
        names.add(page.evaluate("document.activeElement.getAttribute('aria-label')"))
    assert {"Close", "Previous picture", "Next picture"} <= names
    page.get_by_role("button", name="Previous picture").press("Enter")
    assert "Picture 9 of 10" in told(page)
    assert page.locator("dialog [aria-live=polite] .gallery-words").count() == 1
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert page.evaluate("document.activeElement.querySelector('img').alt") == "White 2"
    page.wait_for_function("() => !location.hash")
    assert [each for each in page.complaints if "404" not in each] == []


def test_an_address_with_a_number_opens_that_picture(page, open_page):
    first = page()
    other = open_page()

    other.goto(first.address + "#gallery-1-9")

    expect(other.locator("dialog[open] .gallery-count")).to_have_text("Picture 9 of 10")
    other.keyboard.press("Escape")
    other.goto(first.address + "#gallery-1-77")
    expect(other.locator("dialog[open]")).to_have_count(0)


def test_a_swipe_leads_on_and_a_tap_beside_the_picture_closes(page):
    page = page(width=390, has_touch=True, is_mobile=True)
    page.get_by_role("link", name="White 1", exact=True).tap()
    page.evaluate(
        """() => {
            const dialog = document.querySelector("dialog[open]");
            const at = (clientX) => [
                new Touch({ identifier: 1, target: dialog, clientX, clientY: 300 }),
            ];
            dialog.dispatchEvent(new TouchEvent("touchstart", { touches: at(300) }));
            dialog.dispatchEvent(new TouchEvent("touchend", { changedTouches: at(120) }));
        }"""
    )

    assert "Picture 2 of 10" in told(page)
    page.get_by_role("button", name="Close").tap()
    expect(page.locator("dialog[open]")).to_have_count(0)


def test_without_script_all_pictures_are_behind_a_link_and_each_leads_to_its_file(page):
    page = page(java_script_enabled=False)
    shown = page.locator(".gallery figure")
    assert [shown.nth(7).is_visible(), shown.nth(8).is_visible()] == [True, False]

    page.get_by_role("link", name="All 10 pictures").click()

    assert shown.nth(9).is_visible()
    assert page.locator(".gallery-all").is_hidden()
    assert re.search(r"/whole-1800\.webp$", shown.nth(9).get_by_role("link").get_attribute("href"))
    page.goto(page.address + "#gallery-1-10")
    assert shown.nth(9).is_visible()


def test_on_paper_all_pictures_stand(page):
    page = page()
    page.emulate_media(media="print")

    assert page.locator(".gallery figure").nth(9).is_visible()
    assert page.locator(".gallery-all").is_hidden()


def test_only_pictures_that_are_near_are_fetched(page):
    page = page()
    page.wait_for_load_state("networkidle")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_role("link", name="White 1", exact=True).click()
    page.wait_for_timeout(300)

    large = {url.split("/renditions/")[1].split("/")[0] for url in asked if "renditions" in url}
    assert len(large) <= 2


def test_axe_finds_nothing_on_the_page_and_in_the_dialog(page):
    page = page()
    assert violations(page) == {}

    page.goto(page.address + "#gallery-1-all")
    page.get_by_role("link", name="White 1", exact=True).click()

    assert violations(page) == {}


def test_an_editor_makes_publishes_changes_compares_and_restores_a_gallery(open_page, desk_server):
    photos(3)
    post = make_post("A long winter", text="<p>It snowed.</p>")
    page = sign_in(open_page(), desk_server, "Editor", "editor")
    open_story(page, post)

    page.locator(".surface-story > p").first.click()
    page.keyboard.press("End")
    page.keyboard.type(" /gallery")
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog [role=option]")
    page.keyboard.press("ArrowDown")
    for key in (" ", "ArrowRight", " ", "Enter"):
        page.keyboard.press(key)
    expect(page.locator(".own-thumb")).to_have_count(2)
    page.get_by_label("Title of the gallery").fill("The hills")
    page.locator(".own-thumb").first.click()
    page.locator(".own-chosen").get_by_label("Caption", exact=True).fill("As it was.")
    save(page)
    [shown] = [node for node in read(post).document["body"] if node["type"] == "gallery"]
    assert shown["attrs"]["title"] == "The hills"
    assert [each["caption"] for each in shown["attrs"]["pictures"]] == ["As it was.", ""]

    edition = publish(Post.objects.get(pk=post.pk), by=None)
    reader = open_page()
    reader.goto(desk_server + edition.get_absolute_url())
    expect(reader.locator(".gallery figcaption").first).to_contain_text("As it was.")

    open_story(page, post)
    page.locator(".own-thumb").first.focus()
    page.keyboard.press("Alt+ArrowRight")
    save(page)
    page.goto(f"{desk_server}/admin/articles/post/{post.pk}/history/")
    expect(page.locator("body")).to_contain_text("gallery changed")
    page.get_by_role("link", name=re.compile("Compare|What changed", re.IGNORECASE)).first.click()
    expect(page.locator(".compare-gallery")).to_be_visible()
    page.get_by_role("button", name="Put the old words back").first.click()
    page.wait_for_load_state()
    post = Post.objects.get(pk=post.pk)
    assert compose(post)["regions"] == edition.document["regions"]
    assert complaints(page) == []

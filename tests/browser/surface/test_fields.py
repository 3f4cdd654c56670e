"""The fields of pictures, related links, pull quotes and embeds."""

import pytest

from .harness import own, paragraph
from .steps import answer, body, focused, put_cursor, select_node, selected, texts

OWN = {"caption": "Typed", "credit": "Me", "alt": "Seen"}


def picture(page, key="c1"):
    return page.locator(f"[data-id={key}]")


def attrs_of(page, key="c1"):
    return next(node["attrs"] for node in body(page) if node["attrs"]["id"] == key)


def replace_with(page, slug, key="c1"):
    answer(page, "choosePictures", [{"slug": slug}])
    page.evaluate(
        "(slug) => { trial.answers.choosePictures[0][0] = trial.refs.photo(slug); }", slug
    )
    select_node(page, key)
    picture(page, key).get_by_role("button", name="Replace").click()
    page.wait_for_function(
        "(slug) => trial.surface.getBody().some((node) => node.attrs.photo === slug)", arg=slug
    )


def test_the_librarys_words_stand_under_a_picture_with_a_mark(surface):
    page = surface(own("caption", "c1", photo="market"), paragraph("p1", "One"))

    caption = picture(page).get_by_label("Caption", exact=True)
    assert caption.get_attribute("placeholder") == "The market at noon"
    assert caption.input_value() == ""
    assert picture(page).locator(".own-mark:visible").count() == 3
    assert page.get_by_role("group", name="Picture: The market at noon").count() == 1


def test_the_librarys_words_can_be_taken_over_and_given_back(surface):
    page = surface(own("caption", "c1", photo="market"), paragraph("p1", "One"))
    select_node(page, "c1")

    picture(page).get_by_role("button", name="Change the library’s words: Caption").click()
    page.keyboard.type(" today")
    assert attrs_of(page)["caption"] == "The market at noon today"
    assert picture(page).locator(".own-mark:visible").count() == 2

    picture(page).get_by_role("button", name="Use the library’s words: Caption").click()
    assert attrs_of(page)["caption"] == ""
    assert focused(page) == "caption"


def test_fields_grow_with_their_words(surface):
    page = surface(own("caption", "c1", photo="market", caption="Short"), paragraph("p1", "One"))
    field = picture(page).get_by_label("Caption", exact=True)
    before = field.bounding_box()["height"]

    field.fill("Words that go on and on. " * 20)

    assert field.bounding_box()["height"] > 3 * before
    assert field.evaluate("(area) => area.scrollHeight <= area.clientHeight + 1")


def test_words_typed_for_a_replaced_picture_are_put_aside(surface):
    page = surface(own("caption", "c1", photo="market", **OWN), paragraph("p1", "One"))

    replace_with(page, "harbour")

    expected = {"id": "c1", "photo": "harbour", "caption": "", "credit": "", "alt": ""}
    assert attrs_of(page) == expected
    aside = picture(page).locator(".own-aside")
    assert all(words in aside.inner_text() for words in OWN.values())
    asked = page.evaluate("trial.log[0][1]")
    assert asked["replacing"]["photo"] == "market"
    assert asked["inStory"] == ["market"]

    aside.get_by_role("button", name="Keep what was typed").first.click()
    assert attrs_of(page) == expected | {"caption": "Typed"}
    assert "Typed" not in aside.inner_text()
    aside.get_by_role("button", name="Discard").first.click()
    assert "Me" not in aside.inner_text()


def test_undo_brings_the_old_picture_back_with_its_words(surface):
    page = surface(own("caption", "c1", photo="market", **OWN), paragraph("p1", "One"))
    replace_with(page, "harbour")

    put_cursor(page, "p1")
    page.keyboard.press("Control+z")

    assert attrs_of(page) == {"id": "c1", "photo": "market", **OWN}
    assert picture(page).locator(".own-aside").is_hidden()


def test_the_same_picture_again_keeps_its_words(surface):
    page = surface(own("caption", "c1", photo="market", **OWN), paragraph("p1", "One"))

    replace_with(page, "market")

    assert attrs_of(page) == {"id": "c1", "photo": "market", **OWN}


def test_a_picture_that_may_not_be_used_says_so(surface):
    page = surface(own("caption", "c1", photo="expired"), own("caption", "c2", photo="market"))

    assert picture(page).locator(".own-warning").inner_text() == "Rights ended on 2 January 2026."
    assert picture(page, "c2").locator(".own-warning").is_hidden()


def test_details_and_removal_of_a_picture(surface):
    page = surface(own("caption", "c1", photo="market"), paragraph("p1", "One"))
    select_node(page, "c1")

    picture(page).get_by_role("button", name="Details").click()
    assert page.evaluate("trial.log") == [["pictureDetails", "market"]]
    picture(page).get_by_role("button", name="Remove").click()

    assert texts(page) == ["One"]
    assert page.evaluate("trial.said.at(-1)").startswith("Removed.")
    page.keyboard.press("Control+z")
    assert texts(page) == ["caption", "One"]


def test_facts_that_arrive_later_are_shown(surface):
    page = surface(own("caption", "c1", photo="late"), own("relatedlink", "r1", story="u-late"))
    assert "Loading" in picture(page).inner_text()

    page.evaluate(
        """trial.refs.add({
            photos: { late: { ...trial.refs.photo("market"), slug: "late", caption: "Late" } },
            stories: { "u-late": { ...trial.refs.story("u-talks"), headline: "Late story" } },
        })"""
    )

    assert picture(page).get_by_label("Caption", exact=True).get_attribute("placeholder") == "Late"
    assert "Late story" in picture(page, "r1").inner_text()


def test_the_picture_above_the_story_is_the_same_form(surface):
    lead = {"id": "lead", "photo": "market", "caption": "", "credit": "", "alt": ""}
    page = surface(paragraph("p1", "One"), lead=lead)

    page.locator("#lead").get_by_label("Credit", exact=True).fill("Anna")

    assert page.evaluate("trial.log.at(-1)") == [
        "lead",
        lead | {"credit": "Anna"},
        {"credit": "Anna"},
    ]
    page.evaluate("trial.lead.update({ photo: 'harbour', credit: '' })")
    caption = page.locator("#lead").get_by_label("Caption", exact=True)
    assert caption.get_attribute("placeholder") == "The harbour in fog"


def test_a_related_link_is_one_line_that_says_where_it_leads(surface):
    page = surface(
        own("relatedlink", "r1", label="watch", story="u-talks"),
        own("relatedlink", "r2", story="u-convoy", headline="Its own headline"),
        own("relatedlink", "r3", url="https://www.example.org/a", title="A report"),
    )

    live, draft, outside = (picture(page, key).locator(".own-line") for key in ("r1", "r2", "r3"))
    assert "Peace talks adjourn without a date" in live.inner_text()
    assert "World · 26 November 2026 · Live" in live.inner_text()
    assert "Its own headline" in draft.inner_text()
    assert "example.org" in outside.inner_text()
    assert picture(page, "r1").locator(".own-unseen").is_hidden()
    assert "Readers do not see" in picture(page, "r2").locator(".own-unseen").inner_text()
    assert live.bounding_box()["height"] < 72


def test_a_related_link_opens_to_its_fields(surface):
    page = surface(
        own("relatedlink", "r1", label="watch", story="u-talks"),
        own("relatedlink", "r2", url="https://example.org/", title="A report"),
    )
    picture(page, "r1").get_by_role("button", name="Change this link").click()
    assert focused(page) == "headline"
    page.keyboard.type("Own")
    assert attrs_of(page, "r1")["headline"] == "Own"
    page.keyboard.press("Escape")
    assert selected(page) == "r1"

    page.evaluate("trial.surface.focusNode('r2', 'title')")
    assert focused(page) == "title"
    page.locator("[data-id=r1] select").select_option("live")
    assert attrs_of(page, "r1")["label"] == "live"


def test_an_embed_is_asked_for_and_edited(surface):
    page = surface(paragraph("p1", "One"))
    put_cursor(page, "p1", 3)
    answer(page, "askEmbed", {"url": "https://v.example/1", "title": "Speech", "provider": "V"})
    page.keyboard.type(" /emb")
    page.keyboard.press("Enter")
    page.wait_for_selector(".own-embed")

    page.locator(".own-embed").get_by_label("Title").fill("The speech")

    attrs = body(page)[1]["attrs"]
    assert (attrs["url"], attrs["title"], attrs["provider"]) == (
        "https://v.example/1",
        "The speech",
        "V",
    )


@pytest.mark.parametrize(
    ("key", "words"),
    [("t", "Theirs."), ("Enter", "Theirs."), ("m", "Mine."), ("Backspace", "Mine.")],
)
def test_one_key_settles_two_wordings(surface, key, words):
    page = surface(
        paragraph("p1", "Mine."), own("alternative", "a1", about="p1", text="Theirs.", who="Anna")
    )
    before = body(page)
    assert page.get_by_role("group", name="Other wording: Other wording by Anna").count() == 1
    assert [mark.inner_text() for mark in page.locator("mark").all()] == ["Mine", "Theirs"]
    select_node(page, "a1")

    page.keyboard.press(key)

    assert texts(page) == [words]
    assert body(page)[0]["attrs"]["id"] == "p1"
    page.keyboard.press("Control+z")
    assert body(page) == before


def test_a_colleagues_caption_is_taken_by_a_button(surface):
    page = surface(
        own("caption", "c1", photo="market", caption="Mine"),
        own("alternative", "a1", about="c1", field="caption", text="Theirs", who="Anna"),
        paragraph("p1", "One"),
    )

    page.get_by_role("button", name="Take theirs").click()

    assert attrs_of(page)["caption"] == "Theirs"
    assert texts(page) == ["caption", "One"]


def test_words_of_several_paragraphs_are_taken_as_paragraphs(surface):
    page = surface(
        paragraph("p1", "Mine."),
        own("alternative", "a1", about="p1", text="One.\n\nTwo.", who="Anna"),
    )

    page.get_by_role("button", name="Take theirs").click()

    assert texts(page) == ["One.", "Two."]
    assert body(page)[0]["attrs"]["id"] == "p1"


def test_fields_send_nothing_with_the_form_of_the_page(surface):
    page = surface(own("caption", "c1", photo="market"), own("relatedlink", "r1", story="u-talks"))

    names = page.evaluate("[...new FormData(document.getElementById('page-form')).keys()]")

    assert names == []
    page.locator("[data-id=r1]").get_by_role("button", name="Change this link").click()
    page.keyboard.press("Enter")
    assert page.url == "https://desk.test/"

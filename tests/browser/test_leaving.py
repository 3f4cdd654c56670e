"""Leaving a page on which something was typed, in a real browser."""

import pytest

from articles.desk import roles as names
from tests.builders import make_author, make_photo, make_post, make_topic

from .desk import open_story, sign_in


@pytest.fixture
def editor(desk_server, open_page, roles):
    page = sign_in(open_page(), desk_server, names.EDITOR, "editor")
    page.asked = []

    def leave(dialog):
        page.asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", leave)
    return page


def leave(page):
    page.locator(".desk-places a", has_text="Stories").first.click()
    page.wait_for_url("**/articles/post/**")
    return page.asked


@pytest.mark.parametrize(
    ("address", "field"),
    [
        ("plan/add/", "#id_slug_line"),
        ("topic/{topic}/change/", "#id_name"),
        ("author/{author}/change/", "#id_bio"),
        ("photo/{photo}/change/", "#id_alt"),
        ("photo/upload/", "#id_caption"),
    ],
)
def test_whoever_leaves_a_form_with_words_that_are_not_saved_is_asked(editor, address, field):
    keys = {"topic": make_topic().pk, "author": make_author().pk, "photo": make_photo().pk}
    editor.goto(f"{editor.base}/admin/articles/{address.format(**keys)}")
    assert leave(editor) == []

    editor.goto(f"{editor.base}/admin/articles/{address.format(**keys)}")
    editor.locator(field).press_sequentially("Words")

    assert leave(editor) == ["beforeunload"]


def test_half_a_note_beside_a_story_is_asked_about(editor):
    open_story(editor, make_post("Talks", status="draft"))
    editor.click("#tab-notes")
    editor.fill("#note-text", "Half a note")

    editor.goto(f"{editor.base}/admin/articles/topic/")

    assert editor.asked == ["beforeunload"]


def test_saving_asks_nothing_and_what_was_refused_is_asked_about(editor):
    topic = make_topic()
    editor.goto(f"{editor.base}/admin/articles/topic/{topic.pk}/change/")
    editor.fill("#id_name", "")
    editor.keyboard.press("Enter")
    editor.wait_for_selector(".errorlist")
    assert editor.asked == []

    assert leave(editor) == ["beforeunload"]


def test_ticks_in_a_list_are_left_without_a_question(editor):
    make_topic()
    editor.goto(f"{editor.base}/admin/articles/topic/")
    editor.check(".action-select")

    assert leave(editor) == []


def test_no_is_an_answer_and_asked_about_no_more(editor):
    post = make_post("Talks", status="draft")
    page = f"{editor.base}/admin/articles/post/{post.pk}/step/embargo/"
    editor.goto(page)
    editor.check("[name=kind][value=open]")
    editor.fill("[name=day]", "2099-06-01")
    assert editor.is_checked("[name=kind][value=until]")  # who gives a day means one until then

    editor.click("text=No, back to the story")

    editor.wait_for_url("**/change/")
    assert editor.asked == []

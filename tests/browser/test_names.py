"""Topics put in order by somebody who uses the keyboard, in a real browser."""

import pytest
from playwright.sync_api import expect

from articles.desk import roles as names
from articles.models import NearDouble, Topic
from articles.publishing.names.kinds import TOPICS
from articles.publishing.names.near_double import look_for_doubles
from tests.builders import make_post, make_topic

from .desk import complaints, sign_in

TOPIC_LIST = "/admin/articles/topic/"


@pytest.fixture
def editor(desk_server, open_page, roles):
    return sign_in(open_page(), desk_server, names.EDITOR, "editor")


def test_two_topics_are_merged_and_undone_by_keyboard_alone(editor):
    make_post(topics=["UN"])
    make_post(topics=["United Nations"])
    make_post(topics=["United Nations"])
    editor.goto(f"{editor.base}{TOPIC_LIST}")

    for box in editor.locator("input.action-select").all():
        box.press("Space")
    editor.focus("select[name=action]")
    editor.keyboard.type("Merge")
    editor.locator("button[name=index]").press("Enter")
    expect(editor.get_by_label("United Nations")).to_be_checked()
    editor.get_by_role("button", name="Merge").press("Enter")
    expect(editor.locator(".messagelist")).to_contain_text("Merged into “United Nations”")
    assert [topic.name for topic in Topic.objects.all()] == ["United Nations"]

    editor.get_by_role("link", name="Look at it, or undo it").press("Enter")
    editor.get_by_role("button", name="Undo: UN").press("Enter")

    expect(editor.locator(".messagelist")).to_contain_text("“UN” is there again")
    assert Topic.objects.get(name="UN").post_topics.count() == 1
    assert complaints(editor) == []


def test_a_topic_is_merged_into_one_that_is_found_in_the_picker(editor):
    gone, kept = make_topic("UN"), make_topic("United Nations")
    editor.goto(f"{editor.base}{TOPIC_LIST}merge/?row={gone.pk}")

    editor.locator(".names-into .select2-selection").press("Enter")
    editor.keyboard.type("nations")
    expect(editor.locator(".select2-results__option--highlighted")).to_contain_text("United")
    editor.keyboard.press("Enter")
    editor.get_by_role("button", name="Merge").press("Enter")

    expect(editor.locator(".messagelist")).to_contain_text("Merged into “United Nations”")
    assert Topic.objects.get() == kept


def test_pairs_are_worked_off_on_a_phone(editor):
    for name in ("Ukraine", "Urkaine", "Zola, Emile", "Emile Zola"):
        make_topic(name)
    look_for_doubles(TOPICS)
    editor.set_viewport_size({"width": 360, "height": 740})
    editor.goto(f"{editor.base}{TOPIC_LIST}doubles/")
    width = editor.evaluate("document.documentElement.scrollWidth")
    assert width <= 360

    editor.get_by_role("button", name="Two different things").first.click()
    editor.get_by_role("button", name="Merge").click()

    expect(editor.locator("#content")).to_contain_text("No pairs are left")
    assert NearDouble.objects.filter(is_two_things=True).count() == 1
    assert Topic.objects.count() == 3

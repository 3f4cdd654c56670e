"""Views of the list of stories that are kept under a name."""

import pytest
from django.core.exceptions import PermissionDenied

from articles.desk import story_view
from articles.desk.story_view import in_order, remove_view, save_view, views_of
from articles.desk.workflow import Refusal
from articles.models import StoryView
from tests.builders import make_user

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/post/"


def named(user):
    return [view.name for view in in_order(views_of(user.pk))]


def test_a_view_keeps_what_the_list_was_asked(client, reporter):
    client.force_login(reporter)

    page = client.post(
        f"{LIST}views/keep/?state=draft&p=3&x=y", {"name": " My  drafts "}, follow=True
    )

    assert StoryView.objects.get().query == "state=draft"
    assert "“My drafts” is kept" in page.text
    assert 'href="?state=draft"' in client.get(LIST).text


def test_a_view_of_one_person_is_nobody_elses(reporter, editor):
    save_view("Mine", "state=draft", by=reporter)

    assert named(reporter) == ["Mine"]
    assert named(editor) == []


def test_who_approves_shares_views_with_everybody(client, reporter, editor):
    save_view("For all", "state=ready", by=editor, is_shared=True)

    assert named(reporter) == ["For all"]
    with pytest.raises(PermissionDenied):
        save_view("For all", "", by=reporter, is_shared=True)
    client.force_login(reporter)
    answer = client.post(f"{LIST}views/keep/?state=draft", {"name": "X", "is_shared": "on"})
    assert answer.status_code == 403
    assert named(editor) == ["For all"]


def test_a_view_is_removed_by_its_owner_and_a_shared_one_by_who_shares(reporter, editor):
    own, shared = (
        save_view("Mine", "", by=reporter),
        save_view("All", "", by=editor, is_shared=True),
    )

    for view, who in ((own, editor), (shared, reporter)):
        with pytest.raises(PermissionDenied):
            remove_view(view.pk, by=who)
    colleague = make_user()
    assert remove_view(shared.pk, by=colleague) == "All"
    assert remove_view(own.pk, by=reporter) == "Mine"
    with pytest.raises(Refusal):
        remove_view(own.pk, by=reporter)


def test_views_are_bounded_and_need_a_name(reporter, monkeypatch):
    monkeypatch.setattr(story_view, "MAX_VIEWS", 2)
    for name in ("", " \x00 "):
        with pytest.raises(Refusal):
            save_view(name, "state=draft", by=reporter)
    with pytest.raises(Refusal):
        save_view("Long", "q=" + "x" * 700, by=reporter)
    for name in ("A", "B", "C"):
        save_view(name, "", by=reporter)
    save_view("A", "state=ready", by=reporter)
    with pytest.raises(Refusal):
        save_view("D", "", by=reporter)


def test_the_same_name_keeps_the_newer_view(reporter):
    save_view("Mine", "state=draft", by=reporter)
    save_view("Mine", "state=ready", by=reporter)

    assert StoryView.objects.get().query == "state=ready"


@pytest.mark.parametrize("path", ["views/keep/", "views/drop/", "columns/"])
def test_looking_changes_nothing(client, editor, path):
    client.force_login(editor)

    assert client.get(f"{LIST}{path}").status_code == 302
    assert not StoryView.objects.exists()


def test_a_wrong_number_of_a_view_is_no_error(client, editor):
    client.force_login(editor)

    for key in ("", "x", "9" * 30, "-1"):
        assert client.post(f"{LIST}views/drop/", {"view": key}).status_code == 302


def test_a_name_of_invisible_characters_is_no_name(client, editor):
    """Without a name a view holds somebody's columns."""
    client.force_login(editor)
    client.post(f"{LIST}columns/", {"column": ["section"]})

    page = client.post(
        f"{LIST}views/keep/?state=draft", {"name": "\u200b\u2060", "is_shared": "on"}, follow=True
    )

    assert "Give the view a name" in page.text
    assert StoryView.objects.get().query == "section"


def test_invisible_characters_in_a_name_make_no_second_view(reporter):
    save_view("Mine", "state=draft", by=reporter)

    save_view("\u202eMi\u200bne", "state=ready", by=reporter)

    assert named(reporter) == ["Mine"]
    assert StoryView.objects.get().query == "state=ready"

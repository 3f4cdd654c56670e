"""Addresses and inputs that somebody changed by hand: an answer or a sentence, never a 500."""

import pytest
from django.contrib.auth.models import User

from articles.models import Post, Topic
from tests.admin.forms import change_url, filled
from tests.builders import make_post, make_user

pytestmark = pytest.mark.django_db

NUL, SQUARED, HUGE = "%00", "%C2%B2", "9" * 30


@pytest.fixture
def chief(client):
    client.force_login(User.objects.create_superuser("chief", password="x"))
    return client


@pytest.mark.parametrize("value", [NUL, f"a{NUL}b", SQUARED, HUGE, "%ED%A0%80"])
@pytest.mark.parametrize(
    "address",
    [
        "/admin/articles/post/?status=",
        "/admin/articles/post/?section=",
        "/admin/articles/post/?section__id__exact=",
        "/admin/articles/post/?q=",
        "/admin/articles/post/?p=",
        "/admin/articles/post/?saved_at__year=",
        "/admin/articles/post/?topic=",
        "/admin/articles/photo/?added_at__year=",
        "/admin/articles/topic/?q=",
        "/admin/auth/user/?groups__id__exact=",
        "/admin/articles/post/add/?topics=",
        "/admin/articles/post/add/?section=",
        "/admin/articles/author/add/?user=",
        "/admin/articles/topic/add/?picture=",
        "/admin/articles/topic/add/?_to_field=",
    ],
)
def test_nonsense_in_an_address_is_answered(chief, address, value):
    assert chief.get(address + value).status_code in {200, 302, 400}


@pytest.mark.parametrize("value", [NUL, f"a{NUL}b", SQUARED, HUGE])
@pytest.mark.parametrize("name", ["term", "page", "field_name", "model_name", "app_label"])
def test_nonsense_in_a_pickers_question_is_answered(chief, name, value):
    asked = {"app_label": "articles", "model_name": "post", "field_name": "section", "term": "a"}
    query = "&".join(f"{key}={part}" for key, part in (asked | {name: value}).items())

    assert chief.get(f"/admin/autocomplete/?{query}").status_code in {200, 403, 404}


def test_a_row_that_has_no_such_field_is_asked_for_by_its_key(chief):
    post = make_post()

    assert chief.get(change_url(post) + "?_to_field=%00").status_code == 200


@pytest.mark.parametrize("value", ["²", "\x00", "9" * 30, "٣", "-1"])
@pytest.mark.parametrize("name", ["section", "translation_of", "topics", "named_authors"])
def test_nonsense_in_a_conflict_is_shown_as_it_was_sent(chief, name, value):
    post = make_post()
    data = filled(chief, post) | {"headline": "Typed", name: [value]}
    Post.objects.filter(pk=post.pk).update(version=2, saved_by=make_user())

    answer = chief.post(change_url(post), data)

    assert answer.status_code == 200
    assert "Typed</textarea>" in answer.text


@pytest.mark.parametrize("value", ["²", "\x00", "9" * 30, "-1", ""])
@pytest.mark.parametrize("action", ["merge", "delete_selected"])
def test_nonsense_for_the_chosen_rows_chooses_none(chief, action, value):
    topic = Topic.objects.create(name="Syria", slug="syria")
    data = {"action": action, "_selected_action": [value], "keep": value, "index": value}

    answer = chief.post("/admin/articles/topic/", data)

    assert answer.status_code in {200, 302}
    assert Topic.objects.filter(pk=topic.pk).exists()


@pytest.mark.parametrize("value", ["²", "9" * 30, "9" * 19])
def test_nonsense_for_a_role_is_answered_in_words(chief, value):
    user = make_user()

    answer = chief.post(
        f"/admin/auth/user/{user.pk}/change/", {"username": "robert", "groups": [value]}
    )

    assert answer.status_code in {200, 400}
    assert "robert" in answer.text


def test_rows_named_in_an_address_begin_a_form(chief):
    topic = Topic.objects.create(name="Syria", slug="syria")

    page = chief.get(f"/admin/articles/post/add/?topics={topic.pk}&headline=Quiet")

    form = page.context["adminform"].form
    assert form.initial["topics"] == [topic]
    assert form.initial["headline"] == "Quiet"

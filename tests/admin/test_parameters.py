"""Addresses and inputs that somebody changed by hand: an answer or a sentence, never a 500."""

import pytest
from django.contrib.admin import site
from django.contrib.auth.models import User
from django.urls import reverse

from articles.models import Post, Topic
from tests.admin.forms import change_url, filled
from tests.admin.writing.sending import document_of
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


LISTS = [
    reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    for model in site._registry
]


@pytest.mark.parametrize("words", ["x" * 300_000, "x " * 150_000, "%' OR " * 50_000])
@pytest.mark.parametrize("address", [*LISTS, "/admin/articles/author/people/"])
def test_a_search_as_long_as_a_book_is_cut_in_every_list(chief, address, words):
    page = chief.get(address, {"q": words})

    assert page.status_code in {200, 302, 403, 404}
    assert len(page.content) < 200_000


@pytest.mark.parametrize("name", ["username__icontains", "groups__id__exact", "username__in", "o"])
def test_a_filter_as_long_as_a_book_is_answered_too(chief, name):
    for value in ("x" * 300_000, "1," * 150_000, "9" * 300_000):
        assert chief.get("/admin/auth/user/", {name: value}).status_code in {200, 302, 400}


@pytest.mark.parametrize("model", ["post", "topic", "author", "photo"])
def test_a_pickers_question_as_long_as_a_book_is_cut(chief, model):
    field = {"post": "translation_of", "topic": "picture", "author": "user", "photo": "picture"}
    asked = {"app_label": "articles", "model_name": "topic", "field_name": field["topic"]}

    for words in ("x" * 300_000, "x " * 150_000):
        assert chief.get("/admin/autocomplete/", asked | {"term": words}).status_code == 200


def test_a_row_that_has_no_such_field_is_asked_for_by_its_key(chief):
    post = make_post()

    assert chief.get(change_url(post) + "?_to_field=%00").status_code == 200


@pytest.mark.parametrize("value", ["²", "\x00", "9" * 30, "٣", "-1"])
@pytest.mark.parametrize("start", ["", "initial-"])
@pytest.mark.parametrize("name", ["section", "translation_of", "topics", "named_authors"])
def test_nonsense_in_a_field_stops_none_of_the_words(chief, name, start, value):
    post = make_post(topics=["Syria"])
    data = filled(chief, post) | {"headline": "Typed", f"{start}{name}": [value]}
    Post.objects.filter(pk=post.pk).update(version=2, saved_by=make_user())

    answer = chief.post(change_url(post), data)

    assert answer.status_code == 302
    assert Post.objects.get(pk=post.pk).headline == "Typed"
    assert [topic.name for topic in post.topics.all()] == ["Syria"]


@pytest.mark.parametrize("value", ["", "²", "\x00", "9" * 30, "-1", "[]", "{}", "null", "NaN", "'"])
@pytest.mark.parametrize("name", ["document", "base", "version", "auto", "form_token"])
@pytest.mark.parametrize("is_new", [True, False])
def test_nonsense_in_a_save_is_answered_in_words(chief, name, value, is_new):
    post = make_post()
    data = filled(chief, None if is_new else post) | {"headline": "Typed", name: value}
    before = document_of(post)
    Post.objects.filter(pk=post.pk).update(version=2, saved_by=make_user())
    page, script = ("add/", "add/save/") if is_new else (f"{post.pk}/change/", f"{post.pk}/save/")

    plain = chief.post(f"/admin/articles/post/{page}", data)
    answer = chief.post(f"/admin/articles/post/{script}", data)

    assert plain.status_code in {302, 409}
    if plain.status_code == 409:
        assert "Typed" in plain.text
    assert answer.status_code in {200, 400, 409}
    if answer.status_code == 400:
        assert answer.json()["refused"]
    assert document_of(post) == before


@pytest.mark.parametrize("key", ["0", HUGE, "9" * 19])
@pytest.mark.parametrize("page", ["save", "since", "standing", "change", "step/publish"])
def test_a_story_that_is_not_there_is_answered(chief, key, page):
    address = f"/admin/articles/post/{key}/{page}/"

    for answer in (chief.get(address), chief.post(address, {"version": "1"})):
        assert answer.status_code in {302, 400, 404, 405}


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

    form = page.context["form"]
    assert form.initial["topics"] == [topic]
    assert form.initial["headline"] == "Quiet"

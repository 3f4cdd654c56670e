"""Who may open which address of the admin, and what a POST made by hand cannot do."""

import datetime as dt
from types import SimpleNamespace

import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.auth.models import Group
from django.urls import URLResolver, get_resolver, reverse
from django.utils import timezone

from articles.desk import roles
from articles.models import Breaking, Edition, Post, Transition
from articles.publishing.steps.checkpoint import keep
from tests.admin.forms import change_url, filled
from tests.builders import (
    make_author,
    make_photo,
    make_post,
    make_section,
    make_story,
    make_topic,
    make_user,
)

pytestmark = pytest.mark.django_db

PEOPLE = {
    "R": roles.REPORTER,
    "E": roles.EDITOR,
    "P": roles.PICTURE_EDITOR,
    "A": roles.ADMINISTRATOR,
    "-": None,  # on the staff, with no role
}

# Address → who may open it. Everybody else is refused (403), strangers are asked to sign in.
MAY_OPEN = {
    "index": "REPA-",
    "password_change": "REPA-",
    "password_change_done": "REPA-",
    "jsi18n": "REPA-",
    "articles_post_changelist": "REPA",
    "articles_post_change": "REPA",
    "articles_post_history": "REPA",
    "articles_post_preview": "REPA",
    "articles_post_edition": "REPA",
    "articles_post_copy": "REPA",
    "articles_post_add": "REA",
    "articles_post_step": "EA",
    "articles_post_restore": "EA",
    "articles_post_delete": "EA",
    "articles_section_changelist": "REPA",
    "articles_section_change": "REPA",
    "articles_section_history": "REPA",
    "articles_section_add": "A",
    "articles_section_delete": "A",
    "articles_topic_changelist": "REPA",
    "articles_topic_change": "REPA",
    "articles_topic_history": "REPA",
    "articles_topic_add": "REA",
    "articles_topic_delete": "EA",
    "articles_author_changelist": "REPA",
    "articles_author_change": "REPA",
    "articles_author_history": "REPA",
    "articles_author_add": "EA",
    "articles_author_delete": "EA",
    "articles_placement_changelist": "EA",
    "articles_placement_front": "EA",
    "articles_placement_draft": "EA",
    "articles_placement_compare": "EA",
    "articles_breaking_changelist": "EA",
    "articles_breaking_change": "EA",
    "articles_breaking_history": "EA",
    "articles_breaking_add": "EA",
    "articles_breaking_delete": "",
    "articles_breaking_end": "EA",
    "articles_photo_changelist": "REPA",
    "articles_photo_change": "REPA",
    "articles_photo_history": "REPA",
    "articles_photo_add": "REPA",
    "articles_photo_delete": "EPA",
    "auth_group_changelist": "A",
    "auth_group_change": "A",
    "auth_group_history": "A",
    "auth_group_add": "",
    "auth_group_delete": "",
    "auth_user_changelist": "A",
    "auth_user_change": "A",
    "auth_user_history": "A",
    "auth_user_add": "A",
    "auth_user_delete": "A",
    "auth_user_password_change": "A",
    # Who tried to sign in: a superuser's alone.
    **{
        f"axes_{model}_{page}": ""
        for model in ("accessattempt", "accesslog", "accessfailurelog")
        for page in ("changelist", "add", "change", "history", "delete")
    },
}

# What a GET does not do: it leads back.
ONLY_POSTED = {"articles_breaking_end"}

# Doors, and addresses that the tests below open with what they ask for.
ELSEWHERE = {"login", "logout", "autocomplete", "view_on_site", "app_list"}


def patterns_of_the_desk(patterns, inside=False):
    """Every address pattern of the admin, from the resolver."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            admins = inside or getattr(pattern, "app_name", "") == "admin"
            yield from patterns_of_the_desk(pattern.url_patterns, admins)
        elif inside:
            yield pattern


def names():
    """The names of all addresses of the admin, each once."""
    found = (pattern.name for pattern in patterns_of_the_desk(get_resolver().url_patterns))
    return set(found) - {None}


def test_the_table_has_every_address_of_the_desk_and_no_other():
    assert names() == MAY_OPEN.keys() | ELSEWHERE


def test_an_address_without_a_name_leads_to_one_with_a_name_or_nowhere():
    unnamed = [
        pattern.lookup_str.rpartition(".")[2]
        for pattern in patterns_of_the_desk(get_resolver().url_patterns)
        if pattern.name is None
    ]

    # The old address of a row's form, and whatever else there may be, which is not found.
    assert set(unnamed) == {"RedirectView", "catch_all_view"}
    assert unnamed.count("catch_all_view") == 1


@pytest.fixture
def rows(editor):
    """A row of every kind, by the model's name in addresses."""
    return {
        "articles_post": make_post(status=Post.Status.READY, created_by=editor),
        "articles_section": make_section("Unused"),
        "articles_topic": make_topic(),
        "articles_author": make_author(),
        "articles_placement": SimpleNamespace(pk="home"),  # a front, by its name in addresses
        "articles_breaking": Breaking.objects.create(
            text="It happened",
            post=make_story(),
            owner=editor,
            live_from=timezone.now(),
            live_until=timezone.now() + dt.timedelta(hours=1),
        ),
        "articles_photo": make_photo(),
        "axes_accessattempt": AccessAttempt.objects.create(failures_since_start=1),
        "axes_accesslog": AccessLog.objects.create(),
        "axes_accessfailurelog": AccessFailureLog.objects.create(),
        "auth_user": make_user(role=None),
        "auth_group": Group.objects.get(name=roles.EDITOR),
    }


def addresses(rows):
    """(name, address) of all that the admin offers of these rows."""
    story = make_story()
    keep(rows["articles_post"])
    for name in sorted(names() - ELSEWHERE):
        model, _, page = name.rpartition("_")
        if model in ("auth_user_password",):
            model, page = "auth_user", "password_change"
        if page == "step":
            args = [rows[model].pk, "publish"]
        elif page == "edition":
            args = [story.pk, 1]
        elif page == "restore":
            args = [story.pk, "edition", 1]
        elif page == "copy":
            args = [rows[model].pk, rows[model].version]
        elif page in {"changelist", "add", "done"} or model not in rows:
            args = []
        else:
            args = [rows[model].pk]
        yield name, reverse(f"admin:{name}", args=args)


@pytest.mark.parametrize("letter", PEOPLE)
def test_every_address_opens_for_just_the_roles_in_the_table(client, rows, letter):
    client.force_login(make_user(PEOPLE[letter]))
    wrong = []

    for name, address in addresses(rows):
        answer = client.get(address)
        opened = 302 if name in ONLY_POSTED else 200
        expected = opened if letter in MAY_OPEN.get(name, "") else 403
        if answer.status_code != expected:
            wrong.append((name, answer.status_code))

    assert wrong == []


@pytest.mark.parametrize("person", ["administrator", "nobody"])
def test_no_cache_may_keep_any_answer_of_the_desk(client, rows, administrator, person):
    if person == "administrator":
        client.force_login(administrator)
    more = ("/admin/autocomplete/", "/admin/login/", "/admin/no/such/page/", "/admin/logout/")

    for address in [*(address for _name, address in addresses(rows)), *more]:
        said = client.get(address).headers.get("Cache-Control", "")
        assert {"private", "no-store"} <= set(said.split(", ")), address


def test_a_stranger_is_asked_to_sign_in_everywhere(client, rows):
    for name, address in addresses(rows):
        if name == "jsi18n":
            continue
        answer = client.get(address)
        assert answer.status_code == 302, name
        assert "/login/" in answer.url, name


def test_a_reader_who_signed_in_is_no_member_of_the_desk(client, rows):
    user = make_user(role=None)
    user.is_staff = False
    user.save()
    client.force_login(user)

    for name, address in addresses(rows):
        if name != "jsi18n":
            assert "/login/" in client.get(address).url, name


def test_autocomplete_answers_only_those_who_may_see_the_rows(client):
    make_post("Marker")
    asked = {"app_label": "articles", "model_name": "relatedlink", "field_name": "story"}
    client.force_login(make_user(roles.REPORTER))
    assert "Marker" in client.get("/admin/autocomplete/", asked | {"term": "mark"}).text
    client.force_login(make_user(role=None))

    assert client.get("/admin/autocomplete/", asked | {"term": "mark"}).status_code == 403


def test_a_reporter_cannot_change_a_colleagues_story_by_hand(client, reporter, editor):
    post = make_post("Theirs", status="draft", created_by=editor)
    client.force_login(editor)
    data = filled(client, post) | {"headline": "Taken", "_popup": "1"}
    client.force_login(reporter)

    assert client.post(change_url(post), data).status_code == 403
    assert (
        client.post(f"/admin/articles/post/{post.pk}/delete/", {"post": "yes"}).status_code == 403
    )
    assert Post.objects.get(pk=post.pk).headline == "Theirs"


def test_a_new_post_made_by_hand_starts_as_a_draft_of_its_maker(client, reporter, editor):
    client.force_login(reporter)
    data = filled(client) | {
        "headline": "By hand",
        "status": "published",
        "created_by": editor.pk,
        "saved_by": editor.pk,
        "version": "7",
        "published_version": "7",
        "published_at": "2001-01-01T10:00",
        "uuid": "0" * 32,
    }

    client.post("/admin/articles/post/add/", data)

    post = Post.objects.get()
    assert (post.status, post.created_by, post.saved_by) == ("draft", reporter, reporter)
    assert (post.version, post.published_version, post.published_at) == (1, None, None)
    assert not Edition.objects.exists()


def test_no_get_takes_a_step(client, editor):
    post = make_post()
    client.force_login(editor)

    client.get(f"/admin/articles/post/{post.pk}/step/publish/", {"seen": "1/ready/0/"})

    assert not Transition.objects.exists()


def test_a_step_without_the_forgery_token_is_refused(client, editor):
    strict = type(client)(enforce_csrf_checks=True)
    post = make_post()
    strict.force_login(editor)

    answer = strict.post(f"/admin/articles/post/{post.pk}/step/publish/", {"seen": "1/ready/0/"})

    assert answer.status_code == 403
    assert not Edition.objects.exists()

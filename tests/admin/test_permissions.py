"""Who may open which address of the admin, and what a POST made by hand cannot do."""

import datetime as dt
import json
from types import SimpleNamespace

import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.auth.models import Group
from django.urls import URLResolver, get_resolver, reverse
from django.utils import timezone

from articles.desk import roles
from articles.desk.planning.plan_story import plan_story
from articles.desk.search.index import index_posts
from articles.importing.incoming import Incoming
from articles.models import (
    Breaking,
    Edition,
    HouseWord,
    ImportedStory,
    ImportRun,
    OldAddress,
    Post,
    Transition,
)
from articles.publishing.names.merge import merge
from articles.publishing.steps.checkpoint import keep
from tests.admin.filling import add_block
from tests.admin.forms import change_url, filled
from tests.admin.writing.sending import document_of
from tests.builders import (
    make_author,
    make_photo,
    make_post,
    make_recording,
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
    "L": roles.LAWYER,
    "-": None,  # on the staff, with no role
}

# Address → who may open it. Everybody else is refused (403), strangers are asked to sign in.
MAY_OPEN = {
    "index": "REPAL-",
    "settings": "REPAL-",
    "calendar": "REPAL",
    "calendar_move": "REPAL",
    "calendar_undo": "REPAL",
    "calendar_feed": "REPAL",
    "password_change": "REPAL-",
    "password_change_done": "REPAL-",
    "jsi18n": "REPAL-",
    "second_factor": "REPAL-",
    "own_sessions": "REPAL-",
    "own_mail": "REPAL",
    "auth_user_sessions": "A",
    "auth_user_factor": "A",
    "auth_user_see": "A",
    "log": "A",
    "log_csv": "A",
    "auth_group_rights": "A",
    "auth_group_factor": "A",
    "stop_seeing": "REPAL-",
    "machine": "A",
    "dead_links": "REPAL",
    "time_machine": "REPAL",
    "time_machine_page": "REPAL",
    "articles_post_changelist": "REPAL",
    "articles_post_change": "REPAL",
    "articles_post_history": "REPAL",
    "articles_post_preview": "REPAL",
    "articles_post_edition": "REPAL",
    "articles_post_copy": "REPAL",
    "articles_post_add": "REA",
    "articles_post_since": "REPAL",
    "articles_post_standing": "REPAL",
    "articles_post_refs": "REPAL",
    "articles_post_photos": "REPAL",
    "articles_post_stories": "REPAL",
    "articles_post_photo_words": "REPAL",
    "articles_post_embed": "REPAL",
    "articles_post_step": "EA",
    "articles_post_checks": "REPAL",
    "house_style": "REPAL",
    "articles_houseword_changelist": "REPAL",
    "articles_houseword_change": "REPAL",
    "articles_houseword_history": "REPAL",
    "articles_houseword_add": "EA",
    "articles_houseword_delete": "EA",
    "articles_post_restore": "EA",
    "articles_post_compare": "REPAL",
    "articles_post_putback": "EA",
    "articles_post_name": "EA",
    "articles_post_delete": "EA",
    "articles_post_notes": "REPAL",
    "articles_post_share": "REPA",
    "shared_previews": "REPA",
    "articles_plan_changelist": "REPAL",
    "articles_plan_change": "REPAL",
    "articles_plan_history": "REPAL",
    "articles_plan_need": "REPAL",
    "articles_plan_add": "REA",
    "articles_plan_copy": "EA",
    "articles_plan_delete": "EA",
    "articles_post_keep_view": "REPAL",
    "articles_post_drop_view": "REPAL",
    "articles_post_columns": "REPAL",
    "articles_section_changelist": "REPAL",
    "articles_section_change": "REPAL",
    "articles_section_history": "REPAL",
    "articles_section_add": "A",
    "articles_section_delete": "A",
    "articles_topic_changelist": "REPAL",
    "articles_topic_change": "REPAL",
    "articles_topic_history": "REPAL",
    "articles_topic_add": "REA",
    "articles_topic_delete": "EA",
    "articles_topic_merge": "EA",
    "articles_topic_doubles": "EA",
    "articles_topic_several": "EA",
    "articles_topic_names": "REPAL",
    "articles_topic_undo": "EA",
    "articles_author_changelist": "REPAL",
    "articles_author_change": "REPAL",
    "articles_author_history": "REPAL",
    "articles_author_add": "EA",
    "articles_author_delete": "EA",
    "articles_author_people": "REPAL",
    "articles_author_merge": "EA",
    "articles_author_doubles": "EA",
    "articles_author_several": "EA",
    "articles_author_names": "REPAL",
    "articles_author_undo": "EA",
    "auth_user_leave": "A",
    "articles_importrun_changelist": "A",
    "articles_importrun_change": "A",
    "articles_importrun_history": "A",
    "articles_importrun_csv": "A",
    "articles_importrun_map": "A",
    "articles_post_both": "A",
    "articles_importrun_add": "A",
    "articles_importrun_delete": "",
    "articles_oldaddress_changelist": "A",
    "articles_oldaddress_change": "A",
    "articles_oldaddress_history": "A",
    "articles_oldaddress_add": "A",
    "articles_oldaddress_delete": "A",
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
    "articles_photo_changelist": "REPAL",
    "articles_photo_change": "REPAL",
    "articles_photo_history": "REPAL",
    "articles_photo_add": "REPA",
    "articles_photo_delete": "EPA",
    "articles_photo_upload_many": "REPA",
    "articles_photo_together": "REPA",
    "articles_photo_alt": "REPA",
    "articles_photo_replace": "REPA",
    "articles_photo_doubles": "REPAL",
    "articles_photo_merge": "EPA",
    "articles_photo_several": "EPA",
    "articles_recording_changelist": "REPAL",
    "articles_recording_change": "REPAL",
    "articles_recording_history": "REPAL",
    "articles_recording_add": "REPA",
    "articles_recording_delete": "EPA",
    "articles_recording_choose": "REPAL",
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
ONLY_POSTED = {
    "calendar_undo",
    "articles_topic_undo",
    "articles_author_undo",
    "articles_breaking_end",
    "articles_post_putback",
    "articles_post_name",
    "articles_post_notes",
    "articles_plan_history",
    "articles_plan_need",
    "articles_plan_copy",
    "articles_post_keep_view",
    "articles_post_drop_view",
    "articles_post_columns",
    "auth_user_factor",
    "auth_user_see",
    "auth_group_factor",
    "stop_seeing",
}

# What is answered to a POST alone, in JSON; the role is asked in a test below.
SENT_BY_SCRIPT = {"articles_post_save", "articles_post_save_new", "articles_post_upload"} | {
    "articles_post_unsaved",
    "articles_post_embed_fetch",
    "articles_recording_drop",
}

# What only the writing screen's script asks: in JSON, and strangers are told so in it.
TOLD_IN_JSON = {
    "articles_post_save",
    "articles_post_save_new",
    "articles_post_since",
    "articles_post_standing",
    "articles_post_photos",
    "articles_post_stories",
    "articles_post_refs",
    "articles_post_upload",
    "articles_post_photo_words",
    "articles_post_embed",
    "articles_post_embed_fetch",
    "articles_recording_choose",
    "articles_recording_drop",
}

# Doors, and addresses that the tests below open with what they ask for.
ELSEWHERE = {
    "login",
    "login_code",
    "login_set_up",
    "logout",
    "autocomplete",
    "view_on_site",
    "app_list",
    "calendar_ics",
}


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
    assert names() == MAY_OPEN.keys() | SENT_BY_SCRIPT | ELSEWHERE


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
        "articles_plan": plan_story(slug_line="Planned", by=None, needs=["picture"]).plan,
        "articles_section": make_section("Unused"),
        "articles_topic": make_topic(),
        "articles_author": make_author(),
        "articles_author_undo": merge([make_author("Old")], make_author(), by=None)[0],
        "articles_topic_undo": merge([make_topic("Old")], make_topic(), by=None)[0],
        "articles_placement": SimpleNamespace(pk="home"),  # a front, by its name in addresses
        "articles_breaking": Breaking.objects.create(
            text="It happened",
            post=make_story(),
            owner=editor,
            live_from=timezone.now(),
            live_until=timezone.now() + dt.timedelta(hours=1),
        ),
        "articles_photo": make_photo(),
        "articles_recording": make_recording(),
        "articles_importrun": ImportRun.objects.create(source="old-site"),
        "articles_post_both": ImportedStory.objects.create(
            source="old-site",
            post=make_post(),
            version=1,
            theirs=Incoming(id="1").as_data(),
            theirs_fingerprint="1",
        ),
        "articles_houseword": HouseWord.objects.create(wrong="Kiev", right="Kyiv"),
        "articles_oldaddress": OldAddress.objects.create(key="/old", path="/latest/"),
        "axes_accessattempt": AccessAttempt.objects.create(failures_since_start=1),
        "axes_accesslog": AccessLog.objects.create(),
        "axes_accessfailurelog": AccessFailureLog.objects.create(),
        "auth_user": make_user(role=None),
        "auth_group": Group.objects.get(name=roles.EDITOR),
    }


WITHOUT_A_ROW = {
    "embed",
    "rights",
    "alt",
    "people",
    "together",
    "columns",
    "merge",
    "names",
    "doubles",
    "several",
    "changelist",
    "add",
    "done",
    "photos",
    "stories",
    "refs",
    "choose",
    "drop",
    "upload",
}


def addresses(rows):
    """(name, address) of all that the admin offers of these rows."""
    story = make_story()
    keep(rows["articles_post"])
    for name in sorted(names() - ELSEWHERE):
        model, _, page = name.rpartition("_")
        if model in ("auth_user_password",):
            model, page = "auth_user", "password_change"
        if name == "time_machine_page":
            args = ["2026-11-16T12:00"]
        elif page == "step":
            args = [rows[model].pk, "publish"]
        elif name in {"calendar_move", "calendar_undo"}:
            args = [plan_story(slug_line="Moved", by=None, due_at=timezone.now()).pk]
        elif page == "edition":
            args = [story.pk, 1]
        elif page in {"putback", "restore"}:
            args = [story.pk, "edition", 1]
        elif name == "articles_post_copy":
            args = [rows[model].pk, rows[model].version]
        elif page in {"undo", "both"}:
            args = [rows[f"{model}_{page}"].pk]
        elif name == "articles_plan_need":
            args = [rows[model].needs.get().pk]
        elif name == "articles_plan_copy" or page in WITHOUT_A_ROW or model not in rows:
            args = []
        else:
            args = [rows[model].pk]
        asked = f"?photo={rows['articles_photo'].slug}" if name.endswith("photo_words") else ""
        asked = f"?row={rows[model].pk}" if page == "merge" else asked
        if name == "articles_photo_together":
            asked = f"?photo={rows[model].pk}"
        if name == "articles_photo_merge":
            asked = f"?one={rows[model].pk}&other={make_photo().pk}"
        yield name, reverse(f"admin:{name}", args=args) + asked


@pytest.mark.parametrize("letter", PEOPLE)
def test_every_address_opens_for_just_the_roles_in_the_table(client, rows, letter):
    client.force_login(make_user(PEOPLE[letter]))
    wrong = []

    for name, address in addresses(rows):
        answer = client.get(address)
        opened = 302 if name in ONLY_POSTED else 200
        expected = opened if letter in MAY_OPEN.get(name, "") else 403
        if name in SENT_BY_SCRIPT:
            expected = 405
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
        if name in TOLD_IN_JSON:
            assert answer.status_code == 401, name
            assert answer.json().keys() == {"refused"}, name
            continue
        assert answer.status_code == 302, name
        assert "/login/" in answer.url, name


def test_a_reader_who_signed_in_is_no_member_of_the_desk(client, rows):
    user = make_user(role=None)
    user.is_staff = False
    user.save()
    client.force_login(user)

    for name, address in addresses(rows):
        if name in TOLD_IN_JSON:
            assert client.get(address).status_code == 401, name
        elif name != "jsi18n":
            assert "/login/" in client.get(address).url, name


@pytest.mark.parametrize("letter", PEOPLE)
def test_saves_are_taken_from_just_the_roles_that_may_write(client, rows, letter):
    client.force_login(make_user(PEOPLE[letter]))
    save = reverse("admin:articles_post_save", args=[rows["articles_post"].pk])
    words = {"headline": "Mine", "version": "1"}

    old = client.post(save, words).status_code
    new = client.post(reverse("admin:articles_post_save_new"), words).status_code
    picture = client.post(reverse("admin:articles_post_upload"), {}).status_code

    assert old == (200 if letter in "EPA" else 403)
    assert new == (200 if letter in "REA" else 403)
    fetched = client.post(reverse("admin:articles_post_embed_fetch"), {}).status_code
    assert (picture == 403) == (fetched == 403) == (letter in "L-")
    assert (Post.objects.filter(headline="Mine").count()) == (old, new).count(200)


def test_a_save_without_the_forgery_token_is_refused(client, editor):
    strict = type(client)(enforce_csrf_checks=True)
    post = make_post("At first")
    strict.force_login(editor)

    for address in (f"/admin/articles/post/{post.pk}/save/", "/admin/articles/post/add/save/"):
        assert strict.post(address, {"headline": "Forged", "version": "1"}).status_code == 403

    assert [post.headline for post in Post.objects.all()] == ["At first"]


@pytest.mark.parametrize("kind", ["text", "relatedlink", "pullquote", "embed"])
def test_a_picture_editor_writes_nothing_but_pictures(client, picture_editor, kind):
    post = make_post(text="")
    client.force_login(picture_editor)
    attrs = {"text": "x"} if kind == "pullquote" else {"url": "https://example.org/", "title": "x"}

    data = add_block(filled(client, post), kind, html="<p>Mine.</p>", **attrs)
    answer = client.post(change_url(post), data)

    assert answer.status_code == 403
    assert document_of(post)["body"] == []
    save = {"document": json.dumps({"lead": [], "body": [picture()]}), "version": "1"}
    assert client.post(f"/admin/articles/post/{post.pk}/save/", save).status_code == 200
    assert len(document_of(post)["body"]) == 1


def picture():
    return {"type": "caption", "attrs": {"id": "new", "photo": make_photo().slug}}


def test_autocomplete_answers_only_those_who_may_see_the_rows(client):
    index_posts([make_post("Marker").pk])
    asked = {"app_label": "articles", "model_name": "relatedlink", "field_name": "story"}
    client.force_login(make_user(roles.REPORTER))
    assert "Marker" in client.get("/admin/autocomplete/", asked | {"term": "marker"}).text
    client.force_login(make_user(role=None))

    assert client.get("/admin/autocomplete/", asked | {"term": "marker"}).status_code == 403


def test_a_reporter_cannot_change_a_colleagues_story_by_hand(client, reporter, editor):
    post = make_post("Theirs", status="draft", created_by=editor)
    client.force_login(editor)
    data = filled(client, post) | {"headline": "Taken", "_popup": "1"}
    client.force_login(reporter)

    assert client.post(f"/admin/articles/post/{post.pk}/save/", data).status_code == 403
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

"""What dumpdata writes, loaddata brings back: from an empty database the whole newsroom again."""

import datetime as dt
import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Value
from django.test import Client

from articles.desk.notes.leave_note import leave_note
from articles.desk.planning.plan_story import plan_story
from articles.desk.search.index import reindex_posts
from articles.library.naming.sealed import PREFIX
from articles.models import (
    Address,
    Alternative,
    Author,
    AuthorAlias,
    Breaking,
    Chart,
    DeskRight,
    Edition,
    Embed,
    FormerSlug,
    HouseStyle,
    HouseWord,
    ImportedStory,
    MailWish,
    MergedLine,
    NameChange,
    NearDouble,
    OldAddress,
    Photo,
    PictureUse,
    Placement,
    Post,
    PostSave,
    PreviewApproval,
    PreviewLink,
    RecordingUse,
    RecoveryCode,
    RoleRule,
    SearchEntry,
    SecondFactor,
    SideChosen,
    SiteCount,
    StoryParts,
    Table,
    Topic,
    TopicListing,
    TopicPin,
)
from articles.publishing.invalidation.site_stamp import highest_stamp
from articles.publishing.kill.ask import ask_kill
from articles.publishing.kill.kill import kill
from articles.publishing.names.merge import merge
from articles.publishing.search.entry import SearchWord
from articles.publishing.steps.checkpoint import keep
from articles.publishing.steps.publish import publish
from articles.publishing.steps.put_back import put_back
from articles.publishing.steps.schedule import schedule
from articles.publishing.steps.withdraw import withdraw
from articles.publishing.surrogate_keys import SITE_KEY
from tests.builders import (
    make_gallery,
    make_photo,
    make_post,
    make_recording,
    make_section,
    make_story,
    make_user,
    play,
    rewrite,
)
from tests.conftest import keep_nothing
from tests.public.addresses import HOUR, NOON, make_site, walk
from tests.recording_files import CAPTIONS

pytestmark = pytest.mark.django_db
MAY_DIFFER = {MergedLine, NameChange, NearDouble, SearchEntry, SearchWord, SiteCount, StoryParts}
MAY_DIFFER |= {apps.get_model("articles", "KeyCount")}
MAY_DIFFER |= {apps.get_model("articles", "SealedStory")}  # a dump holds none of its words
NUMBERED_ANEW = {PictureUse, RecordingUse}  # they follow from the editions
NATURAL = ["--natural-foreign", "--natural-primary"]
VIDEO = "https://youtu.be/dQw4w9WgXcQ"
MOMENT = NOON + dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def moment():
    with time_machine.travel(MOMENT, tick=False):
        yield


@pytest.fixture(scope="module")
def made(once):
    """A newsroom with something of everything, for all tests of this file."""
    with time_machine.travel(MOMENT, tick=False):
        once(make_newsroom)


@pytest.fixture(scope="module")
def shown(made):
    """What it shows at every public address."""
    with time_machine.travel(MOMENT, tick=False):
        return pages()


@pytest.fixture
def newsroom(made, db):
    pass


def make_newsroom():
    editor = make_user(username="editor")
    main = make_site()
    publish_again(main, "correction", "The date was wrong.", at=NOON + HOUR)
    other, short = Post.objects.get(slug="earlier-story"), dt.timedelta(microseconds=1)
    withdrawn = make_story("Withdrawn story", at=NOON)
    told = {"told": "It was wrong.", "at": NOON + short, "now": NOON + short}
    withdraw(withdrawn, by=editor, **told)
    killed = make_story("Killed story", at=NOON)
    ask_kill(killed, by=editor, reason="An order.", words="Removed.", now=NOON + HOUR)
    kill(killed, by=make_user(username="second"), now=NOON + HOUR)
    back = make_story("Put back", at=NOON, topics=["Syria"])
    withdraw(back, by=None, at=NOON + HOUR, now=NOON + HOUR)
    put_back(back, by=None, now=NOON + HOUR * 2)
    renamed = make_story("Renamed story", at=NOON)
    rename(renamed, "another-address", at=NOON + HOUR)
    schedule(make_post("To come"), by=editor, at=MOMENT + HOUR, now=NOON)
    rewrite(other, "Not published yet.")
    keep(other)
    PostSave.objects.create(post=other, version=other.version, by=editor, at=NOON)
    draft = make_post("A draft", status=Post.Status.DRAFT, created_by=editor)
    Alternative.objects.create(parent=draft, region="body", ordering=20, text="Other words.")
    Chart.objects.create(parent=draft, region="body", ordering=31, cells="A\tB\n1\t2")
    Table.objects.create(parent=draft, region="body", ordering=30, cells="A\tB\n1\t2")
    make_gallery(draft, [], title="Snow")
    Embed.objects.create(parent=draft, region="body", ordering=40, url=VIDEO, title="Film")
    plan = plan_story(slug_line="To be written", by=editor, due_at=MOMENT, needs=["picture"]).plan
    plan_story(slug_line="The next day", by=editor, assigned_to=editor, copied_from=plan)
    leave_note(draft, "Other words?", by=editor, to=editor, now=NOON)
    french = make_post("En français", language="fr", translation_of=main)
    publish(french, by=None, now=NOON)
    merge([Topic.objects.create(name="Old", slug="old")], Topic.objects.get(slug="syria"), by=None)
    FormerSlug.objects.create(topic=Topic.objects.get(slug="syria"), slug="before")
    ImportedStory.objects.create(
        source="old-site", reference="7", reference_hash="x", post=other, version=1, status="draft"
    )
    OldAddress.objects.create(key="/old", story=other)
    AuthorAlias.objects.create(author=Author.objects.first(), name="A. Pen")
    TopicPin.objects.create(topic=Topic.objects.get(slug="syria"), post=back)
    make_flood_story()
    list(reindex_posts(missing=True))
    pin(other, slot=1)
    pin(main, slot=2, draft=True)
    pin(other, slot=1, section=make_section())
    Breaking.objects.create(
        text="It happened", post=main, owner=editor, live_from=NOON, live_until=MOMENT + HOUR
    )
    User.objects.get(pk=editor.pk).user_permissions.add(Permission.objects.first())
    make_rules(editor, draft)


def make_flood_story():
    """A story with a film and a sound, whose files are in storage."""
    post = make_post("Flood")
    for sort, words in (("film", {"poster": make_photo(), "captions": CAPTIONS}), ("sound", {})):
        recording = make_recording(sort, **words)
        default_storage.save(recording.file.name, ContentFile(b"recorded"))
        play(post, recording, title="Its own title")
    for photo in Photo.objects.all():
        photo.file.storage.save(photo.file.name, ContentFile(b"a picture"))
    publish(post, by=None, now=NOON)


def make_rules(editor, draft):
    """What the house asks of its people and of its stories, and what they chose and showed."""
    DeskRight.objects.create(user=editor, section=make_section())
    SecondFactor.objects.create(user=editor, sealed_secret="x", set_up_at=NOON, last_step=1)
    RecoveryCode.objects.create(user=editor, code_hash="x")
    MailWish.objects.create(user=editor)
    RoleRule.objects.create(role=Group.objects.first(), needs_second_factor=True)
    HouseStyle.objects.update(rules={"tk": {"": {"level": "block"}}}, stamp="x")
    HouseWord.objects.create(wrong="Kiev", right="Kyiv")
    link = PreviewLink.objects.create(
        post=draft, made_by=editor, made_at=NOON, ends_at=MOMENT + HOUR
    )
    PreviewApproval.objects.create(link=link, post=draft, name="A lawyer", version=1, at=NOON)
    SideChosen.objects.create(
        post=draft, side="ours", by=editor, at=NOON, source="old-site", fingerprint="x"
    )


def publish_again(post, kind, note, *, at):
    Post.objects.filter(pk=post.pk).update(change_kind=kind, change_note=note, version=2)
    publish(Post.objects.get(pk=post.pk), by=None, now=at)


def rename(post, slug, *, at):
    Post.objects.filter(pk=post.pk).update(slug=slug, version=2)
    publish(Post.objects.get(pk=post.pk), by=None, now=at)


def pin(post, **fields):
    Placement.objects.create(post=post, live_from=NOON, **fields)


def dump(path, *options):
    call_command("dumpdata", *options, output=str(path), verbosity=0)
    return path


def empty():
    """A database as migrations leave it."""
    kept = {model._meta.db_table for model in (ContentType, Permission, Group)}
    kept |= {Group.permissions.through._meta.db_table, "django_migrations"}
    with connection.cursor() as cursor:
        for table in connection.introspection.django_table_names(only_existing=True):
            if table not in kept:
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")  # noqa: S608


def pages():
    """Every public address with its answer, to the byte."""
    reader, looks = Client(), {}
    renamed = {
        f"/{row.posted_on:%Y/%m/%d}/{row.slug}/"
        for row in Address.objects.exclude(slug__startswith=PREFIX)
    }
    with pytest.MonkeyPatch.context() as patch:
        keep_nothing(patch)
        for address in {
            *walk(),
            *renamed,
            "/topics/old/",
            "/topics/before/",
            "/search/?q=corrected+story",
        }:
            answer = reader.get(address)
            looks[address] = answer.status_code, answer.headers.get("Location"), answer.content
    return looks


def rows(*, numbers=True):
    """All rows of the newsroom and its people, but for what each site counts by itself."""
    models = [*apps.get_app_config("articles").get_models(), User, Group]
    return {
        model: sorted(map(repr, model.objects.values_list(*columns(model, numbers))))
        for model in models
        if model not in MAY_DIFFER
    }


def columns(model, numbers):
    fields = [
        field.name
        for field in model._meta.concrete_fields
        if not (field.primary_key and model in NUMBERED_ANEW)
        and (numbers or not (field.primary_key or field.remote_field))
    ]
    return fields or [Value("a row")]


@pytest.mark.parametrize("options", [[], NATURAL, ["--format", "jsonl"]], ids=str)
def test_a_dump_comes_back_whole(newsroom, shown, tmp_path, options):
    before = rows(numbers=options != NATURAL)
    searched = SearchEntry.objects.count()
    path = dump(tmp_path / f"dump.{'jsonl' if '--format' in options else 'json'}", *options)
    empty()
    assert not Post.objects.exists()

    call_command("loaddata", str(path), verbosity=0)

    assert rows(numbers=options != NATURAL) == before
    assert pages() == shown
    assert {status for status, _to, _page in shown.values()} >= {200, 301, 410}
    assert SearchEntry.objects.count() == searched
    assert {model for model, found in before.items() if not found} <= NOT_HERE
    assert User.objects.get(username="editor").groups.exists()
    assert User.objects.get(username="editor").user_permissions.exists()
    connection.check_constraints()


NOT_HERE = {
    apps.get_model("articles", name)
    for name in (
        "ImportedPicture",
        "ImportRun",
        "ImportProblem",
        "Task",
        "TaskRun",
        "LinkProblem",
        "EmbedCheck",
        "StoryLink",
        "CalendarFeed",
        "Caption",
        "PullQuote",
        "PostToIndex",
        "StoryView",
        "Presence",
        "Front",
        "FormToken",
        "DeskSession",
        "Delivery",
    )
}


def test_a_dump_of_the_articles_alone_comes_back_where_the_people_are(newsroom, shown, tmp_path):
    before = rows()
    path = dump(tmp_path / "dump.json", "articles")
    people = dump(tmp_path / "people.json", "auth.user")
    empty()
    call_command("loaddata", str(people), verbosity=0)

    call_command("loaddata", str(path), verbosity=0)

    assert rows() == before
    assert pages() == shown


def test_a_dump_can_be_loaded_where_it_came_from_and_changes_nothing(newsroom, tmp_path):
    before = rows()

    for number, options in enumerate(([], NATURAL)):
        path = dump(tmp_path / f"dump{number}.json", *options)
        call_command("loaddata", str(path), verbosity=0)

    assert rows() == before


def test_editions_without_their_lists_are_listed_and_found(newsroom, shown, tmp_path):
    listed = sorted(TopicListing.objects.values_list("topic__slug", "edition"))
    path = dump(
        tmp_path / "dump.json",
        "--exclude=articles.topiclisting",
        "--exclude=articles.authorlisting",
        "--exclude=articles.searchentry",
        "--exclude=articles.address",
    )
    empty()

    call_command("loaddata", str(path), verbosity=0)

    assert sorted(TopicListing.objects.values_list("topic__slug", "edition")) == listed
    assert pages() == shown


def test_a_dump_from_a_database_that_numbers_permissions_otherwise_gives_nobody_others(
    newsroom, tmp_path
):
    path = dump(tmp_path / "dump.json")
    nodes = json.loads(path.read_text())
    shift = {"contenttypes.contenttype": 1_000, "auth.permission": 2_000, "auth.group": 3_000}
    for node in nodes:
        if node["model"] in shift:
            node["pk"] += shift[node["model"]]
        fields = node["fields"]
        for name, model in REFERENCES.items():
            if name in fields and isinstance(fields[name], list):
                fields[name] = [each + shift[model] for each in fields[name]]
            elif name in fields:
                fields[name] += shift[model]
    path.write_text(json.dumps(nodes))
    before = powers()
    empty()

    call_command("loaddata", str(path), verbosity=0)

    assert powers() == before


REFERENCES = {
    "content_type": "contenttypes.contenttype",
    "permissions": "auth.permission",
    "user_permissions": "auth.permission",
    "groups": "auth.group",
}


def powers():
    roles = {group.name: names(group.permissions) for group in Group.objects.all()}
    return roles | {user.username: user.get_all_permissions() for user in User.objects.all()}


def names(permissions):
    return sorted(permissions.values_list("content_type__model", "codename"))


def test_no_page_that_a_cache_has_of_either_site_is_right_after_loading(newsroom, tmp_path):
    there = SiteCount.objects.get().count
    path = dump(tmp_path / "dump.json")
    empty()
    make_section("Before")
    here, _highest = highest_stamp()

    call_command("loaddata", str(path), verbosity=0)

    assert highest_stamp([SITE_KEY])[1] > max(here, there)


def test_a_dump_does_not_overwrite_another_newsrooms_stories(newsroom, tmp_path):
    path = dump(tmp_path / "dump.json", "articles.post")
    Post.objects.update(source="elsewhere")

    with pytest.raises(CommandError, match="is another story here"):
        call_command("loaddata", str(path), verbosity=0)


def test_an_edition_that_says_otherwise_is_refused(newsroom, tmp_path):
    path = dump(tmp_path / "dump.json", "articles.edition")
    changed = path.read_text().replace("Withdrawn story", "Never written")
    path.write_text(changed)

    with pytest.raises(CommandError, match=r"headline: number .* is another edition here"):
        call_command("loaddata", str(path), verbosity=0)
    assert not Edition.objects.filter(headline="Never written").exists()


def test_a_dump_half_with_numbers_and_half_with_names_is_refused(newsroom, tmp_path):
    path = dump(tmp_path / "dump.json", "--natural-primary")
    empty()

    with pytest.raises(CommandError, match="dump with --natural-foreign too"):
        call_command("loaddata", str(path), verbosity=0)


def test_a_dump_that_was_cut_off_is_refused(newsroom, tmp_path):
    path = dump(tmp_path / "dump.json")
    packed = gzip.compress(path.read_bytes())
    path.write_text(path.read_text()[:5_000])
    cut = tmp_path / "cut.json.gz"
    cut.write_bytes(packed[: len(packed) // 2])
    empty()

    for name in (path, cut):
        with pytest.raises(CommandError, match=r"this is not JSON|the file cannot be read"):
            call_command("loaddata", str(name), verbosity=0)
    assert not Post.objects.exists()


@pytest.mark.postgresql
@pytest.mark.parametrize("options", [[], NATURAL], ids=["plain", "natural"])
def test_a_dump_goes_from_one_database_to_the_other_and_back(newsroom, shown, tmp_path, options):
    before = rows(numbers=not options)
    there = dump(tmp_path / "there.json", *options)
    other = {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'other.sqlite3'}",
        "NEWSROOM_MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "NEWSROOM_ORIGINALS_ROOT": str(settings.ORIGINALS_ROOT),
    }
    back = str(tmp_path / "back.json")
    for command in (["migrate"], ["loaddata", there], ["dumpdata", *options, "--output", back]):
        done = subprocess.run(  # noqa: S603
            [sys.executable, "manage.py", *command, "--verbosity", "0"],
            cwd=settings.BASE_DIR,
            env=os.environ | other,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    empty()

    call_command("loaddata", back, verbosity=0)

    assert rows(numbers=not options) == before
    assert pages() == shown
    assert Path(back).stat().st_size > 10_000

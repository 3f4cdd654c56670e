"""Files that no row knows: listed, and removed when told to; nothing else is touched."""

import datetime as dt
import io
import os
import time
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command

from articles.library.pictures.renditions import all_renditions
from articles.library.uploads.store import make_missing_renditions, store_picture
from articles.models import Author, Photo
from articles.publishing.steps.publish import publish
from articles.publishing.steps.restore import restore
from tests.builders import make_post, make_story, rewrite
from tests.library.pictures.files import picture_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pictures_read_here")]

HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    """Storage of this test's own."""
    settings.MEDIA_ROOT, settings.ORIGINALS_ROOT = tmp_path / "media", tmp_path / "originals"
    (tmp_path / "media" / "renditions").mkdir(parents=True)
    (tmp_path / "originals").mkdir()
    return tmp_path


def run(*options):
    out = io.StringIO()
    call_command("stray_files", *options, stdout=out)
    return out.getvalue()


def age(folder, seconds=2 * 3600):
    """Everything in a folder was written two hours ago."""
    then = time.time() - seconds
    for path in [*folder.rglob("*")]:
        os.utime(path, (then, then))


def files(folder):
    return {path for path in folder.rglob("*") if path.is_file()}


def stored(slug="street", **fields):
    photo = Photo(slug=slug, alt="A street.", credit="PA", **fields)
    store_picture(photo, picture_file(size=(400, 600)))
    photo.save()
    return photo


def test_what_a_killed_upload_left_is_listed_and_then_removed(folders):
    kept = stored()
    before = files(folders)
    # Killed between the last file and the row.
    store_picture(Photo(slug="killed"), picture_file(colour="maroon"))
    part = Path(folders, "media", "renditions", kept.token, "whole-400.webp.1a2b3c4d.part")
    part.write_bytes(b"half")
    Path(folders, "originals", "emptyfolderofatoken1234").mkdir()
    age(folders)

    listed = run()
    assert f"rendition renditions/{kept.token}/whole-400.webp.1a2b3c4d.part" in listed
    assert "original emptyfolderofatoken1234" in listed
    assert "killed.jpg" in listed
    assert files(folders) > before

    assert "stray files removed" in run("--remove")
    assert files(folders) == before
    run("--remove")
    assert run() == "No stray files.\n"
    assert not Path(folders, "originals", "emptyfolderofatoken1234").exists()


def test_a_young_file_may_belong_to_a_row_that_is_just_being_written(folders):
    store_picture(Photo(slug="new"), picture_file())
    age(folders, 3500)
    before = files(folders)

    assert "No stray files" in run("--remove")
    assert files(folders) == before


def test_what_any_edition_ever_showed_is_kept(folders, editor):
    """Past and live editions, a deleted photo, one replaced, and a focal point that was moved."""
    replaced, moved, deleted = stored("replaced"), stored("moved"), stored("deleted")
    post = make_story(photo=replaced)
    first = post.editions.get().picture
    make_story(photo=moved)
    gone = make_story(photo=deleted)
    store_picture(replaced, picture_file(colour="maroon"))
    replaced.save()
    moved.focus_y = 10
    make_missing_renditions(moved)
    moved.save()
    rewrite(post, "Other words.")
    publish(post, by=None)
    rewrite(gone, "Without the picture.")
    gone.articles_caption_set.all().delete()
    publish(gone, by=None)
    deleted.delete()
    age(folders)
    before = files(folders)

    run("--remove")

    assert files(folders) == before
    assert all(default_storage.exists(name) for name in all_renditions(first))


def test_what_an_author_shows_and_what_a_draft_holds_is_kept(folders):
    Author.objects.create(name="Anna", slug="anna", picture=stored("anna"))
    make_post(photo=stored("draft"))
    age(folders)
    before = files(folders)

    run("--remove")

    assert files(folders) == before


def test_what_a_kept_desk_copy_names_is_kept(folders, editor):
    photo = stored()
    post = make_story(photo=None)
    post.articles_caption_set.create(region="lead", ordering=10, photo=photo)
    rewrite(post, "Words that are about to be replaced.")
    restore(post.editions.get(), by=editor, started_from=post.version)
    assert post.checkpoints.exists()
    Photo.objects.all().delete()
    age(folders)
    before = files(folders)

    run("--remove")

    assert files(folders) == before


def test_renditions_of_a_deleted_photo_that_nobody_saw_are_strays(folders):
    stored().delete()
    age(folders)

    run("--remove")

    assert not files(folders)


def test_files_that_are_no_pictures_of_ours_are_left_alone(folders):
    others = [
        folders / "media" / "robots.txt",
        folders / "media" / "renditions" / "README.txt",
        folders / "media" / "renditions" / "token" / "notes.txt",
        folders / "originals" / "lost+found" / "1.jpg",
        folders / "originals" / "token" / "letter.pdf",
    ]
    for path in others:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("not ours")
    age(folders)

    assert "No stray files" in run("--remove")
    assert all(path.exists() for path in others)

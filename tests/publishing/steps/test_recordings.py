"""What a film or a sound needs before readers get it, and what keeps it in the library."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import ProtectedError
from django.utils import timezone

from articles.library.photo import originals
from articles.library.recordings.captions import mark_of
from articles.library.recordings.kinds import captions_name
from articles.library.recordings.store import store_captions
from articles.models import (
    Edition,
    Film,
    Photo,
    PictureUse,
    Recording,
    RecordingUse,
    Sound,
)
from articles.publishing.kill.ask import ask_kill
from articles.publishing.kill.kill import kill
from articles.publishing.kill.words_of import recordings_of_its_own
from articles.publishing.pictures.merge import merge_pictures
from articles.publishing.pictures.replace_on_names import replace_on_names
from articles.publishing.pictures.where_used import where_used
from articles.publishing.recordings import where_played
from articles.publishing.steps.hold_back import hold_back_refused
from articles.publishing.steps.publish import publish
from articles.publishing.steps.readiness import NotReady
from articles.publishing.steps.restore import restore
from articles.publishing.steps.schedule import schedule
from articles.publishing.stray_files import stray_files
from tests.builders import make_photo, make_post, make_recording, make_user, play
from tests.recording_files import CAPTIONS

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


def story_with(recording, **fields):
    post = make_post("Flood")
    play(post, recording, **fields)
    return post


def refused(post):
    with pytest.raises(NotReady) as error:
        publish(post, by=None)
    return " ".join(error.value.shortcomings)


def test_a_film_that_is_put_in_as_a_sound_needs_what_a_film_needs():
    post = make_post()
    film = make_recording(no_speech=False, transcript="What is said.")
    Sound.objects.create(parent=post, region="body", ordering=50, recording=film)

    assert "A film is put in as a film" in refused(post)


@pytest.mark.parametrize(
    ("lacks", "says"),
    [
        ({"no_speech": False}, "has no captions and is not marked"),
        ({"poster": None}, "has no poster"),
    ],
)
def test_a_film_needs_captions_or_no_speech_and_a_poster(lacks, says):
    film = make_recording()
    Recording.objects.filter(pk=film.pk).update(**lacks)
    film.refresh_from_db()

    assert says in refused(story_with(film))


def test_a_film_with_captions_is_published():
    assert publish(story_with(make_recording(no_speech=False, captions=CAPTIONS)), by=None)


@pytest.mark.parametrize(
    ("photo", "says"),
    [
        ({"alt": ""}, "The poster of the film “The flood” has no alt text."),
        ({"rights_until": dt.date(2020, 1, 1)}, "The rights to the poster"),
    ],
)
def test_the_poster_is_asked_what_a_picture_is(photo, says):
    assert says in refused(story_with(make_recording(poster=make_photo(**photo))))


def test_a_decorative_poster_needs_no_alt_text():
    poster = make_photo(alt="", decorative=True)
    assert publish(story_with(make_recording(poster=poster)), by=None)


def test_a_sound_needs_a_transcript():
    assert "has no transcript" in refused(story_with(make_recording("sound", transcript="  ")))
    assert publish(story_with(make_recording("sound")), by=None)


def test_a_scheduled_story_is_held_back_when_its_poster_may_not_be_shown():
    poster, now = make_photo(), timezone.now()
    post = story_with(make_recording(poster=poster))
    schedule(post, by=None, at=now + DAY, now=now)
    assert hold_back_refused(by=None, photo=poster) == []
    Photo.objects.update(alt="")
    poster.refresh_from_db()

    [held] = hold_back_refused(by=None, photo=poster)

    assert "has no alt text" in held.reason


def test_uses_are_recorded_of_the_recording_and_of_its_poster():
    film = make_recording()
    post = story_with(film)
    edition = publish(post, by=None)

    assert [use.edition for use in RecordingUse.objects.all()] == [edition]
    assert [use.photo for use in PictureUse.objects.all()] == [film.poster]
    assert where_played(film) == [post]
    used = where_used(film.poster, now=timezone.now())
    assert (used.live, used.recordings) == ([edition], [film])


def test_what_a_story_plays_or_ever_played_is_not_deleted():
    film = make_recording()
    post = story_with(film)
    with pytest.raises(ProtectedError):
        film.delete()
    publish(post, by=None)
    Film.objects.all().delete()

    with pytest.raises(ProtectedError):
        film.delete()
    with pytest.raises(ProtectedError):
        film.poster.delete()
    assert make_recording().delete()


def test_a_poster_gives_way_to_the_picture_that_it_is_merged_with_or_replaced_by():
    film, editor = make_recording(), make_user()
    stays, other = make_photo(), make_photo()
    merge_pictures(stays, film.poster, by=editor)
    film.refresh_from_db()
    assert film.poster == stays

    replace_on_names(stays, other, by=editor)
    film.refresh_from_db()
    assert film.poster == other


def test_an_earlier_edition_is_restored_with_it(editor):
    film = make_recording()
    post = story_with(film, title="First title")
    edition = publish(post, by=editor)
    Film.objects.all().delete()
    post.refresh_from_db()

    restore(edition, by=editor, started_from=post.version)

    [block] = Film.objects.all()
    assert (block.recording, block.title) == (film, "First title")


class TestKilling:
    def test_what_only_a_killed_story_played_goes_with_its_pictures(self, client, editor):
        own, shared = make_recording("sound"), make_recording()
        for each in (own, shared):
            default_storage.save(each.file.name, ContentFile(b"sound"))
        post = story_with(own)
        play(post, shared)
        play(make_post(), shared)
        publish(post, by=None)
        assert list(recordings_of_its_own(post)) == [own]

        sealed = self.kill(post, editor, with_pictures=True)

        assert list(Recording.objects.all()) == [shared]
        assert sealed.contents["recordings"][0]["transcript"] == own.transcript
        assert not Edition.objects.exists()
        assert not RecordingUse.objects.exists()

    def test_the_file_goes_where_nobody_can_open_it(
        self, editor, django_capture_on_commit_callbacks
    ):
        sound = make_recording("sound")
        default_storage.save(sound.file.name, ContentFile(b"sound"))
        post = story_with(sound)
        with django_capture_on_commit_callbacks(execute=True):
            self.kill(post, editor, with_pictures=True)

        assert not default_storage.exists(sound.file.name)
        assert originals().exists(sound.file.name)
        assert sound.file.name not in {each.name for each in stray_files(timezone.now() + DAY)}

    def test_its_captions_go_also_where_its_file_is_lost(
        self, editor, django_capture_on_commit_callbacks
    ):
        film = make_recording(captions=CAPTIONS)
        store_captions(film)
        name = captions_name(film.token, mark_of(CAPTIONS))
        assert default_storage.exists(name)
        post = story_with(film)
        with django_capture_on_commit_callbacks(execute=True):
            self.kill(post, editor, with_pictures=True)

        assert not default_storage.exists(name)

    def test_without_its_pictures_the_recording_stays(self, editor):
        sound = make_recording("sound")
        post = story_with(sound)
        self.kill(post, editor, with_pictures=False)

        assert list(Recording.objects.all()) == [sound]

    def kill(self, post, editor, *, with_pictures):
        asked = {"reason": "An order.", "words": "Removed.", "with_pictures": with_pictures}
        ask_kill(post, by=editor, **asked)
        return kill(post, by=make_user())


def test_a_file_that_no_recording_knows_is_a_stray():
    known = make_recording()
    default_storage.save(known.file.name, ContentFile(b"film"))
    default_storage.save("recordings/nobody-knows/film.mp4", ContentFile(b"film"))

    found = {each.name for each in stray_files(timezone.now() + DAY)}

    assert "recordings/nobody-knows/film.mp4" in found
    assert known.file.name not in found

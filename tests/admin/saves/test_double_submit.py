"""A form that is sent twice, by a double click or a browser's retry, does one thing."""

from hashlib import sha256

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile

from articles.models import Author, FormToken, Photo, Post, PullQuote, Section, Topic
from tests.admin.browsing import sent_by
from tests.admin.forms import change_url
from tests.builders import make_post, make_story
from tests.library.pictures.files import picture_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pictures_read_here")]

ADDED = {
    "articles/post": (Post, {"headline": "A quiet day"}),
    "articles/topic": (Topic, {"name": "Syria", "slug": "syria"}),
    "articles/section": (Section, {"name": "World", "slug": "world"}),
    "articles/author": (Author, {"name": "Anna", "slug": "anna"}),
    "auth/user": (
        User,
        {"username": "bob", "password1": "a-long-one-9", "password2": "a-long-one-9"},
    ),
    "auth/group": (Group, {"name": "Night"}),
}


@pytest.fixture
def chief(client):
    client.force_login(User.objects.create_superuser("chief", password="x"))
    return client


@pytest.mark.parametrize("where", ADDED)
def test_an_add_form_sent_twice_makes_one_row_and_leads_to_it(chief, where):
    model, fields = ADDED[where]
    page = sent_by(chief.get(f"/admin/{where}/add/"))
    before = model.objects.count()

    chief.post(f"/admin/{where}/add/", page | fields)
    answer = chief.post(f"/admin/{where}/add/", page | fields)

    assert model.objects.count() == before + 1
    row = model.objects.latest("pk")
    assert answer.url == f"/admin/{where}/{row.pk}/change/"
    assert "sent twice" in chief.get(answer.url).text


def test_a_photo_form_sent_twice_makes_one_photo(chief):
    page = sent_by(chief.get("/admin/articles/photo/add/"))

    def send():
        return chief.post("/admin/articles/photo/add/", page | {"file": picture_file()})

    send()
    answer = send()

    assert answer.url == f"/admin/articles/photo/{Photo.objects.get().pk}/change/"


@pytest.mark.parametrize("in_memory", [0, 10**7])
def test_another_picture_of_equal_name_and_size_is_another_form(chief, settings, in_memory):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = in_memory
    page = sent_by(chief.get("/admin/articles/photo/add/"))
    first, second = scan(b"first "), scan(b"second")

    chief.post("/admin/articles/photo/add/", page | {"file": first})
    answer = chief.post("/admin/articles/photo/add/", page | {"file": second})

    assert (first.name, first.size) == (second.name, second.size)
    assert "already saved with different content" in answer.text
    assert Photo.objects.count() == 1
    second.seek(0)
    chief.post("/admin/articles/photo/add/", sent_by(answer) | {"file": second})
    assert Photo.objects.count() == 2
    for photo in Photo.objects.all():
        with photo.file.open("rb") as stored:
            assert sha256(stored.read()).hexdigest() == photo.content_hash


def scan(mark):
    """A picture as a scanner names it, with a mark after its end."""
    file = picture_file()
    return SimpleUploadedFile("scan.jpg", file.read() + mark, content_type="image/jpeg")


def test_a_banner_form_sent_twice_puts_up_one(chief):
    page = sent_by(chief.get("/admin/articles/breaking/add/"))
    data = page | {"text": "A bridge fell", "post": make_story().pk}
    chief.post("/admin/articles/breaking/add/", data)

    assert chief.post("/admin/articles/breaking/add/", data).status_code == 302
    assert FormToken.objects.count() == 1


def test_a_block_added_by_a_form_that_is_sent_twice_is_there_once(chief):
    post = make_post()
    quote = {"region": "body", "ordering": "90", "text": "Well said.", "attribution": ""}
    data = sent_by(chief.get(change_url(post))) | {
        f"articles_pullquote_set-0-{name}": value for name, value in quote.items()
    }
    data["articles_pullquote_set-TOTAL_FORMS"] = "1"

    chief.post(change_url(post), data)
    chief.post(change_url(post), data)

    assert PullQuote.objects.filter(parent=post).count() == 1
    assert Post.objects.get(pk=post.pk).version == 2


def test_sending_to_review_twice_from_a_new_story_says_nothing_of_a_failure(chief):
    page = sent_by(chief.get("/admin/articles/post/add/"))
    data = page | {"headline": "A quiet day", "_step": "send_to_review"}

    chief.post("/admin/articles/post/add/", data)
    answer = chief.post("/admin/articles/post/add/", data, follow=True)

    assert "not done" not in answer.text
    assert Post.objects.get().status == "in_review"


def test_a_page_sent_again_with_other_words_loses_none_of_them(chief):
    page = sent_by(chief.get("/admin/articles/post/add/"))
    chief.post("/admin/articles/post/add/", page | {"headline": "A quiet day"})

    answer = chief.post("/admin/articles/post/add/", page | {"headline": "Another day"})

    assert "already saved with different content" in answer.text
    assert "Another day</textarea>" in answer.text
    assert Post.objects.count() == 1
    chief.post("/admin/articles/post/add/", sent_by(answer))
    assert Post.objects.filter(headline="Another day").exists()


def test_a_form_that_was_refused_is_sent_again_under_the_same_token(chief):
    page = sent_by(chief.get("/admin/articles/section/add/"))
    chief.post("/admin/articles/section/add/", page | {"name": ""})

    answer = chief.post("/admin/articles/section/add/", page | {"name": "World", "slug": "world"})

    assert answer.url == "/admin/articles/section/"
    assert Section.objects.filter(slug="world").exists()


def test_what_was_made_and_removed_is_not_made_again(chief):
    page = sent_by(chief.get("/admin/articles/section/add/"))
    data = page | {"name": "World", "slug": "world"}
    chief.post("/admin/articles/section/add/", data)
    Section.objects.filter(slug="world").delete()

    answer = chief.post("/admin/articles/section/add/", data, follow=True)

    assert "has been deleted since" in answer.text
    assert not Section.objects.filter(slug="world").exists()


def test_somebody_elses_token_means_nothing(chief, client, editor):
    page = sent_by(chief.get("/admin/articles/post/add/"))
    chief.post("/admin/articles/post/add/", page | {"headline": "A quiet day"})
    other = type(client)()
    other.force_login(editor)
    own = sent_by(other.get("/admin/articles/post/add/")) | {"form_token": page["form_token"]}

    other.post("/admin/articles/post/add/", own | {"headline": "A quiet day"})

    assert Post.objects.count() == 2


@pytest.mark.parametrize("token", ["", "short", "x" * 400, "²" * 30, "a b" * 10, "\x00" * 30])
def test_a_token_made_by_hand_is_no_token(chief, token):
    page = sent_by(chief.get("/admin/articles/section/add/"))

    chief.post(
        "/admin/articles/section/add/",
        page | {"name": "World", "slug": "world", "form_token": token},
    )

    assert Section.objects.filter(slug="world").exists()
    assert not FormToken.objects.exists()

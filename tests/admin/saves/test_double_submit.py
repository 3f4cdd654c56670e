"""A form that is sent twice, by a double click or a browser's retry, does one thing."""

from hashlib import sha256

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile

from articles.models import Author, FormToken, Photo, Post, PullQuote, Section, Topic
from tests.admin.browsing import sent_by
from tests.admin.filling import add_block, prose
from tests.admin.forms import change_url, filled
from tests.admin.writing.sending import document_of, paragraph, send, words
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
    assert where == "articles/post" or "sent twice" in chief.get(answer.url).text


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


@pytest.mark.parametrize("script", [True, False])
def test_a_new_story_sent_twice_is_one_and_has_all_its_words_once(chief, script):
    data = add_block(filled(chief), "text", html="<p>First words.</p>")
    data |= {"headline": "A quiet day", "topics": ["new:Syria"]}
    address = "/admin/articles/post/add/save/" if script else "/admin/articles/post/add/"

    answers = [chief.post(address, data) for _time in range(2)]

    post = Post.objects.get()
    assert words(document_of(post)) == ["First words."]
    assert [topic.name for topic in post.topics.all()] == ["Syria"]
    if script:
        assert [answer.json()["post"] for answer in answers] == [post.pk, post.pk]
    else:
        assert [answer.url for answer in answers] == [change_url(post), change_url(post)]


def test_a_block_added_by_a_save_that_is_sent_twice_is_there_once(chief):
    post = make_post()
    data = add_block(filled(chief, post), "pullquote", text="Well said.")

    chief.post(change_url(post), data)
    chief.post(change_url(post), data)

    assert PullQuote.objects.filter(parent=post).count() == 1
    assert Post.objects.get(pk=post.pk).version == 2


def test_a_new_story_whose_answer_was_lost_is_saved_on_with_what_was_typed_since(chief):
    """The page still thinks that its story is new; what a colleague wrote meanwhile stays."""
    data = add_block(filled(chief), "text", html="<p>First words.</p>") | {
        "headline": "A quiet day"
    }
    chief.post("/admin/articles/post/add/save/", data)
    post = Post.objects.get()
    key = document_of(post)["body"][0]["attrs"]["id"]
    send(
        chief,
        post,
        document={"lead": [], "body": [paragraph(key, "First words."), *prose("<p>Theirs.</p>")]},
    )

    again = chief.post(
        "/admin/articles/post/add/save/", add_block(data, "text", html="<p>Mine.</p>")
    ).json()

    assert Post.objects.count() == 1
    assert again["post"] == post.pk
    assert {"First words.", "Theirs.", "Mine."} == set(words(document_of(post)))


def test_a_story_page_sent_again_with_other_words_loses_none_of_them(chief):
    page = filled(chief)
    chief.post("/admin/articles/post/add/", page | {"headline": "A quiet day"})

    answer = chief.post(
        "/admin/articles/post/add/", page | {"headline": "Another day"}, follow=True
    )

    post = Post.objects.get()
    assert post.headline == "Another day"
    kept = [copy.document["headline"] for copy in post.checkpoints.order_by("version")]
    assert kept == ["A quiet day", "Another day"]
    assert answer.redirect_chain == [(change_url(post), 302)]


@pytest.mark.parametrize("where", ["articles/section"])
def test_a_page_sent_again_with_other_words_loses_none_of_them(chief, where):
    page = sent_by(chief.get(f"/admin/{where}/add/"))
    chief.post(f"/admin/{where}/add/", page | {"name": "World", "slug": "world"})

    answer = chief.post(f"/admin/{where}/add/", page | {"name": "Culture", "slug": "culture"})

    assert "already saved with different content" in answer.text
    assert 'value="Culture"' in answer.text
    assert not Section.objects.filter(slug="culture").exists()
    chief.post(f"/admin/{where}/add/", sent_by(answer))
    assert Section.objects.filter(slug="culture").exists()


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
    assert FormToken.objects.count() == 1
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

"""Fields that choose a row: what names no row is refused beside the field, and no word is lost."""

import pytest
from django.test import Client

from articles.desk import roles
from tests.admin.browsing import sent_by
from tests.builders import make_author, make_photo, make_topic, make_user

pytestmark = pytest.mark.django_db

NO_KEYS = ["abc", "²", "\x00", "9" * 30, "-1", "1.5"]
FIELDS = [
    ("author", "picture"),
    ("author", "user"),
    ("topic", "picture"),
    ("topic", "pins-0-post"),
    ("breaking", "post"),
]
MADE = {"author": make_author, "topic": make_topic}


@pytest.fixture(scope="module")
def forms(once):
    """Somebody, and the forms that they opened: {kind: {page: what it would send}}."""
    return once(open_forms)


def open_forms():
    client, person = Client(), make_user(roles.ADMINISTRATOR)
    client.force_login(person)
    found = {}
    for kind in dict(FIELDS):
        pages = [f"/admin/articles/{kind}/add/"]
        if kind in MADE:
            pages.append(f"/admin/articles/{kind}/{MADE[kind]().pk}/change/")
        found[kind] = {page: sent_by(client.get(page)) for page in pages}
    return person, found


@pytest.mark.parametrize("key", NO_KEYS)
@pytest.mark.parametrize(("kind", "field"), FIELDS)
def test_a_key_of_no_row_is_refused_and_the_words_are_kept(client, forms, kind, field, key):
    person, opened = forms
    client.force_login(person)
    words = {"breaking": "text"}.get(kind, "name")

    for page, sent in opened[kind].items():
        data = sent | {words: "Just typed", field: key}
        if field.startswith("pins"):
            data |= {"pins-TOTAL_FORMS": "1"}
        answer = client.post(page, data)

        assert answer.status_code == 200, page
        assert "Select a valid choice" in answer.text or "Null characters" in answer.text
        assert "Just typed" in answer.text


def test_the_row_that_is_chosen_is_shown_again_with_an_error_elsewhere(client, administrator):
    client.force_login(administrator)
    photo = make_photo()
    page = "/admin/articles/author/add/"

    answer = client.post(page, sent_by(client.get(page)) | {"name": "", "picture": str(photo.pk)})

    assert sent_by(answer)["picture"] == [str(photo.pk)]

"""Fields that choose a row: what names no row is refused beside the field, and no word is lost."""

import pytest

from tests.admin.browsing import sent_by
from tests.builders import make_author, make_photo, make_topic

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


@pytest.mark.parametrize("key", NO_KEYS)
@pytest.mark.parametrize(("kind", "field"), FIELDS)
def test_a_key_of_no_row_is_refused_and_the_words_are_kept(client, administrator, kind, field, key):
    client.force_login(administrator)
    pages = [f"/admin/articles/{kind}/add/"]
    if kind in MADE:
        pages.append(f"/admin/articles/{kind}/{MADE[kind]().pk}/change/")
    words = {"breaking": "text"}.get(kind, "name")

    for page in pages:
        data = sent_by(client.get(page)) | {words: "Just typed", field: key}
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

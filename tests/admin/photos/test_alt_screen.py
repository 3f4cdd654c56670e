"""The pictures without an alt text, described on one page."""

import pytest
from django.contrib.admin.models import LogEntry

from articles.library.fields import MOST_WORDS
from articles.models import Photo
from tests.builders import make_photo, make_user

pytestmark = pytest.mark.django_db

PAGE = "/admin/articles/photo/alt/"


@pytest.fixture
def desk(client, picture_editor):
    client.force_login(picture_editor)
    return client


def sent(*photos, **words):
    return {"photo": [photo.pk for photo in photos]} | words


def test_the_library_leads_there(desk):
    assert f'href="{PAGE}"' in desk.get("/admin/articles/photo/").text


def test_only_pictures_without_an_alt_text_are_shown_and_cost_the_same(
    desk, django_assert_max_num_queries
):
    make_photo(alt="A street.", caption="Described")
    make_photo(alt="", decorative=True, caption="Ornament")
    for number in range(25):
        make_photo(alt="", caption=f"Lacking <{number}>")
    desk.get(PAGE)  # which notes the session

    with django_assert_max_num_queries(9):
        page = desk.get(PAGE)

    assert page.text.count("<textarea") == 20
    assert "Lacking &lt;24&gt;" in page.text
    assert "Described" not in page.text
    assert "Ornament" not in page.text
    assert desk.get(PAGE, {"page": 2}).text.count("<textarea") == 5
    assert desk.get(PAGE, {"page": "x" * 500}).status_code == 200


def test_one_button_saves_what_was_filled_in_and_logs_each(desk):
    one, two, three = (make_photo(alt="") for _ in range(3))
    words = {f"photo-{one.pk}-alt": "A street.", f"photo-{two.pk}-decorative": "on"}

    page = desk.post(PAGE, sent(one, two, three, **words), follow=True)

    assert "2 pictures were described." in page.text
    assert Photo.objects.get(pk=one.pk).alt == "A street."
    assert Photo.objects.get(pk=two.pk).decorative
    assert [form.instance for form in page.context["rows"]] == [three]
    logged = LogEntry.objects.values_list("object_id", flat=True)
    assert set(logged) == {str(one.pk), str(two.pk)}
    assert "A street" in desk.get("/admin/articles/photo/?q=street").text


def test_what_a_colleague_wrote_meanwhile_is_kept_and_said(desk):
    photo = make_photo(alt="A colleague's words.", caption="The harbour")

    page = desk.post(PAGE, sent(photo, **{f"photo-{photo.pk}-alt": "Mine."}), follow=True)

    assert "“The harbour” has an alt text meanwhile" in page.text
    assert Photo.objects.get().alt == "A colleague's words."


def test_words_that_cannot_be_stored_are_shown_again_beside_their_picture(desk):
    photo, other = make_photo(alt=""), make_photo(alt="")
    words = {f"photo-{photo.pk}-alt": "<b>" * MOST_WORDS, f"photo-{other.pk}-alt": "Fine."}

    page = desk.post(PAGE, sent(photo, other, **words))

    assert "errorlist" in page.text
    assert "&lt;b&gt;" in page.text
    assert "Fine." in page.text
    assert desk.post(PAGE, {"photo": ["x", "9" * 30]}, follow=True).status_code == 200
    assert not Photo.objects.exclude(alt="").exists()


def test_who_may_not_change_pictures_describes_none(client):
    photo = make_photo(alt="")
    client.force_login(make_user(role=None))

    answer = client.post(PAGE, sent(photo, **{f"photo-{photo.pk}-alt": "A street."}))

    assert answer.status_code == 403
    assert Photo.objects.get().alt == ""

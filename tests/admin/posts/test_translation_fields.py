"""The post's form: a story in another language."""

import pytest
from django.db.models import ProtectedError

from articles.models import Post
from tests.admin.filling import errors_of, form_of, save
from tests.admin.writing.sending import send
from tests.builders import make_post, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def form(client, post):
    return client.get(f"/admin/articles/post/{post.pk}/change/")


def test_a_story_is_made_a_translation_in_one_save(desk):
    original, post = make_post("The last tram"), make_post("Le dernier tram")

    save(desk, post, language="fr", translation_of=original.pk)

    post.refresh_from_db()
    assert (post.language, post.translation_of) == ("fr", original)
    assert "The last tram" in form(desk, post).text


def test_an_untouched_save_keeps_the_original(desk):
    post = make_post(language="fr", translation_of=make_post())

    save(desk, post)

    assert Post.objects.get(pk=post.pk).translation_of == post.translation_of


def test_a_new_story_is_in_the_language_of_the_site(desk, settings):
    page = desk.get("/admin/articles/post/add/")

    assert form_of(page)["language"] == settings.LANGUAGE_CODE
    assert page.context["state"]["language"] == settings.LANGUAGE_CODE
    assert f'value="{settings.LANGUAGE_CODE}" selected' in page.text


def test_a_language_is_chosen_and_not_typed(desk):
    post = make_post()

    page = save(desk, post, language="klingon")

    assert "Select a valid choice" in errors_of(page)


def test_a_language_that_an_import_gave_is_kept(desk):
    post = make_post(language="xx-yy")

    save(desk, post, headline="Other words")

    assert Post.objects.get(headline="Other words").language == "xx-yy"


def test_a_story_is_not_its_own_translation(desk):
    post = make_post()

    page = save(desk, post, translation_of=post.pk)

    assert "cannot be a translation of itself" in errors_of(page)


def test_a_translation_is_not_translated_again(desk):
    translation = make_post("Le dernier tram", translation_of=make_post())
    post = make_post()

    page = save(desk, post, translation_of=translation.pk)

    assert "itself a translation" in errors_of(page)


def test_a_story_with_translations_is_an_original(desk):
    post = make_post()
    make_post(translation_of=post)

    page = save(desk, post, translation_of=make_post().pk)

    assert "This story has translations" in errors_of(page)


def test_who_saved_last_is_told_which_language_and_original_a_colleague_chose(desk):
    original, other = make_post("The last tram"), make_post("The first tram")
    post = make_post()
    before = {"initial-language": post.language, "initial-translation_of": ""}
    Post.objects.filter(pk=post.pk).update(
        version=2, saved_by=make_user(), language="fr", translation_of=original
    )

    answer = send(desk, post, version=1, language="es", translation_of=other.pk, **before).json()

    post.refresh_from_db()
    assert (post.language, post.translation_of) == ("fr", original)
    assert sorted(answer["settled"]) == ["language", "translation_of"]
    assert answer["fields"]["language"][0][0] == "fr"
    assert answer["fields"]["translation_of"][0][0] == str(original.pk)


def test_the_form_of_a_translation_stays_within_its_queries(desk, django_assert_max_num_queries):
    post = make_post(language="fr", translation_of=make_post(), topics=["Syria"])
    form(desk, post)

    with django_assert_max_num_queries(15):
        form(desk, post)


def test_an_original_is_not_removed_under_its_translation():
    original = make_post()
    make_post(language="fr", translation_of=original)

    with pytest.raises(ProtectedError):
        original.delete()

"""People: authors and accounts in one list."""

import pytest

from articles.library.author import AuthorAlias
from articles.models import Author
from tests.admin.browsing import sent_by
from tests.builders import make_author, make_photo, make_story, make_user

pytestmark = pytest.mark.django_db
PEOPLE = "/admin/articles/author/people/"


def people(page):
    return [person["name"] for person in page.context["people"]]


def test_an_administrator_sees_authors_and_accounts_with_role_and_last_sign_in(
    client, administrator, reporter
):
    make_story(authors=["Anna Brown"])
    Author.objects.filter(pk=make_author().pk).update(user=reporter, picture=make_photo())
    make_author("Zoë Free")
    client.force_login(administrator)

    page = client.get(PEOPLE)

    assert people(page) == ["Anna Brown", "Zoë Free", "administrator"]
    text = " ".join(page.text.split())
    assert "1 story · 1 live" in text
    assert "Reporter · never signed in" in text
    assert "Administrator · last signed in" in text


def test_others_see_authors_and_no_accounts(client, editor, reporter):
    Author.objects.filter(pk=make_author().pk).update(user=reporter)
    client.force_login(editor)

    page = client.get(PEOPLE)

    assert people(page) == ["Anna Brown"]
    assert "/admin/auth/user/" not in page.text


@pytest.mark.parametrize(
    ("typed", "found"), [("zoe", ["Zoë Free"]), ("%00", []), ("nobody", []), ("", None)]
)
def test_people_are_found_by_name(client, administrator, typed, found):
    make_author("Zoë Free")
    make_user(username="someone", first_name="Will", last_name="Power")
    client.force_login(administrator)

    page = client.get(f"{PEOPLE}?q={typed}&page=x")

    assert page.status_code == 200
    everybody = ["Will Power", "Zoë Free", "administrator"]
    assert sorted(people(page)) == (everybody if found is None or typed == "%00" else found)


def test_people_cost_the_same_for_many(client, administrator, django_assert_max_num_queries):
    client.force_login(administrator)
    for number in range(60):
        make_user(username=f"person-number-{number}")
        make_author(f"Author {number}")

    with django_assert_max_num_queries(12):
        page = client.get(PEOPLE)

    assert len(people(page)) == 50
    assert len(people(client.get(f"{PEOPLE}?page=2"))) == 50
    assert client.get(f"{PEOPLE}?page=999999999999").status_code == 200


def test_authors_are_merged_and_found_under_the_other_name(client, editor):
    make_story("Hers", authors=["A. Brown"])
    double, anna = make_author("A. Brown"), make_author("Anna Brown")
    client.force_login(editor)
    page = client.get("/admin/articles/author/merge/", {"row": [double.pk, anna.pk]})

    client.post("/admin/articles/author/merge/", sent_by(page) | {"keep": anna.pk})

    assert AuthorAlias.objects.get().author == anna
    assert "Hers" in client.get("/?author=A.+Brown", follow=True).text
    assert "Hers" in client.get("/authors/a-brown/", follow=True).text


def test_an_author_gets_another_name_whose_address_leads_to_them(client, editor):
    make_story(authors=["Anna Brown"])
    page = f"/admin/articles/author/{make_author().pk}/change/"
    client.force_login(editor)
    typed = {"aliases-TOTAL_FORMS": "1", "aliases-0-name": "Anna Black"}

    answer = client.post(page, sent_by(client.get(page)) | typed)

    assert answer.status_code == 302
    assert client.get("/authors/anna-black/").headers["Location"] == "/authors/anna-brown/"


def pen_name(client, owner, name="Miss Marple"):
    """The answer to a form that makes an author a pen name of another (a key), or of nobody."""
    page = f"/admin/articles/author/{make_author(name).pk}/change/"
    return client.post(page, sent_by(client.get(page)) | {"pen_name_of": owner})


def test_stories_under_a_pen_name_stand_in_the_authors_list_with_their_byline(client, editor):
    make_story("Before", authors=["Miss Marple"])
    make_story("Both", authors=["Miss Marple", "Anna Brown"])
    client.force_login(editor)

    assert pen_name(client, make_author().pk).status_code == 302
    after = make_story("After", authors=["Miss Marple"])

    page = client.get("/authors/anna-brown/").text
    assert all(headline in page for headline in ("Before", "Both", "After"))
    assert client.get("/authors/miss-marple/").headers["Location"] == "/authors/anna-brown/"
    story = " ".join(client.get(after.editions.get().get_absolute_url()).text.split())
    assert '<a href="/authors/anna-brown/" rel="author">Miss Marple</a>' in story
    assert "Before" in client.get("/?author=Miss+Marple", follow=True).text
    asked = {"app_label": "articles", "model_name": "postauthor", "field_name": "author"}
    found = client.get("/admin/autocomplete/", asked | {"term": "marple"})
    assert found.json()["results"][0]["note"] == "pen name of Anna Brown"


def test_a_pen_name_becomes_an_author_again_with_what_it_brought(client, editor):
    make_story("Before", authors=["Miss Marple"])
    make_story("Both", authors=["Miss Marple", "Anna Brown"])
    client.force_login(editor)
    pen_name(client, make_author().pk)

    pen_name(client, "")

    marple = client.get("/authors/miss-marple/").text
    assert "Before" in marple
    assert "Both" in marple
    page = client.get("/authors/anna-brown/").text
    assert "Both" in page
    assert "Before" not in page


def test_a_pen_name_has_no_pen_names(client, editor):
    client.force_login(editor)
    anna = make_author()
    pen_name(client, anna.pk)

    chain = pen_name(client, make_author("Miss Marple").pk, name="Poirot")
    turned = pen_name(client, make_author("Poirot").pk, name="Anna Brown")
    itself = pen_name(client, make_author("Poirot").pk, name="Poirot")

    assert "is a pen name itself" in chain.text
    assert "has pen names, so it cannot be one" in turned.text
    assert "Nobody is a pen name of themselves" in itself.text
    assert "made a pen name of" in client.get("/admin/articles/author/names/").text


def test_nothing_is_merged_into_a_pen_name(client, editor):
    client.force_login(editor)
    pen_name(client, make_author().pk)
    marple, other = make_author("Miss Marple"), make_author("Other")

    sent = {"row": [marple.pk, other.pk], "keep": marple.pk}
    answer = client.post("/admin/articles/author/merge/", sent, follow=True)

    assert "“Miss Marple” is a pen name." in answer.text
    assert Author.objects.count() == 3


def test_an_author_with_stories_is_not_deleted_but_merged(client, editor):
    make_story(authors=["Anna Brown"])
    anna = make_author()
    client.force_login(editor)

    answer = client.post(f"/admin/articles/author/{anna.pk}/delete/", {"post": "yes"}, follow=True)

    assert "is used by stories" in answer.text
    assert Author.objects.get() == anna


def test_a_renamed_author_is_in_the_log(client, editor):
    page = f"/admin/articles/author/{make_author().pk}/change/"
    client.force_login(editor)

    client.post(page, sent_by(client.get(page)) | {"name": "Anna Smith"})

    assert "Anna Smith" in client.get("/admin/articles/author/names/").text


def test_a_pen_name_is_added_from_its_author_and_says_whose_it_is(client, administrator):
    anna = make_author("Anna Brown")
    client.force_login(administrator)
    address = f"/admin/articles/author/add/?pen_name_of={anna.pk}"
    assert f'href="{address}"' in client.get(f"/admin/articles/author/{anna.pk}/change/").text

    client.post(address, sent_by(client.get(address)) | {"name": "A. <Nom>", "slug": "nom"})

    nom = Author.objects.get(slug="nom")
    assert nom.pen_name_of == anna
    assert "Add a pen name" not in client.get(f"/admin/articles/author/{nom.pk}/change/").text
    assert "pen name of Anna Brown" in client.get(PEOPLE, {"q": "nom"}).text
    assert "No account" not in client.get(PEOPLE, {"q": "nom"}).text


def test_merging_one_asks_only_into_which(client, editor):
    anna = make_author("Anna Brown")
    client.force_login(editor)

    page = client.get("/admin/articles/author/merge/", {"row": anna.pk})

    assert "Merge “Anna Brown” into" in page.text
    assert 'type="radio"' not in page.text

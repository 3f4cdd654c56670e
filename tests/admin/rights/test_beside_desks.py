"""What belongs to no section is not for who has rights at some desks only, whatever their role."""

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied

from articles.desk import roles
from articles.desk.house_style.house_style import set_rule
from articles.desk.rights.may_do import may_do
from articles.importing.both_sides import keep_ours
from articles.models import DeskRight, HouseWord, ImportedStory, Section
from tests.builders import make_post, make_user

pytestmark = pytest.mark.django_db

PUBLISH = "articles.publish_post"


@pytest.fixture
def limited(client, sport):
    """An administrator with rights in Sport only, and their browser."""
    user = make_user(roles.ADMINISTRATOR)
    DeskRight.objects.create(user=user, section=sport)
    client.force_login(user)
    return User.objects.get(pk=user.pk)


def test_a_section_stays_while_somebody_has_rights_there(client, administrator, of_sport, sport):
    client.force_login(administrator)
    theirs = make_post(section="Politics")

    client.post(f"/admin/articles/section/{sport.pk}/delete/", {"post": "yes"})
    chosen = {"action": "delete_selected", "_selected_action": [sport.pk], "post": "yes"}
    client.post("/admin/articles/section/", chosen)

    assert Section.objects.filter(pk=sport.pk).exists()
    assert not may_do(User.objects.get(pk=of_sport.pk), PUBLISH, theirs)
    DeskRight.objects.all().delete()
    client.post(f"/admin/articles/section/{sport.pk}/delete/", {"post": "yes"})
    assert not Section.objects.filter(pk=sport.pk).exists()


def test_they_change_no_sections_words_or_old_addresses(client, limited, sport):
    word = HouseWord.objects.create(wrong="Kiev", right="Kyiv")
    pages = [
        *("section/add/", f"section/{sport.pk}/delete/", "houseword/add/"),
        *(f"houseword/{word.pk}/delete/", "oldaddress/add/", "importrun/add/"),
    ]

    answers = {page: client.post(f"/admin/articles/{page}", {}).status_code for page in pages}

    assert answers == dict.fromkeys(pages, 403)
    assert client.post("/admin/house-style/", {}).status_code == 403
    with pytest.raises(PermissionDenied):
        set_rule("no_topic", level="block", by=limited)
    for page in ("section/", f"section/{sport.pk}/change/", "houseword/", "importrun/"):
        assert client.get(f"/admin/articles/{page}").status_code == 200


def test_who_may_elsewhere_too_changes_them(client, limited):
    DeskRight.objects.create(user=limited, section=None)

    for page in ("section/add/", "houseword/add/", "oldaddress/add/", "importrun/add/"):
        assert client.get(f"/admin/articles/{page}").status_code == 200


def test_they_choose_between_theirs_and_ours_at_their_desk_only(client, limited, sport):
    for section, status in (("Sport", 302), ("Politics", 403)):
        post = make_post(section=section)
        names = {"source": "wxr", "reference": section, "reference_hash": section}
        known = ImportedStory.objects.create(post=post, version=1, **names)
        address = f"/admin/articles/post/both-sides/{known.pk}/"
        assert client.get(address).status_code == status, section
        if status == 403:
            with pytest.raises(PermissionDenied):
                keep_ours(known, seen="", by=limited)

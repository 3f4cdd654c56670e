"""A story that changed there and here: theirs beside ours, and which is to stay."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from articles.importing.both_sides import keep_ours, take_theirs
from articles.models import (
    Caption,
    Checkpoint,
    Edition,
    ImportedStory,
    ImportRun,
    RelatedLink,
    SideChosen,
    Text,
)
from tests.admin.reference.test_imports import report
from tests.builders import make_user, rewrite
from tests.importing import wxr
from tests.importing.conftest import imports, post_of  # noqa: F401  (a fixture)
from tests.importing.test_pictures import UPLOADS, uploads  # noqa: F401  (a fixture)
from tests.importing.wxr import item

pytestmark = pytest.mark.django_db
LINK = f'<p>READ: <a href="{wxr.SITE}/2016/12/story-2/">A story</a></p>'
THEIRS = {"title": "Theirs", "html": f"<p>Words of theirs.</p>{LINK}"}


@pytest.fixture
def both(imports):  # noqa: F811
    """A live story that changed on both sides."""
    imports.items(item(1), item(2))
    rewrite(post_of(1), "Ours alone.")
    imports.items(item(1, **THEIRS), item(2))
    return ImportedStory.objects.get(reference="1")


@pytest.fixture
def desk(client, administrator):
    client.force_login(administrator)
    return client


def page_of(known):
    return reverse("admin:articles_post_both", args=[known.pk])


def choose(client, known, what, **data):
    seen = {"seen_theirs": known.theirs_fingerprint, "seen_version": known.post.version}
    return client.post(page_of(known), seen | {what: ""} | data, follow=True)


def test_the_report_leads_to_theirs_beside_ours(desk, both):
    run = ImportRun.objects.first()

    assert page_of(both) in report(desk, run).text
    text = desk.get(page_of(both)).text
    assert "Ours alone." in text
    assert "Words of theirs." in text
    assert "Theirs" in text


def test_looking_changes_nothing(desk, both):
    desk.get(page_of(both))

    known = ImportedStory.objects.get(pk=both.pk)
    assert (known.theirs, known.fingerprint) == (both.theirs, both.fingerprint)


def test_theirs_goes_into_the_draft_and_never_to_readers(desk, both):
    answer = choose(desk, both, "take")

    post = post_of(1)
    assert "Theirs is in the draft." in answer.text
    assert (post.headline, post.has_unpublished_changes) == ("Theirs", True)
    assert Text.objects.get(parent=post).html == "<p>Words of theirs.</p>"
    assert RelatedLink.objects.get(parent=post).story == post_of(2)
    assert [edition.headline for edition in Edition.objects.filter(post=post)] == ["A story"]
    kept = Checkpoint.objects.filter(post=post).order_by("version")
    assert "Ours alone." in str(kept[0].document)
    assert "Words of theirs." in str(kept[1].document)


def test_ours_stays_when_it_is_kept(desk, both):
    before = post_of(1).version

    answer = choose(desk, both, "keep")

    assert "Ours stays." in answer.text
    assert post_of(1).version == before


@pytest.mark.parametrize(
    ("what", "side", "said"),
    [("keep", "ours", "Ours kept, theirs left"), ("take", "theirs", "Theirs taken into the draft")],
)
def test_the_history_says_who_chose_which_side_of_which_version(
    desk, both, administrator, what, side, said
):
    choose(desk, both, what)

    (chosen,) = SideChosen.objects.all()
    assert (chosen.side, chosen.by, chosen.post) == (side, administrator, both.post)
    assert chosen.saved_there_at.isoformat() == both.theirs["saved_at"]
    assert chosen.fingerprint == both.theirs_fingerprint
    history = desk.get(reverse("admin:articles_post_history", args=[both.post_id])).text
    assert said in history
    assert "What old-site says as of 2 Jan" in history


@pytest.mark.parametrize("what", ["keep", "take"])
def test_what_was_settled_is_not_named_again_until_it_changes_there(
    desk,
    both,
    imports,  # noqa: F811
    what,
):
    choose(desk, both, what)

    imports.items(item(1, **THEIRS), item(2))
    assert imports.outcomes() == {"1": "unchanged", "2": "unchanged"}
    assert "Nothing is left to decide" in desk.get(page_of(both), follow=True).text

    imports.items(item(1, title="Later"), item(2))
    assert imports.outcomes()["1"] == "ours_stays"
    assert ImportedStory.objects.get(pk=both.pk).theirs["title"] == "Later"


def test_theirs_that_changed_meanwhile_is_not_taken_unseen(desk, both, imports):  # noqa: F811
    imports.items(item(1, title="Later"), item(2))

    assert "look again" in choose(desk, both, "take").text
    assert post_of(1).headline == "A story"


def test_a_colleagues_save_meanwhile_is_not_written_over(desk, both):
    seen = both.post.version
    rewrite(post_of(1), "Newer.")

    answer = choose(desk, both, "take", seen_version=seen)
    assert "A colleague saved this story meanwhile" in answer.text
    assert Text.objects.get(parent=post_of(1)).html == "<p>Newer.</p>"
    assert ImportedStory.objects.get(pk=both.pk).theirs


@pytest.mark.parametrize("role", ["Reporter", "Editor", "Picture editor"])
def test_only_who_has_the_right_may_choose(client, both, role):
    person = make_user(role)
    client.force_login(person)

    assert client.get(page_of(both)).status_code == 403
    assert choose(client, both, "take").status_code == 403
    for do in (keep_ours, lambda *a, **k: take_theirs(*a, started_from=99, **k)):
        with pytest.raises(PermissionDenied):
            do(both, seen=both.theirs_fingerprint, by=person)
    assert ImportedStory.objects.get(pk=both.pk).theirs


def test_the_page_costs_the_same_for_many_links(
    desk,
    both,
    django_assert_max_num_queries,
):
    both.theirs["html"] = LINK * 20
    both.save()

    with django_assert_max_num_queries(25):
        assert desk.get(page_of(both)).status_code == 200


@pytest.mark.usefixtures("pictures_read_here")
def test_pictures_of_theirs_are_those_of_the_library_and_others_are_named(
    desk,
    imports,  # noqa: F811
    uploads,  # noqa: F811
):
    uploads("a.jpg")
    there = f'<p>Words.</p><img src="{UPLOADS}/a.jpg">'
    imports.items(item(1, html=there), pictures=uploads.folder)
    rewrite(post_of(1), "Ours alone.")
    gone = f'<img src="{UPLOADS}/gone.jpg">'
    imports.items(item(1, html=there + gone), pictures=uploads.folder)
    known = ImportedStory.objects.get()

    assert "gone.jpg: It is not in the library." in desk.get(page_of(known)).text
    choose(desk, known, "take")

    assert Caption.objects.get(parent=post_of(1)).photo.imported.source == "old-site"

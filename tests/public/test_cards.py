"""Cards are kept in the process: each shows its own edition."""

from types import SimpleNamespace

import pytest

from articles.library.words.query import parse
from articles.models import Edition
from articles.public.cards import card_html
from articles.publishing.search.snippets import mark_all
from tests.builders import make_story

from .addresses import HOUR

pytestmark = pytest.mark.django_db


@pytest.fixture
def lost_and_new():
    """An edition that was lost when the site was restored from a backup, and the one made since,
    which has the same number."""
    make_story("Floods")
    lost, new = Edition.objects.get(), Edition.objects.get()
    new.headline, new.made_at = "Rain", new.made_at + HOUR
    return SimpleNamespace(lost=lost, new=new)


def test_an_edition_made_after_a_backup_was_restored_has_a_card_of_its_own(lost_and_new):
    assert "Floods" in card_html(lost_and_new.lost, size="row")
    assert "Rain" in card_html(lost_and_new.new, size="row")


def test_it_has_marked_words_of_its_own(lost_and_new):
    mark_all([lost_and_new.lost], parse("rain"))
    mark_all([lost_and_new.new], parse("rain"))

    assert lost_and_new.new.marked_headline == "<mark>Rain</mark>"

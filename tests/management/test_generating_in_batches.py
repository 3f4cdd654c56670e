"""generate_stories makes its stories in batches, each while the one before is written."""

import pytest
from django.core.management import call_command

from articles.management.generating import newsroom, run
from articles.models import Edition, RelatedLink
from tests.builders import make_story

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def one_picture(monkeypatch):
    """To draw and to read a dozen takes longer than all the stories."""
    monkeypatch.setattr(newsroom, "PHOTOS", 1)


def test_batches_made_ahead_follow_each_other(monkeypatch):
    monkeypatch.setattr(run, "BATCH_SIZE", 30)

    call_command("generate_stories", 100, verbosity=0)

    assert Edition.objects.live().count() == 100
    assert RelatedLink.objects.exists()


def test_a_batch_is_made_again_when_somebody_writes_in_between(monkeypatch):
    monkeypatch.setattr(run, "BATCH_SIZE", 30)

    def interrupt(done, whole):
        make_story(f"By hand after {done}")

    run.generate(100, progress=interrupt)

    assert Edition.objects.count() == 104

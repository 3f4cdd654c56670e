"""generate_stories makes its stories in batches, each while the one before is written."""

import pytest
from django.core.management import call_command

from articles.management.generating import newsroom, run
from articles.models import Edition, RelatedLink
from tests.builders import make_story
from tests.public.conftest import keeping_pages

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


def test_what_was_stored_before_it_is_stopped_is_shown_at_once(monkeypatch, client):
    def stop(done, whole):
        raise KeyboardInterrupt

    monkeypatch.setattr(run, "BATCH_SIZE", 30)
    with keeping_pages():
        client.get("/latest/")
        with pytest.raises(KeyboardInterrupt):
            run.generate(100, progress=stop)

        assert Edition.objects.newest_first().first().headline in client.get("/latest/").text


def test_a_batch_is_made_again_when_somebody_writes_in_between(monkeypatch):
    monkeypatch.setattr(run, "BATCH_SIZE", 30)

    def interrupt(done, whole):
        make_story(f"By hand after {done}")

    run.generate(100, progress=interrupt)

    assert Edition.objects.count() == 104

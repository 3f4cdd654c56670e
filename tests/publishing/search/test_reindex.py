"""The index, written anew."""

import datetime as dt
from io import StringIO

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command

from articles.models import Edition, SearchEntry, SearchWord
from articles.publishing.search import index
from articles.publishing.search.matching import search_newest
from articles.publishing.search.suggester import complete
from articles.publishing.steps.cancel_schedule import cancel_schedule
from articles.publishing.steps.schedule import schedule
from articles.publishing.steps.withdraw import withdraw

from .conftest import LATER, NOON


def reindex(*args):
    out = StringIO()
    call_command("reindex", *args, stdout=out)
    return out.getvalue()


def found(words="flood"):
    return [edition.headline for edition in search_newest(words, at=LATER).editions]


@pytest.fixture
def floods(story, monkeypatch):
    monkeypatch.setattr(index, "BATCH_SIZE", 2)
    return [story(f"Flood {number}") for number in range(5)]


def test_an_empty_index_is_filled(floods):
    before = found()
    SearchEntry.objects.all().delete()
    SearchWord.objects.all().delete()
    assert found() == []

    said = reindex()

    assert found() == before
    assert len(before) == 5
    assert complete("flo", at=LATER) == ["flood"]
    assert "5 of 5" in said


def test_twice_changes_nothing(floods, story):
    reindex()
    counts = dict(SearchWord.objects.values_list("word", "count"))
    reindex()

    assert len(found()) == 5
    assert dict(SearchWord.objects.values_list("word", "count")) == counts
    assert counts["flood"] == 5


def test_it_goes_on_where_it_stopped(floods):
    SearchEntry.objects.all().delete()
    second = Edition.objects.order_by("pk")[1].pk

    reindex("--after", str(second))
    assert len(found()) == 3

    reindex("--missing")
    assert len(found()) == 5


def test_who_stops_it_is_told_how_to_go_on(floods, monkeypatch):
    def stopped_after_two(**options):
        yield [1, 2]
        raise KeyboardInterrupt

    monkeypatch.setattr("articles.management.commands.reindex.reindex", stopped_after_two)

    with pytest.raises(CommandError, match="reindex --after 2"):
        reindex()


def test_it_heals_an_interval_that_went_wrong(floods):
    SearchEntry.objects.update(live_until=NOON + dt.timedelta(days=1))

    reindex()

    assert len(found()) == 5


def test_what_happens_while_it_runs_is_not_lost(floods, story, editor):
    running = index.reindex()
    next(running)
    story("Flood while it runs")
    withdraw(floods[0], by=editor, now=LATER - dt.timedelta(days=1))
    withdraw(floods[4], by=editor, now=LATER - dt.timedelta(days=1))
    assert len(found()) == 4

    assert len(list(running)) == 2  # of two editions each, the new one among them

    assert found() == ["Flood while it runs", "Flood 3", "Flood 2", "Flood 1"]


def test_an_edition_removed_before_it_was_live_leaves_nothing_behind(story, editor):
    post = story("Calm", at=NOON)
    post.headline = "Marzipan"
    post.save()
    schedule(post, by=editor, at=LATER, now=NOON)
    assert found("marzipan") == ["Marzipan"]

    cancel_schedule(post, by=editor, now=NOON)

    assert found("marzipan") == []
    assert SearchEntry.objects.count() == Edition.objects.count() == 1


def test_even_an_entry_that_lies_shows_nothing_that_is_not_live(story, editor):
    post = story("Marzipan", at=NOON)
    withdraw(post, by=editor, now=NOON + dt.timedelta(hours=1))
    SearchEntry.objects.update(live_until=LATER + dt.timedelta(days=1))

    assert found("marzipan") == []


def test_lines_of_an_older_release_are_noticed_and_written_anew(story):
    story("Floods and e-mail")
    story("Later floods")
    assert run_checks(databases=["default"], tags=["database"]) == []
    entry = SearchEntry.objects.earliest("place")
    index.store(index.packed([index_line(entry, [["flood"], [], [], []])]))
    assert found("email") == []

    [warning] = run_checks(databases=["default"], tags=["database"])
    assert "reindex --missing" in warning.hint
    assert found("flood") == ["Later floods", "Floods and e-mail"]
    assert "1 of 1" in reindex("--missing")

    assert found("email") == ["Floods and e-mail"]
    assert run_checks(databases=["default"], tags=["database"]) == []
    assert "0 of 0" in reindex("--missing")


def index_line(entry, stems):
    """A line as the first release wrote it."""
    fields = {name: getattr(entry, name) for name in index.Line._fields[:5]}
    return index.Line(**fields, form=None, stems=stems)

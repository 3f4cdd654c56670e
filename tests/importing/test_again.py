"""Again and in the middle: twice is once, killed is undisturbed, and ours stays ours."""

import json

import pytest
from django.core.management import CommandError
from django.db import connection, transaction

from articles.importing import one_run
from articles.importing.storing import batch
from articles.models import (
    Address,
    Author,
    Edition,
    ImportedStory,
    Post,
    SearchWord,
    Text,
    Topic,
)
from articles.publishing.steps.withdraw import withdraw
from tests.builders import make_user, rewrite

from . import ghost, wxr
from .conftest import body_of, edition_of, post_of
from .readers.test_feed import entry, rss
from .wxr import item

pytestmark = pytest.mark.django_db

LINK = f'<p>a</p><p>READ: <a href="{wxr.SITE}/2016/12/story-9/">Nine</a></p>'


def archive():
    """Stories that use everything which is stored: links forward, drafts, names, same slugs."""
    return [
        *(item(key, name="same", tags=[(f"t{key}", f"Topic {key}")]) for key in (4, 2, 3)),
        item(5, html=LINK),
        item(6, status="draft"),
        item(7, status="pending", title="T" * 300),
        item(8, categories=()),
        item(9, title="Nine", people=[("zoe", "Zoë")]),
    ]


def everything():
    """Every row that matters, without keys that differ from one database to the next."""
    names = {post.pk: post.source_id for post in Post.objects.all()}
    return {
        "posts": sorted(
            str([getattr(post, name) for name in FIELDS]) for post in Post.objects.all()
        ),
        "texts": sorted(
            (names[text.parent_id], text.ordering, text.html) for text in Text.objects.all()
        ),
        "editions": sorted(
            (names[e.post_id], e.number, str(e.live_from), json.dumps(e.document), e.slug)
            for e in Edition.objects.all()
        ),
        "addresses": sorted((names[a.post_id], str(a)) for a in Address.objects.all()),
        "names": sorted([*Topic.objects.values_list("name", "slug")])
        + sorted([*Author.objects.values_list("name", "slug")]),
        "memory": sorted(
            ImportedStory.objects.values_list("reference", "fingerprint", "version", "status")
        ),
        "words": sorted(SearchWord.objects.values_list("word", "count")),
    }


FIELDS = ("source_id", "headline", "slug", "status", "published_at", "saved_at", "uuid", "version")


def wordpress_archive():
    return wxr.export(*archive(), authors=[("anna", "Anna Brown")])


def ghost_archive():
    link = '<p>READ: <a href="__GHOST_URL__/story-p9/">Nine</a></p>'
    return ghost.export(
        *(ghost.post(key, slug="same") for key in ("p4", "p2", "p3")),
        ghost.post("p5", html=f"<p>a</p>{link}"),
        ghost.post("p6", status="draft"),
        ghost.post("p7", visibility="members", title="T" * 300),
        ghost.post("p8", html=None, lexical=ghost.lexical(ghost.paragraph(ghost.words("L")))),
        ghost.post("p9", title="Nine"),
        tags=[
            {"post_id": f"p{key}", "tag_id": tag, "sort_order": place}
            for key in (2, 3, 4, 5, 6, 7, 9)
            for place, tag in enumerate(("t1", "t2"))
        ],
    )


def feed_archive():
    # None is without a date: such a story is saved when it comes, which differs from run to run.
    return rss(
        *(entry(key, title="Same") for key in ("f4", "f2", "f3")),
        entry("f5", title="A summary", content=""),
        entry("f6", title="T" * 300),
        entry("f7", title="Later", date="Wed, 14 Dec 2016 10:00:00 +0100"),
        entry("f8", title="Eight"),
        entry("f9", title="Nine"),
    )


ARCHIVES = pytest.mark.parametrize("archive_text", [wordpress_archive, ghost_archive, feed_archive])
"""An archive of eight stories in each of the formats."""


@ARCHIVES
def test_a_second_run_writes_no_row(imports, archive_text, django_assert_max_num_queries):
    imports(archive_text())
    before = everything()
    assert Post.objects.count() == 8

    with django_assert_max_num_queries(40) as queries:
        imports(archive_text())

    # The log of imports has a line for every run, and so has that of who did what.
    sql = [q["sql"] for q in queries.captured_queries]
    sql = [each for each in sql if "_importrun" not in each and "_loggedaction" not in each]
    written = [each for each in sql if each.startswith(WRITES)]
    assert written == []
    assert set(imports.outcomes().values()) == {"unchanged"}
    assert everything() == before


WRITES = ("INSERT", "UPDATE", "DELETE")


@ARCHIVES
@pytest.mark.parametrize("killed_after", [0, 1, 2, 3, 5, 7])
def test_a_killed_run_that_is_started_again_ends_where_an_undisturbed_one_would(
    imports, monkeypatch, archive_text, killed_after
):
    monkeypatch.setattr("articles.importing.run.BATCH_SIZE", 1)
    undisturbed = in_a_world_of_its_own(lambda: imports(archive_text()))
    work, calls = batch.Batches.work, []

    def killed(self, rows, *, now):
        calls.append(rows)
        if len(calls) > killed_after:
            raise KeyboardInterrupt
        work(self, rows, now=now)

    with monkeypatch.context() as patch:
        patch.setattr(batch.Batches, "work", killed)
        with pytest.raises(KeyboardInterrupt):
            imports(archive_text())
    imports(archive_text())

    assert everything() == undisturbed


def in_a_world_of_its_own(do):
    """What `do()` leaves, which is then undone."""
    with transaction.atomic():
        do()
        left = everything()
        transaction.set_rollback(True)
    return left


def test_a_faulty_story_takes_no_other_with_it(imports, monkeypatch):
    convert = batch.converted

    def faulty(plan):
        if plan.id == "3":
            raise ValueError("no such thing")
        return convert(plan)

    monkeypatch.setattr(batch, "converted", faulty)
    imports.items(*archive())

    assert imports.code == 1
    assert imports.outcomes()["3"] == "refused"
    assert [*imports.outcomes().values()].count("imported") == 7


def test_a_story_that_the_database_refuses_takes_no_other_with_it(imports, monkeypatch):
    from articles.importing.storing import plan

    make = plan.make_post

    def too_long(plan, options, *, now):
        post = make(plan, options, now=now)
        if plan.id == "3":
            post.section_id = None
        return post

    monkeypatch.setattr(batch, "make_post", too_long)
    imports.items(*archive())

    assert imports.outcomes()["3"] == "refused"
    assert Edition.objects.count() == 4


def test_a_dry_run_keeps_nothing_and_its_report_is_that_of_the_real_run(imports, tmp_path):
    empty = everything()

    imports.items(*archive(), dry_run=True)
    dry = imports.report
    assert everything() == empty
    imports.items(*archive())

    assert dry == imports.report
    proposed = (tmp_path / "old-site-map.proposed.csv").read_text().splitlines()
    assert proposed[0] == "kind,from,count,to"
    assert "category,politics,7,section:politics" in proposed
    assert "tag,t2,1,topic:t2" in proposed
    assert "author,zoe,1,author:zoe" in proposed


def test_a_proposed_map_given_back_changes_nothing(imports, tmp_path):
    imports.items(*archive(), dry_run=True)
    undisturbed = in_a_world_of_its_own(lambda: imports.items(*archive()))

    imports.items(*archive(), map=tmp_path / "old-site-map.proposed.csv")

    def without_memory(found):
        return {name: rows for name, rows in found.items() if name != "memory"}

    assert without_memory(everything()) == without_memory(undisturbed)


def test_what_changed_there_is_brought_up_to_date_and_published_anew_in_silence(imports, client):
    imports.items(item(1), item(2, status="draft"))
    kept = post_of(1)

    imports.items(
        item(
            1, title="New title", html="<p>New words.</p>", name="new", date="2017-05-05 01:00:00"
        ),
        item(2, status="draft", html="<p>New draft.</p>"),
    )

    post = post_of(1)
    assert imports.outcomes() == {"1": "updated", "2": "updated"}
    assert (post.pk, post.uuid, post.slug) == (kept.pk, kept.uuid, kept.slug)
    assert post.published_at == kept.published_at
    assert not post.has_unpublished_changes
    editions = list(Edition.objects.filter(post=post).order_by("number"))
    assert [edition.kind for edition in editions] == ["new", "silent"]
    assert (editions[1].updated_at, editions[1].notes) == (None, [])
    page = client.get("/2016/12/13/story-1/").content.decode()
    assert "New words." in page
    assert "Updated" not in page
    assert Text.objects.get(parent=post_of(2)).html == "<p>New draft.</p>"


def test_a_draft_there_that_is_public_now_goes_live(imports):
    imports.items(item(1, status="draft"))

    imports.items(item(1))

    assert edition_of(1).kind == "new"
    assert post_of(1).status == "published"


def test_what_is_scheduled_can_be_moved_there(imports):
    imports.items(item(1, status="future", date="2998-01-01 00:00:00"))

    imports.items(item(1, status="future", date="2998-02-02 00:00:00"))

    assert edition_of(1).live_from.isoformat() == "2998-02-02T00:00:00+00:00"


def test_what_is_no_longer_public_there_is_named_and_stays(imports):
    imports.items(item(1))

    imports.items(item(1, status="draft"))

    assert "no_longer_public" in imports.problems(1)
    assert Edition.objects.live().exists()


def test_what_went_into_the_bin_there_is_named_and_stays(imports):
    imports.items(item(1), item(2, status="draft"), item(3))

    imports.items(item(1, status="trash"), item(2, status="trash"), item(3))

    assert "no_longer_public" in imports.problems(1)
    assert imports.problems(2) == imports.problems(3) == {}
    assert Edition.objects.live().count() == 2


def test_words_that_are_to_be_public_there_later_are_not_shown_before(imports):
    imports.items(item(1))

    later = item(1, status="future", date="2998-01-01 00:00:00", html="<p>Kept back.</p>")
    imports.items(later)

    assert "no_longer_public" in imports.problems(1)
    assert edition_of(1).live_from.year == 2016
    assert "Kept back" not in str(edition_of(1).document)
    assert "Kept back" in body_of(post_of(1))[0].html


@pytest.mark.parametrize("how", ["words", "withdrawn"])
def test_changed_on_both_sides_ours_stays_and_theirs_is_kept_beside_it(imports, how):
    imports.items(item(1))
    if how == "words":
        rewrite(post_of(1), "Ours.")
    else:
        withdraw(post_of(1), by=make_user(), note="No.")
    before = everything()["texts"], everything()["editions"]

    for _ in range(2):
        imports.items(item(1, html="<p>Theirs.</p>", modified="2018-01-01 00:00:00"))

        assert imports.outcomes() == {"1": "ours_stays"}
        assert (everything()["texts"], everything()["editions"]) == before
        assert "2018-01-01" in imports.problems(1)["ours_stays"][0]
    assert "Theirs." in ImportedStory.objects.get().theirs["html"]


def test_a_story_that_was_deleted_here_does_not_come_back(imports):
    imports.items(item(1, status="draft"))
    post_of(1).delete()

    imports.items(item(1, status="draft", title="Changed"))

    assert not Post.objects.exists()
    assert imports.report["items"][0]["why"] == "deleted_here"


def test_what_is_missing_from_a_later_file_is_named_and_nothing_happens(imports):
    imports.items(item(1), item(2))

    imports.items(item(2))

    assert "missing_now" in imports.problems(1)
    assert edition_of(1)


def test_stories_left_for_later_are_linked_to_when_they_come(imports):
    imports.items(*archive(), limit=4)
    assert imports.report["left_out"] == {"not_chosen": 4}

    imports.items(*archive())

    assert post_of(5).articles_relatedlink_set.get().story == post_of(9)
    assert imports.outcomes()["5"] == "updated"


def test_one_story_can_be_asked_for_alone(imports):
    imports.items(*archive(), only="4")

    assert [post.source_id for post in Post.objects.all()] == ["4"]
    assert post_of(4).slug == "same-3"


def test_a_second_run_at_once_says_so_and_stops(imports):
    holds = other_connection() if connection.vendor == "postgresql" else one_run.one_run()
    stops = pytest.raises(CommandError, match="Another import is running")
    with holds, stops as stopped:
        imports.items(item(1))

    assert stopped.value.returncode == 2
    assert not Post.objects.exists()
    imports.items(item(1))


class other_connection:  # noqa: N801
    """Holds the lock of imports as another process would."""

    def __enter__(self):
        self.own = connection.copy()
        with self.own.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [one_run.KEY])

    def __exit__(self, *_error):
        self.own.close()


def test_queries_do_not_grow_with_the_batch(imports, django_assert_num_queries):
    from django.test.utils import CaptureQueriesContext

    counts = []
    for source, many in (("few", 3), ("many", 60)):
        items = [item(key, title=f"{source} {key}") for key in range(1, many)]
        with CaptureQueriesContext(
            connection,
        ) as queries:
            imports.items(*items, source=source)
        counts.append(len(queries))

    assert counts[1] <= counts[0] + 2


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"source": ""}, "--source"),
        ({"source": "desk"}, "--source"),
        ({"section": "none"}, "no section"),
        ({"time_zone": "Mars/Base"}, "no time zone"),
        ({"limit": -1}, "--limit"),
    ],
)
def test_options_that_make_no_sense_are_refused_before_anything_is_read(imports, options, message):
    with pytest.raises(CommandError, match=message):
        imports.items(item(1), **options)

    assert not Post.objects.exists()


@pytest.mark.parametrize(
    "line", ["tag,x,1,section:none", "tag,x,1,nonsense", "author,x,1,topic:x", "thing,x,1,drop"]
)
def test_a_map_that_leads_nowhere_is_refused(imports, tmp_path, line):
    path = tmp_path / "map.csv"
    path.write_text(f"kind,from,count,to\n{line}\n")

    with pytest.raises(CommandError, match="Line 2 of the map"):
        imports.items(item(1), map=path)

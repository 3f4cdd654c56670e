"""What holds of every sample in every format: accounted for, no words lost, twice, killed."""

import json
import re
from collections import Counter
from html import escape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.importing.storing import batch
from articles.models import Post

from . import ghost, wxr
from .conftest import body_of
from .converter.samples import SAMPLES
from .readers.test_feed import FEEDS, SPACES, entry, rss
from .readers.test_ghost import CARDS
from .test_again import ARCHIVES, WRITES, everything, in_a_world_of_its_own
from .words import split, words_of_blocks, words_of_html
from .wxr import item

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pictures_read_here")]

TEXTS = {name: sample for name, sample in SAMPLES.items() if sample[0] == "html"}
CARD_TEXTS = {f"card {name}": ("html", html, [], {}, "") for name, (html, _) in CARDS.items()}
DAY = "2016-12-13T10:00:00Z"


def key_of(name):
    return f"urn:{name.replace(' ', '-')}"


def as_wordpress(texts):
    return wxr.export(
        *(
            item(place, html=f"<!-- wp:group -->{html}<!-- /wp:group -->")
            if markup == "html"
            else item(place, html=html)
            for place, (markup, html, *_others) in enumerate(texts.values(), 1)
        ),
        authors=[("anna", "Anna Brown")],
    )


def as_ghost(texts):
    return ghost.export(
        *(ghost.post(key_of(name), html=html) for name, (_m, html, *_o) in texts.items())
    )


def as_rss(texts):
    return rss(
        *(entry(key_of(name), content=escape(html)) for name, (_m, html, *_o) in texts.items())
    )


def as_atom(texts):
    entries = "".join(
        f"<entry><id>{key_of(name)}</id><title>T</title><published>{DAY}</published>"
        f'<category term="Politics"/><content type="html">{escape(html)}</content></entry>'
        for name, (_m, html, *_o) in texts.items()
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom" {SPACES}>{entries}</feed>'


def as_json_feed(texts):
    items = [
        {
            "id": key_of(name),
            "title": "T",
            "content_html": html,
            "date_published": DAY,
            "tags": ["Politics"],
        }
        for name, (_m, html, *_o) in texts.items()
    ]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items})


FORMATS = {
    "wordpress": (as_wordpress, SAMPLES),
    "ghost": (as_ghost, TEXTS | CARD_TEXTS),
    "rss": (as_rss, TEXTS | CARD_TEXTS),
    "atom": (as_atom, TEXTS | CARD_TEXTS),
    "json feed": (as_json_feed, TEXTS | CARD_TEXTS),
}
every_format = pytest.mark.parametrize("name", FORMATS)


def export_of(name):
    make, texts = FORMATS[name]
    return make(texts)


@every_format
def test_every_item_is_accounted_for_once(imports, name):
    imports(export_of(name))

    keys = [row["id"] for row in imports.report["items"]]
    assert len(keys) == len(set(keys)) == len(FORMATS[name][1])
    assert set(imports.outcomes().values()) == {"imported"}
    assert imports.report["files"][0]["items"] == len(keys)
    assert sum(imports.report["outcomes"].values()) == len(keys)
    assert Post.objects.count() == len(keys)


@ARCHIVES
def test_items_of_an_archive_that_are_left_out_are_accounted_for_too(imports, archive_text):
    imports(archive_text(), limit=3)

    outcomes = Counter(imports.outcomes().values())
    assert outcomes == {"imported": 3, "left_out": 5}
    assert imports.report["files"][0]["items"] == 8


@pytest.mark.parametrize("name", FEEDS)
def test_every_entry_of_every_kind_of_feed_is_accounted_for(imports, name):
    imports(FEEDS[name])

    assert [*imports.outcomes().values()] == ["imported"]


@pytest.mark.parametrize("name", ["ghost", "rss", "atom", "json feed"])
def test_no_words_of_any_sample_are_lost_on_the_way_to_the_desk(imports, name):
    """As for WordPress in test_words.py: what is missing is in the report."""
    imports(export_of(name))

    for sample, (_markup, html, _kinds, _left_out, going) in FORMATS[name][1].items():
        if going is None:
            continue
        key = key_of(sample)
        seen = re.sub(r'<div class="kg-file-card-filesize">.*?</div>|<span>0:00</span>', "", html)
        before, problems = Counter(words_of_html(seen)), imports.problems(key)
        after = Counter(words_of_blocks(body_of(Post.objects.get(source_id=key))))
        told = [*problems.get("caption_left_out", []), *problems.get("words_left_out", [])]
        assert not before - after - Counter(split(" ".join(told))) - Counter(split(going)), sample


@every_format
def test_twice_is_once(imports, name):
    imports(export_of(name))
    before = everything()

    with CaptureQueriesContext(connection) as queries:
        imports(export_of(name))

    # The run itself is kept, and that somebody ran it.
    logs = ("_importrun", "_importproblem", "_loggedaction")
    sql = [query["sql"] for query in queries if not any(log in query["sql"] for log in logs)]
    assert [each for each in sql if each.startswith(WRITES)] == []
    assert set(imports.outcomes().values()) == {"unchanged"}
    assert everything() == before


@every_format
@pytest.mark.parametrize("killed_after", [0, 1, 4])
def test_killed_is_undisturbed(imports, monkeypatch, name, killed_after):
    monkeypatch.setattr("articles.importing.run.BATCH_SIZE", 7)
    undisturbed = in_a_world_of_its_own(lambda: imports(export_of(name)))
    work, calls = batch.Batches.work, []

    def killed(self, rows, *, now):
        calls.append(rows)
        if len(calls) > killed_after:
            raise KeyboardInterrupt
        work(self, rows, now=now)

    with monkeypatch.context() as patch:
        patch.setattr(batch.Batches, "work", killed)
        with pytest.raises(KeyboardInterrupt):
            imports(export_of(name))
    imports(export_of(name))

    assert everything() == undisturbed

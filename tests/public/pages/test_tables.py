"""A table in a story, as readers get it."""

import re

import pytest

from articles.models import Table
from articles.publishing.steps.publish import publish
from tests.builders import make_post, make_story

pytestmark = pytest.mark.django_db

CELLS = "Party\tSeats\tShare\nRed\t1,204\t41.5%\n<strong>Blue</strong>\t–\t-3%"


def story_with(cells=CELLS, **fields):
    """A published story with a table; the markup of its page."""
    post = make_post()
    Table.objects.create(parent=post, region="body", ordering=50, cells=cells, **fields)
    publish(post, by=None)
    return post


def page(client, post):
    return client.get(post.editions.get().get_absolute_url()).text


def figure(client, post):
    """The markup of the table, without spaces between tags."""
    markup = re.search('<figure class="table">.*?</figure>', page(client, post), re.S)[0]
    return re.sub(r"\s+", " ", re.sub(r">\s+|\s+<", lambda found: found[0].strip(), markup))


def test_a_table_has_its_title_its_headings_and_figures_that_stand_at_the_end(client):
    shown = figure(client, story_with(title="Seats & votes", source="Electoral Commission"))

    assert "<caption><span>Seats &amp; votes</span></caption>" in shown
    assert '<thead><tr><th scope="col">Party</th><th scope="col" class="figure-cell">Seats' in shown
    assert '<tr><td>Red</td><td class="figure-cell">1,204</td>' in shown
    assert "<td><strong>Blue</strong></td>" in shown
    assert "Source:</span>Electoral Commission" in shown


@pytest.mark.parametrize(
    ("head", "columns", "rows"), [("", 3, 0), ("column", 0, 3), ("both", 3, 2), ("none", 0, 0)]
)
def test_headings_are_where_the_editor_said(client, head, columns, rows):
    shown = figure(client, story_with(head=head))

    assert shown.count('scope="col"') == columns
    assert shown.count('scope="row"') == rows


def test_a_wide_table_scrolls_in_a_region_with_a_name_that_keys_can_reach(client):
    named, unnamed = story_with(title="Seats"), story_with()

    assert 'role="region" tabindex="0" aria-label="Seats"' in figure(client, named)
    assert 'role="region" tabindex="0" aria-label="Table"' in figure(client, unnamed)


def test_what_acts_in_cells_and_titles_is_shown_as_words_or_not_at_all(client):
    hostile = (
        '<script>alert(1)</script><svg onload="alert(2)">x</svg>\t=1+1\n'
        '<a href="javascript:alert(3)">y</a>\t<img src=x onerror=alert(4)>'
    )
    shown = page(client, story_with(hostile, title="</caption><script>alert(5)</script>"))

    assert "alert(1)" not in shown
    assert "onload" not in shown
    assert "javascript:" not in shown
    assert "onerror" not in shown
    assert "<script>alert(5)" not in shown
    assert "=1+1" in shown


def test_only_pages_with_a_table_load_its_style_sheet(client):
    assert "css/table.css" in page(client, story_with())
    assert "css/table.css" not in page(client, make_story("Without"))


def test_feeds_get_the_plain_table_with_its_source(client):
    story_with(title="Seats", source="ONS")

    content = client.get("/feeds/feed.json").json()["items"][0]["content_html"]

    assert "<td>Red</td>" in re.sub(r"\s+", " ", content)
    assert "<caption>" in content
    assert "Source: ONS" in content
    assert "tabindex" not in content


@pytest.mark.parametrize("text", ["1,204", "−3", "€3bn", "12 %", "1.234,5", "٣", "1e5"])
def test_a_column_of_figures_is_known_in_whatever_form(client, text):
    is_figure = text != "1e5"

    shown = figure(client, story_with(f"A\tB\nx\t{text}"))

    assert ('class="figure-cell"' in shown) == is_figure


def test_an_empty_table_keeps_a_story_from_being_published():
    from articles.publishing.steps.readiness import NotReady

    with pytest.raises(NotReady, match="A table has no words"):
        story_with("\t\n\t")

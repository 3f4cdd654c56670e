"""A chart in a story, as readers get it: drawn when it was published, its figures below."""

import re

import pytest
from defusedxml import ElementTree

from articles.models import Chart
from articles.publishing.charts.drawing import drawing_of
from articles.publishing.steps.publish import publish
from articles.publishing.steps.readiness import NotReady
from tests.builders import make_post, make_story

pytestmark = pytest.mark.django_db

CELLS = "Year\tRed\tBlue\n2022\t10\t20\n2023\t-5\t–\n2024\t15\t40"
SHAPES = ["", "bar", "line", "stacked"]


def story_with(cells=CELLS, **fields):
    """A published story with a chart."""
    post = make_post()
    said = {"title": "Seats", "description": "Blue doubled."} | fields
    Chart.objects.create(parent=post, region="body", ordering=50, cells=cells, **said)
    publish(post, by=None)
    return post


def page(client, post):
    return client.get(post.editions.get().get_absolute_url()).text


def figure(client, post):
    return re.search('<figure class="chart">.*?</figure>', page(client, post), re.S)[0]


def drawn(cells=CELLS, shape="", decimal=""):
    rows = [line.split("\t") for line in cells.split("\n")]
    return drawing_of({"shape": shape, "decimal": decimal, "rows": rows})


@pytest.mark.parametrize("shape", SHAPES)
def test_a_chart_is_drawn_without_scripts_or_styles_and_its_sentence_stands_for_it(client, shape):
    shown = figure(client, story_with(CELLS.replace("-5", "5"), shape=shape, unit="per cent"))

    assert 'role="img"\n           aria-label="Blue doubled."' in shown
    assert "per cent" in shown
    assert "<script" not in shown
    assert "style=" not in shown
    start = shown.index('<div class="chart-drawing"')
    ElementTree.fromstring(shown[start : shown.index("</div>", start) + 6])


def test_the_figures_stand_below_as_a_table(client):
    shown = figure(client, story_with())

    assert shown.index("<details") < shown.index('<th scope="col" class="figure-cell">Red</th>')
    assert '<th scope="row">2022</th>' in shown
    assert "<details open" not in shown


def test_columns_and_bars_begin_at_zero_and_may_go_below():
    columns = drawn("\tA\nx\t100\ny\t104\nz\t-2")
    heights = [box.height for box in columns.boxes]
    assert heights[0] / heights[1] == pytest.approx(100 / 104, abs=0.001)
    assert columns.boxes[2].y == columns.base
    assert columns.boxes[0].y + heights[0] == pytest.approx(columns.base)

    bars = drawn("\tA\nx\t100\ny\t104\nz\t-2", "bar")
    widths = [box.width for box in bars.boxes]
    assert widths[0] / widths[1] == pytest.approx(100 / 104, abs=0.001)
    assert bars.boxes[2].x < bars.upright_base == bars.boxes[0].x


def test_a_stack_is_as_high_as_all_its_parts():
    stack = drawn("\tA\tB\nx\t10\t30\ny\t20\t20", "stacked")

    first, second = stack.boxes[:2]
    assert second.y + second.height == pytest.approx(first.y)
    assert second.height == pytest.approx(3 * first.height, abs=0.1)


def test_a_line_has_a_gap_where_nothing_is_known_and_a_sign_and_dashes_of_its_own(client):
    lines = drawn("\tA\tB\n1\t1\t2\n2\t2\t3\n3\t–\t4\n4\t3\t5\n5\t4\t6", "line").lines

    assert [len(line.parts) for line in lines] == [2, 1]
    assert [len(line.signs) for line in lines] == [4, 5]
    assert lines[0].sign != lines[1].sign


@pytest.mark.parametrize("shape", SHAPES)
def test_several_series_are_told_apart_by_more_than_colours(client, shape):
    shown = figure(client, story_with(CELLS.replace("-5", "5"), shape=shape))

    assert shown.count("<li>") == 2
    if shape == "line":
        assert "chart-line-2" in shown
        assert "chart-sign-2" in shown
    else:
        name = re.search('id="(chart-[0-9a-f]{8}-2)"', shown)[1]
        assert shown.count(f'fill="url(#{name})"') > 2


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"cells": "Year\tRed\n2022\t12,3,4"}, "Row 2, column “Red”: “12,3,4” is not a number"),
        ({"cells": "\t\n2022\tten"}, "Row 2, column “2”: “ten” is not a number"),
        ({"cells": "\tA\n1\t1e308"}, "Row 2, column “A”: “1e308” is not a number"),
        ({"cells": "\tA\n1\tNaN"}, "“NaN” is not a number"),
        ({"cells": "\tA\n1\t1.5", "decimal": "comma"}, "“1.5” is not a number"),
        ({"cells": "\tA\n1\t1,5"}, "“1,5” is not a number"),
        ({"cells": "\tA\n1\t-1", "shape": "stacked"}, "stacked columns cannot show “-1”"),
        ({"cells": "\tA\n1\t–"}, "has no figures"),
        ({"cells": "A\n1"}, "names in its first row and column"),
        ({"cells": ""}, "names in its first row and column"),
        ({"cells": "\t" + "\t".join("ABCDEFG") + "\n1" + "\t1" * 7}, "this one has 7 and 1"),
        ({"cells": "\tA" + "\n1\t1" * 201}, "this one has 1 and 201"),
        ({"title": ""}, "A chart has no title"),
        ({"description": " "}, "does not say in a sentence"),
    ],
)
def test_what_cannot_be_drawn_is_told_with_its_cell_and_keeps_the_story_back(fields, said):
    with pytest.raises(NotReady, match=re.escape(said)):
        story_with(**fields)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(
    "cells",
    [
        "\tA\n" + "\n".join(f"{n}\t{n}" for n in range(200)),
        "\t" + "\t".join("ABCDEF") + "".join("\nx" + "\t1" * 6 for _ in range(200)),
        "\tA\nx\t0",
        "\tA\nx\t0.000001\ny\t0.000002",
        "\tA\nx\t999999999999999\ny\t1",
        "\tA\nx\t7",
        "\tA\nx\t3\ny\t3",
        "\tالسكان\nدمشق\t٣\nحلب\t٢",
        "\t<b>A</b>\n<script>x\t3",
        "\tA\n\t3\n\t4",
        "\tA\n" + "w" * 5000 + "\t3",
    ],
)  # fmt: skip
def test_whatever_is_drawn_stays_within_its_frame(shape, cells):
    drawing = drawn(cells, shape)

    assert not drawing.faults
    for box in drawing.boxes:
        assert -0.01 <= box.x <= box.x + box.width <= 100.01
        assert -0.01 <= box.y <= box.y + box.height <= drawing.height
    for word in drawing.words:
        assert 0 <= word.x <= 100
        assert 0 < word.y <= drawing.height
    assert drawing.axis < 160


def test_the_smallest_screen_shows_as_many_names_as_have_room():
    years = drawn("\tA" + "".join(f"\n{year}\t1" for year in range(1950, 2020)))
    shown = [word for word in years.words if not word.wide]
    assert 4 <= len(shown) <= 10
    assert len(years.words) > len(shown)

    names = drawn("\tA" + "".join(f"\nConstituency {letter}\t1" for letter in "abcdefgh"))
    assert [word.turned for word in names.words].count(True) == 8


def test_words_of_a_chart_never_act(client):
    hostile = "<script>alert(1)</script>"
    cells = f'\t<svg onload="alert(2)">A\tB\n{hostile}<img src=x onerror=alert(3)>x\t1\t2'
    post = story_with(cells, title=hostile, unit=hostile, note=hostile, source='"onclick="x')

    shown = page(client, post)

    assert "<script>alert" not in shown
    assert "onload=" not in shown
    assert "onerror=" not in shown
    assert '"onclick=' not in shown


def test_feeds_get_the_sentence_and_the_figures(client):
    story_with(source="ONS")

    content = client.get("/feeds/feed.json").json()["items"][0]["content_html"]

    assert "<p>Blue doubled.</p>" in content
    assert "<caption>" in content
    assert "Source: ONS" in content
    assert "<svg" not in content


def test_numbers_of_axes_are_never_written_in_the_readers_language(client, settings):
    settings.LANGUAGE_CODE = "fr"

    shown = figure(client, story_with("\tA\n1\t1.5\n2\t2"))

    assert not re.search(r' (?:x|y|width|height)="\d+,', shown)


def test_only_pages_with_a_chart_load_its_style_sheet(client):
    assert "css/chart.css" in page(client, story_with())
    assert "css/chart.css" not in page(client, make_story("Without"))


def test_figures_that_hardly_differ_are_drawn_side_by_side(client):
    close = "\ta\np\t999999999999999.00000000000000000001\nq\t999999999999999.00000000000000000002"

    drawing = drawn(close, shape="line")

    assert len({word.text for word in drawing.ticks}) == len(drawing.ticks)
    assert "<polyline" in figure(client, story_with(close, shape="line"))

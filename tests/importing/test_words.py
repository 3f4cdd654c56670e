"""Words, links and pictures as they arrive: from the file to the page."""

import re
from collections import Counter

import pytest

from articles.desk.blocks import Caption, Embed, PullQuote, RelatedLink, Table, Text
from articles.models import Edition, Post
from tests.importing.converter.samples import SAMPLES
from tests.importing.words import split, words_of_blocks, words_of_html

from . import wxr
from .conftest import body_of, post_of
from .wxr import item

pytestmark = pytest.mark.django_db

AT = f"{wxr.SITE}/2016/12"


def test_no_words_of_any_sample_are_lost_on_the_way_to_the_desk(imports):
    """What is missing is in the report; pictures are missing here, and their captions are in it."""
    names = [name for name, sample in SAMPLES.items() if sample[4] is not None]
    imports.items(
        *(
            item(place, html=f"<!-- wp:group -->{SAMPLES[name][1]}<!-- /wp:group -->")
            if SAMPLES[name][0] == "html"
            else item(place, html=SAMPLES[name][1])
            for place, name in enumerate(names, 1)
        )
    )

    for place, name in enumerate(names, 1):
        html = re.sub(r"\[[^\]]*\]", "", SAMPLES[name][1])
        before, problems = Counter(words_of_html(html)), imports.problems(place)
        after = Counter(words_of_blocks(body_of(post_of(place))))
        told = Counter(split(" ".join(problems.get("caption_left_out", []))))
        gone = before - after - told - Counter(split(SAMPLES[name][4]))
        assert not gone, name


def test_a_paragraph_that_is_a_link_to_a_story_of_the_export_is_a_related_link(imports, client):
    imports.items(
        item(1, html=f'<p>a</p><p>WATCH: <a href="{AT}/story-2/">A second</a></p><p>b</p>'),
        item(2, title="A second", html='<p>a</p><p><a href="/?p=1">Other words</a></p>'),
        item(3, html=f'<p>a</p><p>READ: <a href="{AT}/story-3/">Itself</a></p>'),
        item(4, html='<p>a</p><p>READ: <a href="https://elsewhere.example/">There</a></p>'),
    )

    forward = RelatedLink.objects.get(parent=post_of(1))
    backward = RelatedLink.objects.get(parent=post_of(2))
    assert (forward.story, forward.label, forward.headline) == (post_of(2), "watch", "")
    assert (backward.story, backward.headline) == (post_of(1), "Other words")
    assert [type(block) for block in body_of(post_of(1))] == [Text, RelatedLink, Text]
    assert not RelatedLink.objects.filter(parent__in=[post_of(3), post_of(4)]).exists()
    page = client.get("/2016/12/13/story-1/").content.decode()
    assert 'href="/2016/12/13/story-2/"' in page


def test_a_link_forward_over_batches_leads_to_the_same_story(imports, monkeypatch):
    monkeypatch.setattr("articles.importing.run.BATCH_SIZE", 1)
    imports.items(
        item(1, html=f'<p>a</p><p><a href="{AT}/story-3/">A story</a></p>'),
        item(2, html=f'<p>a</p><p><a href="{AT}/story-3/">A story</a></p>'),
        item(3),
    )

    assert {link.story for link in RelatedLink.objects.all()} == {post_of(3)}
    assert Post.objects.count() == Edition.objects.count() == 3
    assert post_of(3).status == "published"
    assert "promised" not in imports.problems()


def test_other_links_to_stories_of_the_export_get_their_new_address(imports):
    html = (
        f'<p>See <a href="http://www.old.example/2016/12/story-2/amp/?utm=1">this</a>, '
        f'<a href="{AT}/gone/">that</a> and <a href="https://b.example/2016/12/story-2/">b</a>.</p>'
    )

    imports.items(item(1, html=html), item(2))

    text = Text.objects.get(parent=post_of(1)).html
    assert 'href="/2016/12/13/story-2/"' in text
    assert f'href="{AT}/gone/"' in text
    assert 'href="https://b.example/2016/12/story-2/"' in text


def test_pieces_become_the_blocks_of_the_desk(imports):
    html = (
        "<p>a</p><figure class='wp-block-pullquote'><blockquote><p>Big</p><cite>Who</cite>"
        "</blockquote></figure><iframe src='https://player.vimeo.com/video/1'></iframe><p>b</p>"
    )

    imports.items(item(1, html=html))

    blocks = body_of(post_of(1))
    assert [type(block) for block in blocks] == [Text, PullQuote, Embed, Text]
    assert (blocks[1].text, blocks[1].attribution) == ("Big", "Who")
    assert (blocks[2].url, blocks[2].provider) == ("https://vimeo.com/1", "Vimeo")
    assert [block.ordering for block in blocks] == [10, 20, 30, 40]


def test_what_is_left_out_is_counted_by_name(imports):
    imports.items(
        item(1, html="<p>a</p><!-- wp:latest-posts /--><!-- wp:query --><!-- /wp:query -->"),
        item(2, html="a [ad size='2'] b\n\n[newsletter]"),
        item(3, html="<table><tr><td>a</td><td>b</td></tr></table>"),
    )

    assert {
        "left_out_block_latest-posts": ["1"],
        "left_out_block_query": ["1"],
        "left_out_shortcode_ad": ["1"],
        "left_out_shortcode_newsletter": ["1"],
        "left_out_table_as_rows": ["1"],
    }.items() <= imports.problems().items()


def test_a_table_comes_as_one_and_its_links_lead_to_the_stories_as_they_are_now(imports):
    cells = "<td>Red</td><td><a href='https://old.example/?p=2'>12</a></td>"
    imports.items(
        item(1, html=f"<table><tr><th>Who</th><th>Seats</th></tr><tr>{cells}</tr></table>")
    )

    (table,) = body_of(post_of(1))
    assert isinstance(table, Table)
    assert table.cells.startswith("Who\tSeats\nRed\t<a href=")


def test_footnotes_that_wordpress_keeps_beside_the_text_come_with_it(imports):
    html = (
        '<p>It rose<sup data-fn="x" class="fn"><a href="#x">1</a></sup>.</p><!-- wp:footnotes /-->'
    )
    notes = '[{"content":"By <em>twelve</em> per cent","id":"x"}]'

    imports.items(item(1, html=html, meta=[("footnotes", notes)]), item(2, html=html))
    imports.items(item(3, html=html, meta=[("footnotes", "{broken")]))

    words = " ".join(words_of_blocks(body_of(post_of(1))))
    assert words == "it rose1 by twelve per cent"
    assert post_of(2).status == post_of(3).status == "published"


def block(key, html, **fields):
    return item(key, kind="wp_block", html=html, **fields)


def named(key, more=""):
    return f'<!-- wp:block {{"ref":{key}{more}}} /-->'


def html_of(key):
    return "".join(each.html for each in Text.objects.filter(parent=post_of(key)))


def test_reusable_blocks_come_in_where_stories_name_them(imports):
    story = item(1, html=f"<p>Before.</p>{named(90)}<p>After.</p>")
    other = item(2)
    imports.items(
        story, other, block(90, f"<p>How to help.</p>{named(91)}"), block(91, "<p>Us.</p>")
    )

    assert html_of(1) == "<p>Before.</p><p>How to help.</p><p>Us.</p><p>After.</p>"
    assert "left_out_block_block" not in imports.problems(1)
    assert imports.outcomes()["90"] == "left_out"

    imports.items(story, other, block(90, "<p>How to give.</p>"))
    assert html_of(1) == "<p>Before.</p><p>How to give.</p><p>After.</p>"
    assert (imports.outcomes()["1"], imports.outcomes()["2"]) == ("updated", "unchanged")


@pytest.mark.parametrize(
    "hidden", [{"status": "draft"}, {"status": "private"}, {"status": "trash"}, {"password": "x"}]
)
def test_reusable_blocks_that_readers_did_not_see_do_not_come(imports, hidden):
    imports.items(item(1, html=f"<p>Before.</p>{named(90)}"), block(90, "<p>Hidden.</p>", **hidden))

    assert html_of(1) == "<p>Before.</p>"
    assert imports.problems(1)["left_out_block_block"] == ["1"]
    assert "Hidden" not in str(imports.report)


def test_words_in_place_of_those_of_a_reusable_block_are_in_the_report(imports):
    more = ', "content":{"Head":{"content":"Ours instead"},"x":3}'
    imports.items(item(1, html=named(90, more)), block(90, "<p>Theirs.</p>"))

    assert imports.problems(1)["words_left_out"] == ["Ours instead"]


def test_reusable_blocks_that_name_each_other_come_to_an_end(imports):
    doubling = [block(key, f"<p>{key}</p>{named(key + 1) * 2}") for key in range(100, 160)]
    circle = [block(90, f"<p>a</p>{named(91)}"), block(91, f"<p>b</p>{named(90)}")]
    imports.items(item(1, html=named(90)), item(2, html=named(100)), *doubling, *circle)

    assert html_of(1) == "<p>a</p><p>b</p>"
    assert imports.outcomes()["2"] == "imported"


def test_a_text_longer_than_a_block_holds_becomes_several(imports):
    html = "".join(f"<p>{'word ' * 200}{place}</p>" for place in range(400))

    imports.items(item(1, html=html), item(2, html=f"<p>{'word ' * 90_000}</p>"))

    assert post_of(1).status == post_of(2).status == "published"
    assert len(words_of_blocks(body_of(post_of(1)))) == 400 * 201
    assert len(words_of_blocks(body_of(post_of(2)))) == 90_000


def test_nothing_active_arrives(imports, client):
    html = (
        '<p onclick="x()">a<script>alert(1)</script> <a href="javascript:x">b</a></p>'
        '<form action="/x"><input></form><iframe src="javascript:x"></iframe><img src=x onerror=y>'
    )

    imports.items(item(1, title="<script>x</script>T", html=html, excerpt="<img onerror=x>E"))

    page = client.get("/2016/12/13/story-1/").content.decode()
    assert not re.search(r"onclick|javascript:|onerror|alert\(1\)|<form action", page)


def test_pictures_that_are_not_given_are_named_with_their_words(imports):
    html = (
        '<figure><img src="/wp-content/uploads/a.jpg"><figcaption>The bridge</figcaption></figure>'
    )

    imports.items(item(1, html=f"<p>a</p>{html}"))

    problems = imports.problems(1)
    assert problems["picture_missing"] == [
        "/wp-content/uploads/a.jpg: No folder with pictures was given."
    ]
    assert problems["caption_left_out"] == ["/wp-content/uploads/a.jpg: The bridge"]
    assert not Caption.objects.exists()
    assert post_of(1).status == "published"

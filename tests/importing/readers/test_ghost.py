"""Ghost: every row of its table, every form of its words, and nothing that is secret."""

import datetime as dt
import json
import logging
import re
import tracemalloc
import zipfile

import pytest
from django.apps import apps

from articles.desk.blocks import Caption, Embed, Gallery, RelatedLink, Text
from articles.importing.readers import ghost as reader
from articles.models import Author, Edition, Photo, Post
from tests.importing.conftest import body_of, post_of
from tests.importing.ghost import export, lexical, paragraph, post, words
from tests.importing.test_pictures import jpeg
from tests.importing.words import words_of_blocks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pictures_read_here")]


def html_of(post):
    return "".join(block.html for block in body_of(post) if isinstance(block, Text))


@pytest.mark.parametrize("version", ["2.38.3", "3.42.9", "4.48.9", "5.75.0", "6.0.0"])
@pytest.mark.parametrize("bare", [True, False])
def test_a_published_post_is_live_with_all_that_it_had(imports, client, version, bare):
    imports(export(post(custom_excerpt="Excerpt."), version=version, bare=bare))

    story = post_of("p1")
    assert imports.code == 0
    assert (story.headline, story.slug, story.standfirst) == ("A story", "story-p1", "Excerpt.")
    assert story.published_at == dt.datetime(2016, 12, 13, 10, tzinfo=dt.UTC)
    assert story.saved_at == dt.datetime(2017, 1, 2, 3, 4, 5, tzinfo=dt.UTC)
    assert story.section.slug == "politics"
    assert [topic.name for topic in story.topics.all()] == ["Syria"]
    assert [(a.name, a.slug, a.bio) for a in story.authors.all()] == [
        ("Anna Brown", "anna", "Writes.")
    ]
    assert client.get("/story-p1/")["Location"] == "/2016/12/13/story-p1/"
    assert client.get("/p/uuid-p1/")["Location"] == "/2016/12/13/story-p1/"
    assert client.get("/tag/syria/")["Location"] == "/topics/syria/"
    assert client.get("/author/anna/").status_code == 301


def test_moments_may_be_milliseconds(imports):
    imports(export(post(published_at=1481623200000)))

    assert post_of("p1").published_at == dt.datetime(2016, 12, 13, 10, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("fields", "status", "problem"),
    [
        ({"status": "scheduled"}, "published", "schedule_passed"),
        ({"status": "draft"}, "draft", None),
        ({"status": "sent"}, "draft", "sent"),
        ({"status": "odd"}, "draft", "status"),
        ({"visibility": "members"}, "draft", "members"),
        ({"visibility": "paid"}, "draft", "members"),
        ({"visibility": "tiers"}, "draft", "members"),
        ({"title": "(Untitled)"}, "draft", "no_title"),
    ],
)
def test_each_status_and_visibility_becomes_one_of_ours(imports, fields, status, problem):
    imports(export(post(**fields)))

    assert post_of("p1").status == status
    assert problem is None or problem in imports.problems("p1")
    assert Edition.objects.exists() == (status == "published")


def test_what_was_for_members_is_public_only_when_asked_for(imports):
    imports(export(post(visibility="paid")), members_as_public=True)

    assert post_of("p1").status == "published"


@pytest.mark.parametrize("fields", [{"type": "page"}, {"type": None, "page": 1}])
def test_pages_come_only_when_they_are_named(imports, fields):
    imports(export(post(**fields), post("p2")))
    assert imports.outcomes()["p1"] == "left_out"

    imports(export(post(**fields)), types="page", section="politics")
    assert imports.outcomes()["p1"] == "imported"


def test_authors_and_tags_stand_in_their_order(imports):
    order = {"posts_authors": "author_id", "posts_tags": "tag_id"}
    relate = {
        table: [
            {"post_id": "p1", column: key, "sort_order": place}
            for place, key in ((1, f"{prefix}1"), (0, f"{prefix}2"))
        ]
        for (table, column), prefix in zip(order.items(), "ut", strict=True)
    }

    imports(
        export(post(), authors=relate["posts_authors"], tags=relate["posts_tags"]),
        section="politics",
    )

    story = post_of("p1")
    names = [row.author.name for row in story.post_authors.order_by("position")]
    assert names == ["Carl", "Anna Brown"]
    assert [topic.name for topic in story.topics.all()] == ["Syria", "Politics"]


CARDS = {
    "image": (
        '<figure class="kg-card kg-image-card"><img src="/content/images/size/w600/a.jpg">'
        "<figcaption>Cap</figcaption></figure>",
        [Caption],
    ),
    "gallery": (
        '<figure class="kg-card kg-gallery-card"><div><div><img src="/content/images/a.jpg">'
        '<img src="/content/images/b.jpg"></div></div><figcaption>Both</figcaption></figure>',
        [Gallery, Text],
    ),
    "embed": (
        '<figure class="kg-card kg-embed-card"><iframe src="https://www.youtube.com/embed/abc">'
        "</iframe></figure>",
        [Embed],
    ),
    "callout": (
        '<div class="kg-card kg-callout-card"><div class="kg-callout-emoji">💡</div>'
        '<div class="kg-callout-text">Mind this</div></div>',
        [Text],
    ),
    "toggle": (
        '<div class="kg-card kg-toggle-card"><div><h4>Ask</h4><button><svg></svg></button>'
        "</div><div><p>Answer</p></div></div>",
        [Text],
    ),
    "button": (
        '<div class="kg-card kg-button-card"><a href="https://a.example/" class="kg-btn">Go'
        "</a></div>",
        [Text],
    ),
    "audio": (
        '<div class="kg-card kg-audio-card"><div><audio src="https://a.example/x.mp3"></audio>'
        '<div class="kg-audio-title">A talk</div><span>0:00</span></div></div>',
        [Embed],
    ),
    "video": (
        '<figure class="kg-card kg-video-card"><div><video src="https://a.example/x.mp4">'
        "</video><span>0:00</span></div><figcaption>Film</figcaption></figure>",
        [Embed, Text],
    ),
    "file": (
        '<div class="kg-card kg-file-card"><a href="https://a.example/r.pdf"><div>'
        '<div class="kg-file-card-title">Report</div><div class="kg-file-card-filesize">1 MB'
        "</div></div></a></div>",
        [Embed],
    ),
    "table": ("<table><tr><td>a</td><td>b</td></tr></table>", [Text]),
}


@pytest.mark.parametrize("name", CARDS)
def test_cards_become_blocks_by_their_class(imports, tmp_path, name):
    html, kinds = CARDS[name]
    (tmp_path / "content" / "images").mkdir(parents=True)
    for file, colour in (("a", "red"), ("b", "blue")):
        (tmp_path / "content" / "images" / f"{file}.jpg").write_bytes(jpeg(colour))

    imports(export(post(html=f"{html}<hr>")), pictures=tmp_path / "content")

    assert [type(block) for block in body_of(post_of("p1"))] == kinds


def test_a_bookmark_is_a_related_link_or_an_embed(imports):
    def bookmark(address):
        return (
            f'<p>a</p><figure class="kg-card kg-bookmark-card"><a href="{address}"><div '
            'class="kg-bookmark-title">There</div><div class="kg-bookmark-description">More</div>'
            "</a></figure>"
        )

    imports(
        export(
            post("p1", html=bookmark("__GHOST_URL__/story-p2/")),
            post("p2", html=bookmark("https://b.example/x")),
        )
    )

    link = RelatedLink.objects.get(parent=post_of("p1"))
    assert (link.story, link.headline) == (post_of("p2"), "There")
    assert Embed.objects.get(parent=post_of("p2")).title == "There"
    assert imports.problems("p2")["words_left_out"] == ["More"]


@pytest.mark.parametrize("kind", ["signup", "product", "email", "email-cta"])
def test_cards_that_sell_or_sign_up_are_left_out_and_counted(imports, kind):
    html = f'<p>a</p><div class="kg-card kg-{kind}-card"><h2>Subscribe</h2></div>'

    imports(export(post(html=html)))

    assert html_of(post_of("p1")) == "<p>a</p>"
    assert imports.problems("p1")[f"left_out_card_{kind}"] == ["1"]


def test_words_in_lexical_are_read(imports):
    link = {"type": "link", "url": "https://a.example/", "children": [words("link")]}
    items = [{"type": "listitem", "children": [words(each)]} for each in ("one", "two")]
    text = lexical(
        {"type": "extended-heading", "tag": "h2", "children": [words("Head")]},
        paragraph(words("Plain "), words("bold", 1), words(" and "), words("both", 3), link),
        {"type": "list", "listType": "bullet", "children": items},
        {"type": "extended-quote", "children": [words("Quoted")]},
        {"type": "callout", "calloutText": "Mind"},
        {"type": "toggle", "heading": "Ask", "content": "<p>Answer</p>"},
        {"type": "markdown", "markdown": "Some **marked** words"},
        {"type": "html", "html": "<p>Own</p>"},
        {"type": "embed", "url": "https://vimeo.com/1", "html": "<iframe></iframe>"},
        {"type": "signup", "header": "Sign up"},
        {"type": "bookmark", "url": "https://b.example/", "metadata": {"title": "Mark"}},
    )

    imports(export(post(html=None, lexical=text)))

    seen = " ".join(words_of_blocks(body_of(post_of("p1"))))
    assert seen == (
        "head plain bold and bothlink one two quoted mind ask answer some marked words own"
        " see it on vimeo mark"
    )
    assert "<strong>bold</strong>" in html_of(post_of("p1"))
    assert "left_out_card_signup" in imports.problems("p1")


def test_words_in_mobiledoc_are_read(imports):
    text = json.dumps(
        {
            "version": "0.3.1",
            "markups": [["strong"], ["a", ["href", "https://a.example/"]]],
            "atoms": [["soft-return", "", {}]],
            "cards": [["markdown", {"markdown": "# Head\n\n* one\n* two"}], ["hr", {}]],
            "sections": [
                [
                    1,
                    "p",
                    [[0, [], 0, "Plain "], [0, [0], 1, "bold"], [1, [], 0, 0], [0, [1], 1, "x"]],
                ],
                [3, "ul", [[[0, [], 0, "item"]]]],
                [10, 0],
                [10, 1],
                [10, 9],
                [99],
            ],
        }
    )

    imports(export(post(html="", mobiledoc=text)))

    assert html_of(post_of("p1")) == (
        '<p>Plain <strong>bold</strong><br><a href="https://a.example/" rel="noopener">x</a></p>'
        "<ul><li><p>item</p></li></ul><h2>Head</h2><ul><li><p>one</p></li><li><p>two</p></li></ul>"
    )


@pytest.mark.parametrize("text", ["", "{", "[]", '{"root": 3}', '{"sections": [[1]]}', "null"])
def test_words_in_no_form_that_is_known_leave_a_draft(imports, text):
    imports(export(post(html="", lexical=text, mobiledoc=text)))

    assert "no_text" in imports.problems("p1")


def test_the_feature_image_leads_with_its_words_from_the_original(imports, tmp_path):
    (tmp_path / "content" / "images" / "2020").mkdir(parents=True)
    (tmp_path / "content" / "images" / "2020" / "a.jpg").write_bytes(jpeg())
    (tmp_path / "content" / "images" / "anna.jpg").write_bytes(jpeg("red"))
    meta = {"post_id": "p1", "feature_image_alt": "Alt", "feature_image_caption": "Photo: PA"}

    imports(
        export(
            post(feature_image="__GHOST_URL__/content/images/size/w600/2020/a.jpg"), meta=[meta]
        ),
        pictures=tmp_path / "content",
    )

    lead = Caption.objects.get()
    assert (lead.region, lead.caption, lead.alt) == ("lead", "Photo: PA", "Alt")
    assert lead.credit == lead.photo.credit == ""
    assert imports.problems("p1")["credit_offered"] == ["Photo: PA"]
    assert Author.objects.get(slug="anna").picture.imported.address == "/content/images/anna.jpg"


def test_a_zip_brings_its_own_pictures(imports, tmp_path):
    path = tmp_path / "site.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "ghost/data/old.json", export(post(html='<img src="/content/images/a.jpg">w'))
        )
        archive.writestr("ghost/content/images/a.jpg", jpeg())

    imports(path.read_bytes())

    assert Photo.objects.count() == 1
    assert Caption.objects.get().parent == post_of("p1")


def test_canonical_addresses_elsewhere_and_injected_code_are_named_and_never_brought_in(imports):
    imports(
        export(
            post(canonical_url="https://b.example/x", codeinjection_head="<script>evil()</script>")
        )
    )

    assert imports.problems("p1")["canonical"] == ["https://b.example/x"]
    assert "code" in imports.problems("p1")
    assert "evil" not in str(Text.objects.values()) + str(imports.report)


def test_nothing_secret_is_read_into_a_row_a_log_or_a_report(imports, caplog, capsys, tmp_path):
    caplog.set_level(logging.DEBUG)

    imports(export(post(), post("p2", status="broken")), verbosity=2)

    rows = [str(list(model.objects.values())) for model in apps.get_models()]
    everywhere = [*rows, caplog.text, *capsys.readouterr(), str(imports.report)]
    everywhere += [path.read_text() for path in tmp_path.glob("*.csv")]
    assert not [text for text in everywhere if "SECRET" in text]
    assert Post.objects.count() == 2


def test_no_object_is_made_of_what_is_not_wanted(tmp_path):
    path = tmp_path / "x.json"
    path.write_text(export(post()))

    found = [row for _table, row in reader.rows(path, set(reader.FIELDS))]

    assert "SECRET" not in str(found)


@pytest.mark.parametrize("cut", [0.3, 0.9, 0.999])
def test_a_file_cut_off_is_named(imports, cut):
    text = export(*(post(f"p{n}") for n in range(50)))

    imports(text[: int(len(text) * cut)])

    assert imports.code in {1, 2}
    assert "no JSON" in imports.problems()["file_ended"][0]


HOSTILE = {
    "deep": '{"db":[{"meta":{},"data":{"x":' + "[" * 100_000,
    "deep maps": '{"db":[{"meta":{},"data":{"x":' + '{"a":' * 50_000,
    "a long text": '{"db":[{"data":{"posts":[{"id":"1","html":"' + 'x\\"' * 200_000 + '"}]}}]}',
    "a long name": '{"db":[{"data":{"posts":[{"id":"1","' + "x" * 300_000 + '":1}]}}]}',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_json_that_is_made_to_fill_the_memory_is_refused(imports, monkeypatch, name):
    monkeypatch.setattr(reader, "MOST_BYTES_OF_TEXT", 100_000)

    tracemalloc.start()
    imports(HOSTILE[name])
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert imports.code == 2
    assert re.search("deeper|longer", imports.problems()["file_ended"][0])
    assert most < 100_000_000


def test_a_text_longer_than_any_story_ends_the_file(imports, monkeypatch):
    monkeypatch.setattr(reader, "LONGEST_TEXT", 1_000)

    imports(export(post(), post("p2", html=f"<p>{'word ' * 300}</p>")))

    assert imports.code == 1
    assert "longer" in imports.problems()["file_ended"][0]
    assert post_of("p1")


def test_an_export_without_posts_is_nothing(imports):
    imports(export())

    assert imports.code == 2


def test_text_with_nulls_and_lone_surrogates_is_read(imports):
    imports(export(post(title="A\x00b", html="<p>a\x00b \ud800</p>")))

    assert post_of("p1").headline == "A b"


def test_a_second_run_writes_nothing(imports):
    imports(export(post(), post("p2")))
    imports(export(post(), post("p2")))

    assert set(imports.outcomes().values()) == {"unchanged"}

"""Two versions of a story compared on the page as it looks."""

import re
from html import unescape

import pytest
from django.contrib.auth.models import Permission

from articles.desk.blocks import Caption, Embed, PullQuote, Table
from articles.models import Post
from articles.publishing.steps.checkpoint import Reason, keep
from articles.publishing.steps.publish import publish
from tests.builders import (
    make_author,
    make_gallery,
    make_link,
    make_photo,
    make_post,
    make_section,
    make_story,
    make_topic,
    make_user,
)

pytestmark = pytest.mark.django_db

ONE = "<p>The minister resigned on Monday after weeks of pressure.</p>"
TWO = "<p>Nobody expected the vote to be so close, said two members.</p>"
THREE = "<p>A new election will be held in the spring, perhaps in May.</p>"


def compare_url(post, older, newer="now"):
    return f"/admin/articles/post/{post.pk}/compare/?older={older}&newer={newer}"


def compared(client, post, older, newer="now"):
    return client.get(compare_url(post, older, newer)).text


def story_in(page):
    """The part of the page that shows the story."""
    return page[page.index("<article") : page.index("</article>")]


def words_of(html):
    return " ".join(unescape(re.sub("<[^>]+>", " ", html)).split())


def change(post, **fields):
    """Keep a story as it is, then change it; returns the key of what was kept."""
    kept = keep(post, reason=Reason.SAVED)
    html = fields.pop("html", None)
    if html is not None:
        post.articles_text_set.update(html=html)
    Post.objects.filter(pk=post.pk).update(version=kept.version + 1, **fields)
    return f"copy-{kept.version}"


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def test_a_paragraph_is_compared_word_by_word(desk):
    post = make_post(text=ONE)
    older = change(post, html=ONE.replace("weeks", "months"))

    page = story_in(compared(desk, post, older))

    assert "Changed" in page
    assert "after <del>weeks </del><ins>months </ins>of pressure." in page


def test_a_gallery_shows_its_pictures_and_what_was_changed_of_each(desk):
    post = make_post(text=ONE)
    make_gallery(post, [make_photo(slug="snow"), make_photo(slug="ice", caption="Ice & <b>")])
    older = change(post)
    Caption.objects.filter(photo__slug="snow").update(caption="Deep snow.")

    page = story_in(compared(desk, post, older))

    assert page.count("<li>") == 2
    assert "Ice &amp; &lt;b&gt;" in page
    assert "<ins>Deep snow" in page
    assert "gallery changed" in desk.get(f"/admin/articles/post/{post.pk}/history/").text


def test_bold_and_links_stay_what_they_are(desk):
    html = '<p>A <strong>bold</strong> word and <a href="https://example.org/">a link</a> here.</p>'
    post = make_post(text=html)
    older = change(post, html=html.replace("here", "there"))

    page = story_in(compared(desk, post, older))

    assert "<strong>bold</strong>" in page
    assert '<a href="https://example.org/" rel="noopener">a link</a>' in page
    assert "<del>here.</del><ins>there.</ins>" in page


def test_a_link_that_leads_elsewhere_is_marked(desk):
    html = '<p>See <a href="https://example.org/old">the report</a> today.</p>'
    post = make_post(text=html)
    older = change(post, html=html.replace("/old", "/new"))

    page = story_in(compared(desk, post, older))

    assert '<del><a href="https://example.org/old" rel="noopener">the report</a></del>' in page
    assert '<ins><a href="https://example.org/new" rel="noopener">the report</a></ins>' in page


def test_a_moved_paragraph_is_shown_as_moved(desk):
    post = make_post(text=ONE + TWO + THREE)
    older = change(post, html=TWO + THREE + ONE)

    page = story_in(compared(desk, post, older))

    assert "Moved from here" in page
    assert "Moved here" in page
    assert "<del>" not in page
    assert "<ins>" not in page


def test_what_was_added_and_removed_is_marked_in_words_too(desk):
    post = make_post(text=ONE + TWO)
    older = change(post, html=TWO + THREE)

    page = story_in(compared(desk, post, older))

    assert re.search(r"Removed\s+</p>\s*<del><p>The minister", page)
    assert re.search(r"Added\s+</p>\s*<ins><p>A new election", page)


def test_what_is_the_same_is_folded_and_there(desk):
    post = make_post(text=ONE + TWO + THREE)
    older = change(post, html=ONE + TWO + THREE + "<p>Quite new.</p>")

    page = story_in(compared(desk, post, older))
    unfolded = story_in(desk.get(compare_url(post, older) + "&unfolded=1").text)

    folded = page[page.index("<details") : page.index("</details>")]
    assert "The same: 3 parts" in folded
    assert TWO in folded
    assert "<details" not in unfolded
    assert TWO in unfolded


def test_a_list_is_compared_item_by_item(desk):
    post = make_post(text="<ul><li><p>Bread and butter</p></li><li><p>Two red apples</p></li></ul>")
    older = change(
        post, html="<ul><li><p>Bread and butter</p></li><li><p>Three red apples</p></li></ul>"
    )

    page = story_in(compared(desk, post, older))

    assert "<del>Two </del><ins>Three </ins>red apples" in page
    assert "<p>Bread and butter</p>" in page


def test_a_paragraph_that_became_a_subhead_is_told(desk):
    post = make_post(text="<p>What comes next</p>")
    older = change(post, html="<h2>What comes next</h2>")

    assert "It was a paragraph and is a subhead." in compared(desk, post, older)


def test_the_fields_are_compared(desk):
    post = make_post(
        "Old headline", kicker="Live", standfirst="Old words", topics=["Syria"], authors=["Bo Lee"]
    )
    older = change(post, headline="New headline", kicker="", standfirst="New words", byline="PA")
    Post.objects.filter(pk=post.pk).update(
        section=make_section("World"), slug="another-address", language="fr"
    )
    post.post_topics.create(tag=make_topic("Labour"))
    post.post_authors.all().delete()
    post.post_authors.create(author=make_author("Anna Brown"))

    page = story_in(compared(desk, post, older))

    for old, new in [
        ("Old ", "New "),
        ("Politics", "World"),
        ("Bo Lee", "Anna Brown"),
        ("old-headline", "another-address"),
    ]:
        assert f"<del>{old}</del><ins>{new}</ins>" in page
    for mark in ("<del>Live</del>", "<ins>PA</ins>", "<ins>Français</ins>", "Labour</ins>"):
        assert mark in page


def test_a_replaced_picture_shows_both_with_their_words(desk):
    post = make_post(text=ONE, photo=make_photo(caption="A street.", credit="PA", alt="Old houses"))
    new = make_photo(caption="A river.", credit="Reuters", alt="New houses")
    old = post.articles_caption_set.get().photo
    older = change(post)
    Caption.objects.filter(parent=post).update(photo=new)

    page = story_in(compared(desk, post, older))

    assert f"<del>{old.slug}</del><ins>{new.slug}</ins>" in page
    assert "<del>street.</del><ins>river.</ins>" in page
    assert "<del>PA</del><ins>Reuters</ins>" in page
    assert "<del>Old </del><ins>New </ins>houses" in page
    pictures = re.findall(r"<img[^>]+", page[page.index("compare-pictures") :])
    assert [token in img for token, img in zip((old.token, new.token), pictures, strict=True)] == [
        True,
        True,
    ]


def test_the_words_of_a_picture_are_compared(desk):
    post = make_post(photo=make_photo())
    older = change(post)
    Caption.objects.filter(parent=post).update(caption="Own words", credit="Own credit", alt="Own")

    page = words_of(story_in(compared(desk, post, older)))

    for words in ("Own words", "Own credit", "Own"):
        assert words in page


def test_links_quotes_and_embeds_are_compared(desk):
    post = make_post(text=ONE)
    make_link(post, make_post("A story"), label="watch")
    quote = PullQuote.objects.create(parent=post, region="body", ordering=500, text="I said so")
    embed = Embed.objects.create(
        parent=post, region="body", ordering=600, url="https://example.org/v", title="A film"
    )
    older = change(post)
    post.articles_relatedlink_set.update(label="read")
    PullQuote.objects.filter(pk=quote.pk).update(text="I said no", attribution="Bo Lee")
    Embed.objects.filter(pk=embed.pk).update(title="A long film")

    page = story_in(compared(desk, post, older))

    for marks in (
        "<del>WATCH</del><ins>READ</ins>",
        "<del>so</del><ins>no</ins>",
        "<ins>Bo Lee</ins>",
        "<ins>long </ins>film",
    ):
        assert marks in page
    assert "A story" in page


def test_a_link_to_a_story_that_is_gone_is_told(desk):
    target = make_post("A story")
    post = make_post(text=ONE)
    link = make_link(post, target)
    older = change(post)
    link.delete()
    target.delete()

    assert "(a story that is gone)" in compared(desk, post, older)


def test_editions_are_compared_with_what_they_told_readers(desk, editor):
    post = make_story("One")
    Post.objects.filter(pk=post.pk).update(
        version=2, change_kind="correction", change_note="We were wrong."
    )
    publish(Post.objects.get(pk=post.pk), by=editor)

    page = words_of(story_in(compared(desk, post, "edition-1", "edition-2")))

    assert "Kind of edition New story Correction" in page
    assert "We were wrong." in page
    assert "For readers until" in page


def test_the_page_says_what_was_compared_for_a_lawyer(desk, editor):
    post = make_story("The headline")
    Post.objects.filter(pk=post.pk).update(version=2, headline="Other", saved_by=editor)

    page = compared(desk, post, "edition-1")

    assert "<title>Compared: Other" in page
    assert "Edition 1 (" in page
    assert "What is on the desk now (" in page
    assert "by editor." in words_of(page)


def test_the_same_twice_says_so(desk):
    post = make_post()

    assert "Both say the same." in compared(desk, post, "now")


def test_without_naming_any_the_desk_copy_is_compared_with_itself(desk):
    post = make_post()

    assert desk.get(f"/admin/articles/post/{post.pk}/compare/").status_code == 200


@pytest.mark.parametrize(
    "key",
    ["edition-9", "copy-9", "copy-" + "9" * 9, "copy-" + "9" * 400, "x", "now-1", "edition-٣", "-"],
)
def test_what_is_not_there_is_not_found(desk, key):
    post = make_post()

    assert desk.get(compare_url(post, key)).status_code == 404
    assert desk.get(compare_url(post, "now", key)).status_code == 404


def test_a_revision_of_another_story_is_not_found(desk):
    post, other = make_post(), make_post()
    Post.objects.filter(pk=other.pk).update(version=7)
    keep(other)

    assert desk.get(compare_url(post, "copy-7")).status_code == 404


@pytest.mark.parametrize("who", ["reporter", "editor", "picture_editor", "administrator"])
def test_every_role_compares(client, request, who):
    client.force_login(request.getfixturevalue(who))
    post = make_post(text=ONE)
    older = change(post, html=TWO)

    assert client.get(compare_url(post, older)).status_code == 200


def test_nobody_else_does(client):
    post = make_post()
    assert "/login/" in client.get(compare_url(post, "now")).url
    client.force_login(make_user(role=None))
    assert client.get(compare_url(post, "now")).status_code == 403


def test_who_may_not_see_editions_compares_nothing(client):
    person = make_user(role=None)
    person.user_permissions.add(Permission.objects.get(codename="view_post"))
    client.force_login(person)
    post = make_story()

    assert client.get(f"/admin/articles/post/{post.pk}/history/").status_code == 200
    for older in ("edition-1", "now"):
        assert client.get(compare_url(post, older)).status_code == 404


def test_no_cache_and_no_search_engine_keeps_it(desk):
    answer = desk.get(compare_url(make_post(), "now"))

    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))
    assert "noindex" in answer["X-Robots-Tag"]


def test_stored_words_are_no_markup(desk):
    post = make_post("<i>x</i>", text="<p>One &lt;script&gt; two</p>")
    older = change(post, headline="<b>y</b>", html="<p>One &lt;script&gt; &lt;img&gt; two</p>")

    page = story_in(compared(desk, post, older))

    assert "<script" not in page
    assert "<ins>&lt;img&gt; </ins>" in page
    assert "<del>&lt;i&gt;x&lt;/i&gt;</del><ins>&lt;b&gt;y&lt;/b&gt;</ins>" in page


# Putting back


def put_back_url(post, kind, number):
    return f"/admin/articles/post/{post.pk}/put-back/{kind}/{number}/"


def offered(page):
    """The parts that the page offers to put back."""
    return re.findall(r'name="part"\s+value="([^"]+)"', page)


def put_back(client, post, older, part, *, seen=None):
    kind, _dash, number = older.partition("-")
    seen = Post.objects.get(pk=post.pk).version if seen is None else seen
    return client.post(
        put_back_url(post, kind, number), {"part": part, "seen_version": seen}, follow=True
    )


def test_a_block_is_put_back_and_all_else_stays(desk):
    post = make_post("Old", text=ONE + TWO)
    older = change(post, headline="New", html=TWO + THREE)
    page = compared(desk, post, older)

    answer = put_back(desk, post, older, offered(story_in(page))[-1])

    post.refresh_from_db()
    assert post.articles_text_set.get().html == ONE + TWO + THREE
    assert post.headline == "New"
    assert "Put back on the desk" in answer.text
    kept = post.checkpoints.order_by("version")
    assert [copy.reason for copy in kept] == ["saved", "replaced", "restored"]
    assert kept[1].document["regions"]["body"][0]["html"] == TWO + THREE


def test_a_headline_is_put_back(desk):
    post = make_post("Old", text=ONE)
    older = change(post, headline="New", html=TWO)

    put_back(desk, post, older, "headline")

    post.refresh_from_db()
    assert (post.headline, post.articles_text_set.get().html) == ("Old", TWO)


def test_nothing_is_put_back_over_what_a_colleague_saved_meanwhile(desk):
    post = make_post("Old")
    older = change(post, headline="New")
    Post.objects.filter(pk=post.pk).update(version=9, saved_by=make_user(), headline="Theirs")

    answer = put_back(desk, post, older, "headline", seen=2)

    assert "A colleague saved this story meanwhile" in answer.text
    assert Post.objects.get(pk=post.pk).headline == "Theirs"


def test_what_the_desk_says_already_is_not_saved_again(desk):
    post = make_post("Old")
    older = change(post)

    answer = put_back(desk, post, older, "headline")

    assert "says this already" in answer.text
    assert Post.objects.get(pk=post.pk).version == 2


@pytest.mark.parametrize("part", ["", "x", "99", "-1", "9" * 400, "slug", "regions"])
def test_no_other_part_is_put_back(desk, part):
    post = make_post("Old", slug="old")
    older = change(post, headline="New", slug="new")

    answer = put_back(desk, post, older, part)

    assert answer.status_code == 200
    assert Post.objects.get(pk=post.pk).version == 2


@pytest.mark.parametrize("who", ["reporter", "picture_editor"])
def test_who_may_not_restore_puts_nothing_back(client, request, who):
    post = make_story("Old")
    Post.objects.filter(pk=post.pk).update(version=2, headline="New")
    client.force_login(request.getfixturevalue(who))

    page = compared(client, post, "edition-1")
    answer = put_back(client, post, "edition-1", "headline")

    assert offered(page) == []
    assert answer.status_code == 403
    assert Post.objects.get(pk=post.pk).headline == "New"


def test_a_request_to_look_puts_nothing_back(desk):
    post = make_post("Old")
    older = change(post, headline="New")

    answer = desk.get(put_back_url(post, *older.split("-")))

    assert answer.status_code == 302
    assert Post.objects.get(pk=post.pk).headline == "New"


def test_what_is_the_same_is_named_by_the_words_of_a_link_and_not_by_its_key(desk):
    other = make_story("Rivers rise")
    post = make_post("Talks", text="")
    make_link(post, other, label="watch")
    older = change(post, headline="Talks resume")

    folded = words_of(story_in(compared(desk, post, older)))

    assert "The same: one part WATCH Rivers rise" in folded
    assert str(other.uuid) not in folded


def make_table(post, cells, **fields):
    return Table.objects.create(parent=post, region="body", ordering=90, cells=cells, **fields)


def test_a_table_is_compared_cell_by_cell(desk):
    post = make_post()
    table = make_table(
        post, "Party\tSeats\nRed\t<strong>12</strong> at last\nBlue\t9", head="column"
    )
    older = change(post)
    cells = "Party\tShare\tSeats\nRed\t4%\t<strong>13</strong> at last\nGreen\t1%\t2"
    Table.objects.filter(pk=table.pk).update(cells=cells, title="Seats", head="none")

    page = story_in(compared(desk, post, older))

    assert "<del><strong>12</strong> </del><ins><strong>13</strong> </ins>at last" in page
    assert '<td class="compare-added"><ins>4%</ins></td>' in page
    assert "<del>Blue</del><ins>Green</ins>" in page
    assert "<ins>Seats</ins>" in page
    assert "The first column" in page
    assert "Put the old words back" in page


def test_a_table_that_was_added_is_shown_whole(desk):
    post = make_post()
    older = change(post)
    make_table(post, "Party\tSeats\nRed\t12")

    page = story_in(compared(desk, post, older))

    assert '<th scope="col">Party</th>' in page
    assert "Added" in page

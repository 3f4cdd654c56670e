"""Two people at one story, or one in two windows: nobody's words are lost."""

import json

import pytest

from articles.desk.blocks import Alternative, PullQuote
from articles.models import Post
from articles.publishing.steps.publish import publish
from articles.publishing.steps.readiness import NotReady
from tests.admin.browsing import sent_by
from tests.admin.filling import add_block, edit, errors_of, remove, retype
from tests.admin.forms import change_url, filled
from tests.admin.writing.sending import document_of, send, words
from tests.builders import make_author, make_post, make_section, make_topic, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague(db):
    return make_user(username="anna", first_name="Anna", last_name="Brown")


@pytest.fixture
def both(client, editor, colleague):
    """Two browsers, signed in as two people."""
    client.force_login(editor)
    other = type(client)()
    other.force_login(colleague)
    return client, other


@pytest.fixture
def tabs(client, editor):
    """One browser, to be used in two windows."""
    client.force_login(editor)
    return client, client


def stored(post):
    post.refresh_from_db()
    return post


def words_of(post):
    """The words of each paragraph, as they are stored."""
    body = document_of(post)["body"]
    return words({"body": [node for node in body if node["type"] == "paragraph"]})


def others_words(post):
    """[(field, text, whose)] of the wordings that wait to be chosen from."""
    return list(Alternative.objects.filter(parent=post).values_list("field", "text", "who"))


def save_over(client, post, page, **fields):
    """Send a page that was opened before."""
    return client.post(change_url(post), page | fields)


def test_what_two_people_changed_in_two_fields_is_all_stored(both):
    mine, theirs = both
    post = make_post("At first", standfirst="Below")
    page = filled(mine, post)
    save_over(theirs, post, filled(theirs, post), headline="Theirs")

    answer = save_over(mine, post, page, standfirst="Mine", kicker="Mine too")

    assert answer.status_code == 302
    post = stored(post)
    assert (post.headline, post.standfirst, post.kicker) == ("Theirs", "Mine", "Mine too")
    assert others_words(post) == []


def test_what_two_people_changed_in_two_sentences_of_one_text_is_merged(both):
    mine, theirs = both
    post = make_post(standfirst="It was a quiet day. It rained.", text="<p>One. Two. Three.</p>")
    page = retype(filled(mine, post), 0, "One. Two. Three is gone.")
    save_over(
        theirs,
        post,
        retype(filled(theirs, post), 0, "One is gone. Two. Three."),
        standfirst="It was a loud day. It rained.",
    )

    save_over(mine, post, page, standfirst="It was a quiet day. It snowed.")

    assert stored(post).standfirst == "It was a loud day. It snowed."
    assert words_of(post) == ["One is gone. Two. Three is gone."]
    assert others_words(post) == []


def test_the_same_words_changed_by_two_people_are_both_kept_until_one_is_chosen(both, editor):
    mine, theirs = both
    post = make_post("A quiet day in Leeds", text="<p>One two three.</p>")
    page = filled(mine, post)
    save_over(theirs, post, retype(filled(theirs, post), 0, "One four."), headline="Theirs")

    answer = save_over(mine, post, retype(page, 0, "One five."), headline="Mine")

    assert answer.status_code == 302
    post = stored(post)
    assert (post.headline, words_of(post)) == ("Mine", ["One five."])
    assert sorted(others_words(post)) == [
        ("", "One four.", "Anna Brown"),
        ("headline", "Theirs", "Anna Brown"),
    ]
    with pytest.raises(NotReady, match="Two people changed the same words"):
        publish(post, by=editor)


def test_whoever_takes_an_alternative_away_has_chosen(both, editor):
    mine, theirs = both
    post = make_post("At first")
    page = filled(mine, post)
    save_over(theirs, post, filled(theirs, post), headline="Theirs")
    save_over(mine, post, page, headline="Mine")

    save_over(mine, post, remove(filled(mine, post), 0))

    assert others_words(post) == []
    assert publish(stored(post), by=editor).headline == "Mine"


def test_a_third_version_does_not_bury_the_second(both, client, administrator):
    mine, theirs = both
    third = type(client)()
    third.force_login(administrator)
    post = make_post("At first")
    pages = [filled(browser, post) for browser in (mine, theirs, third)]

    for browser, page, headline in zip((theirs, mine, third), pages, "ABC", strict=True):
        save_over(browser, post, page, headline=headline)

    kept = {stored(post).headline, *(text for _field, text, _who in others_words(post))}
    assert kept == {"A", "B", "C"}


@pytest.mark.parametrize("version", ["", "-1", "999999", "one", "٣", "9" * 400])
def test_a_version_made_by_hand_opens_no_door(both, version):
    mine, theirs = both
    post = make_post()
    page = retype(filled(mine, post), 0, "Mine.")
    save_over(theirs, post, retype(filled(theirs, post), 0, "Theirs."))

    answer = save_over(mine, post, page, version=version)

    assert answer.status_code == 409
    assert "Mine." in answer.text
    assert words_of(post) == ["Theirs."]


@pytest.mark.parametrize("base", ["", "nonsense", "{}", "null", '{"lead": [], "body": [7]}'])
def test_a_stale_save_without_what_it_started_from_replaces_nothing(both, base):
    mine, theirs = both
    post = make_post()
    page = retype(filled(mine, post), 0, "Mine.")
    save_over(theirs, post, retype(filled(theirs, post), 0, "Theirs."))

    answer = save_over(mine, post, page, base=base)

    assert answer.status_code == 409
    assert "Mine." in answer.text
    assert words_of(post) == ["Theirs."]


def test_a_base_made_by_hand_removes_nothing_that_the_story_did_not_have(both):
    mine, theirs = both
    post = make_post()
    page = filled(mine, post)
    save_over(theirs, post, retype(filled(theirs, post), 0, "Theirs."))
    empty = json.dumps({"lead": [], "body": []})

    save_over(mine, post, page, base=empty)

    assert {"Theirs."} <= {*words_of(post), *(text for _field, text, _who in others_words(post))}


def test_ones_own_second_save_is_no_conflict(client, editor):
    """Of the same page, gone back to: they saw the words that they replace."""
    post = make_post()
    client.force_login(editor)
    page = sent_by(client.get(change_url(post)))

    client.post(change_url(post), page | {"kicker": "First"})
    client.post(change_url(post), page | {"standfirst": "Second"})

    assert (stored(post).kicker, post.standfirst) == ("First", "Second")
    assert others_words(post) == []


def test_words_in_a_paragraph_that_a_colleague_removed_stay(both):
    mine, theirs = both
    post = make_post(text="<p>Old words.</p>")
    page = retype(filled(mine, post), 0, "My new words.")
    save_over(theirs, post, remove(filled(theirs, post), 0))
    assert words_of(post) == []

    save_over(mine, post, page)

    assert words_of(post) == ["My new words."]


def test_a_paragraph_that_this_person_removed_while_a_colleague_wrote_in_it_stays(both):
    mine, theirs = both
    post = make_post(text="<p>Old words.</p>")
    page = remove(filled(mine, post), 0)
    save_over(theirs, post, retype(filled(theirs, post), 0, "Their new words."))

    save_over(mine, post, page)

    assert words_of(post) == ["Their new words."]


def test_a_block_that_a_colleague_added_is_kept(both):
    mine, theirs = both
    post = make_post()
    page = filled(mine, post)
    save_over(theirs, post, add_block(filled(theirs, post), "pullquote", text="Well said."))

    save_over(mine, post, page, headline="Mine")

    assert PullQuote.objects.get(parent=post).text == "Well said."
    assert stored(post).headline == "Mine"


def test_blocks_that_both_added_are_both_there(both):
    mine, theirs = both
    post = make_post()
    page = add_block(filled(mine, post), "pullquote", text="My quote.")
    save_over(theirs, post, add_block(filled(theirs, post), "pullquote", text="Their quote."))

    save_over(mine, post, page)

    quotes = PullQuote.objects.filter(parent=post).values_list("text", flat=True)
    assert set(quotes) == {"My quote.", "Their quote."}


def test_a_form_opened_before_publication_takes_nothing_back(client, editor, colleague):
    post = make_post(change_kind="update", change_note="More is known.")
    client.force_login(editor)
    page = filled(client, post)
    publish(post, by=colleague)
    published = Post.objects.get(pk=post.pk)

    save_over(client, post, page, headline="Later")

    post = stored(post)
    assert post.headline == "Later"
    assert (post.published_at, post.slug) == (published.published_at, published.slug)
    assert (post.status, post.change_kind) == ("published", "")
    assert post.has_unpublished_changes


def test_a_save_that_changes_nothing_is_no_new_version(client, editor):
    post = make_post()
    client.force_login(editor)

    save_over(client, post, filled(client, post))

    assert stored(post).version == 1


def test_an_old_page_that_is_saved_untouched_changes_nothing(both):
    mine, theirs = both
    post = make_post("At first", text="<p>Old words.</p>", topics=["Syria"])
    page = filled(mine, post)
    topic = make_topic("Labour")
    save_over(theirs, post, retype(filled(theirs, post), 0, "New."), topics=[topic.pk], kicker="K")

    save_over(mine, post, page)

    post = stored(post)
    assert (post.version, post.kicker, words_of(post)) == (2, "K", ["New."])
    assert list(post.topics.all()) == [topic]


def test_a_choice_that_both_made_is_the_colleagues_and_no_wording_of_it_is_kept(both):
    mine, theirs = both
    post = make_post()
    page = filled(mine, post)
    world, culture = make_section("World"), make_section("Culture")
    save_over(theirs, post, filled(theirs, post), section=world.pk)

    save_over(mine, post, page, section=culture.pk, headline="Mine")

    assert (stored(post).section, post.headline) == (world, "Mine")


def test_authors_that_one_took_away_do_not_come_back_with_those_that_another_added(both):
    mine, theirs = both
    post = make_post(authors=["Anna", "Bob"])
    anna, bob, eve = (make_author(name) for name in ("Anna", "Bob", "Eve"))
    page = filled(mine, post)
    save_over(theirs, post, filled(theirs, post), named_authors=[anna.pk, bob.pk, eve.pk])

    save_over(mine, post, page, named_authors=[bob.pk])

    assert [row.author for row in post.post_authors.all()] == [bob, eve]


@pytest.mark.parametrize("script", [False, True])
def test_a_reporters_words_are_handed_back_when_the_story_has_moved_on(client, reporter, script):
    post = make_post(status="draft", created_by=reporter)
    client.force_login(reporter)
    page = retype(filled(client, post), 0, "Every word of it.")
    Post.objects.update(status="in_review")
    typed = page | {"headline": "Typed for nothing?"}

    if script:
        answer = client.post(f"/admin/articles/post/{post.pk}/save/", typed)
        assert "This story is now “In review”" in answer.json()["refused"]
    else:
        answer = client.post(change_url(post), typed)
        assert "Typed for nothing?" in answer.text
        assert "Every word of it." in answer.text
        assert "&quot;type&quot;" not in answer.text
        assert change_url(post) in answer.text

    assert answer.status_code == 403
    assert stored(post).headline != "Typed for nothing?"


def test_two_windows_of_one_person_lose_nothing(tabs):
    client, _same = tabs
    post = make_post(text="<p>Old words.</p>")
    first, second = (filled(client, post) for _tab in range(2))

    save_over(client, post, first, standfirst="A new standfirst")
    save_over(client, post, second, headline="A new headline")

    post = stored(post)
    assert (post.standfirst, post.headline) == ("A new standfirst", "A new headline")


def test_two_windows_of_one_person_with_one_field_keep_both_and_every_version(tabs):
    client, _same = tabs
    post = make_post("At first")
    first, second = (filled(client, post) for _tab in range(2))

    save_over(client, post, first, headline="From the first tab")
    save_over(client, post, second, headline="With the other words")

    assert stored(post).headline == "With the other words"
    [(field, text, _who)] = others_words(post)
    assert (field, text) == ("headline", "From the first tab")
    kept = [copy.document["headline"] for copy in post.checkpoints.order_by("version")]
    assert kept == ["At first", "From the first tab", "With the other words"]


def test_two_windows_of_one_person_in_one_text_lose_no_words(tabs):
    client, _same = tabs
    post = make_post(text="<p>It rained all day.</p>")
    first, second = (filled(client, post) for _tab in range(2))

    save_over(client, post, retype(first, 0, "It rained all day. Then it stopped."))
    save_over(client, post, retype(second, 0, "Snow fell first. It rained all day."))

    assert words_of(post) == ["Snow fell first. It rained all day. Then it stopped."]
    assert others_words(post) == []


def test_a_block_written_in_another_window_stays_as_it_was_written_there(tabs):
    client, _same = tabs
    post = make_post(text="<p>Old words.</p><p>More words.</p>")
    first, second = (filled(client, post) for _tab in range(2))

    save_over(client, post, retype(first, 0, "New words."))
    save_over(client, post, edit(second, lambda document: document["body"].reverse()))

    assert words_of(post) == ["More words.", "New words."]


def test_a_block_removed_in_another_window_does_not_come_back(tabs):
    client, _same = tabs
    post = make_post(text="<p>Old words.</p>")
    first, second = (filled(client, post) for _tab in range(2))

    save_over(client, post, remove(first, 0))
    save_over(client, post, second, headline="A new headline")

    assert words_of(post) == []


def test_every_version_of_a_story_can_be_restored(client, editor):
    post = make_post("One")
    client.force_login(editor)
    for headline in ("Two", "Three"):
        save_over(client, post, filled(client, post), headline=headline)

    client.post(f"/admin/articles/post/{post.pk}/restore/copy/1/", {"seen_version": "3"})

    assert stored(post).headline == "One"


def test_what_a_merge_replaced_can_be_restored(both):
    mine, theirs = both
    post = make_post("One", text="<p>Old words.</p>")
    page = retype(filled(mine, post), 0, "Mine.")
    save_over(theirs, post, retype(filled(theirs, post), 0, "Theirs."))
    save_over(mine, post, page)

    mine.post(f"/admin/articles/post/{post.pk}/restore/copy/2/", {"seen_version": "3"})

    assert words_of(post) == ["Theirs."]


def test_sending_to_review_from_a_stale_page_is_told_and_not_done(both):
    mine, theirs = both
    post = make_post(status="draft")
    standing = mine.get(f"/admin/articles/post/{post.pk}/standing/").json()
    [step] = [step for step in standing["steps"] if step["action"] == "send_to_review"]
    save_over(theirs, post, filled(theirs, post), headline="Theirs")

    answer = mine.post(
        step["url"], {"seen": step["seen"]}, headers={"Accept": "application/json"}
    ).json()

    assert "Anna Brown saved this story" in answer["refused"]
    assert stored(post).status == "draft"


def test_a_story_that_a_colleague_deleted_is_told_to_the_script_and_the_page(both):
    mine, theirs = both
    post = make_post(status="draft")
    page = filled(mine, post) | {"headline": "Mine"}
    theirs.post(f"/admin/articles/post/{post.pk}/delete/", {"post": "yes"})

    answer = send(mine, post, headline="Mine")
    plain = mine.post(change_url(post), page, follow=True)

    assert answer.status_code == 404
    assert "no longer there" in answer.json()["refused"]
    assert "doesn’t exist" in plain.text
    assert not Post.objects.exists()


def test_a_field_that_is_wrong_in_a_stale_save_stops_no_other(both):
    mine, theirs = both
    post = make_post("At first")
    page = filled(mine, post)
    save_over(theirs, post, filled(theirs, post), kicker="Theirs")

    page = mine.post(
        change_url(post), retype(page, 0, "Mine.") | {"slug": "not a slug!"}, follow=True
    )

    assert "An address is made of" in errors_of(page)
    assert (stored(post).kicker, words_of(post)) == ("Theirs", ["Mine."])

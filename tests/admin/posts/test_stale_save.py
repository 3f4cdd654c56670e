"""Two people at one story: nobody's words are lost."""

import pytest

from articles.desk.blocks import PullQuote, Text
from articles.models import Post
from articles.publishing.steps.publish import publish
from tests.admin.browsing import sent_by
from tests.admin.forms import change_url, filled
from tests.builders import make_post, make_user

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


def words_of(post):
    return [text.html for text in Text.objects.filter(parent=post)]


def test_a_stale_save_is_refused_and_both_texts_are_shown(both):
    mine, theirs = both
    post = make_post("A quiet day in Leeds", text="<p>One two three.</p>")
    page = filled(mine, post)
    theirs.post(change_url(post), filled(theirs, post) | {"headline": "A loud day in Leeds"})

    answer = mine.post(change_url(post), page | {"headline": "A wet day in York"})

    assert answer.status_code == 200
    assert "Anna Brown saved this story" in answer.text
    assert "<del>loud </del>" in answer.text
    assert "<ins>wet </ins>" in answer.text
    assert "A wet day in York</textarea>" in answer.text
    assert Post.objects.get(pk=post.pk).headline == "A loud day in Leeds"


def test_saving_over_it_is_a_decision_of_its_own(both):
    mine, theirs = both
    post = make_post()
    page = filled(mine, post)
    theirs.post(change_url(post), filled(theirs, post) | {"headline": "Theirs"})
    answer = mine.post(change_url(post), page | {"headline": "Mine"})
    over = {"_save_over": answer.context["conflict"]["post"].version}

    mine.post(change_url(post), page | {"headline": "Mine"} | over)

    assert Post.objects.get(pk=post.pk).headline == "Mine"


def test_saving_over_names_the_version_that_was_shown(both):
    mine, theirs = both
    post = make_post()
    page = filled(mine, post)
    theirs.post(change_url(post), filled(theirs, post) | {"headline": "Theirs"})
    over = {"_save_over": Post.objects.get(pk=post.pk).version}
    theirs.post(change_url(post), filled(theirs, post) | {"headline": "Theirs again"})

    mine.post(change_url(post), page | {"headline": "Mine"} | over)

    assert Post.objects.get(pk=post.pk).headline == "Theirs again"


@pytest.mark.parametrize("version", ["", "0", "-1", "999999", "one", "٣", "9" * 400])
def test_a_version_made_by_hand_opens_no_door(both, version):
    mine, theirs = both
    post = make_post()
    page = filled(mine, post)
    theirs.post(change_url(post), filled(theirs, post) | {"headline": "Theirs"})

    for name in ("seen_version", "_save_over"):
        mine.post(change_url(post), page | {"headline": "Mine"} | {name: version})

    assert Post.objects.get(pk=post.pk).headline == "Theirs"


def test_ones_own_second_save_is_no_conflict(client, editor):
    """Of the same page, gone back to: they saw the words that they replace."""
    post = make_post()
    client.force_login(editor)
    page = sent_by(client.get(change_url(post)))

    client.post(change_url(post), page | {"headline": "First"})
    client.post(change_url(post), page | {"headline": "Second"})

    assert Post.objects.get(pk=post.pk).headline == "Second"


def test_words_in_a_block_that_a_colleague_removed_become_a_new_block(both):
    mine, theirs = both
    post = make_post(text="<p>Old words.</p>")
    page = filled(mine, post)
    theirs.post(change_url(post), filled(theirs, post) | {"articles_text_set-0-DELETE": "on"})
    assert words_of(post) == []
    page |= {"articles_text_set-0-html": "<p>My new words.</p>"}

    answer = mine.post(change_url(post), page)
    assert "My new words." in answer.text
    over = {"_save_over": answer.context["conflict"]["post"].version}
    mine.post(change_url(post), page | over)

    assert words_of(post) == ["<p>My new words.</p>"]


def test_a_block_that_a_colleague_added_is_shown_and_kept(both):
    mine, theirs = both
    post = make_post()
    page = filled(mine, post)
    new = {"region": "body", "ordering": "90", "text": "Well said.", "attribution": ""}
    theirs.post(
        change_url(post),
        filled(theirs, post)
        | {f"articles_pullquote_set-0-{name}": value for name, value in new.items()}
        | {"articles_pullquote_set-TOTAL_FORMS": "1"},
    )

    answer = mine.post(change_url(post), page | {"headline": "Mine"})
    assert "Well said." in answer.text
    over = {"_save_over": answer.context["conflict"]["post"].version}
    mine.post(change_url(post), page | {"headline": "Mine"} | over)

    assert PullQuote.objects.get(parent=post).text == "Well said."


def test_a_block_of_another_story_cannot_be_taken(client, editor):
    other, post = make_post(text="<p>Not yours.</p>"), make_post(text="<p>Mine.</p>")
    client.force_login(editor)
    stolen = {"articles_text_set-0-id": Text.objects.get(parent=other).pk}

    client.post(change_url(post), filled(client, post) | stolen)

    assert words_of(other) == ["<p>Not yours.</p>"]


def test_a_form_opened_before_publication_takes_nothing_back(client, editor, colleague):
    post = make_post(change_kind="update")
    client.force_login(editor)
    page = filled(client, post)
    publish(post, by=colleague)
    published = Post.objects.get(pk=post.pk)

    client.post(change_url(post), page | {"headline": "Later"})

    post.refresh_from_db()
    assert post.headline == "Later"
    assert post.published_at == published.published_at
    assert (post.status, post.change_kind) == ("published", "")
    assert post.has_unpublished_changes


def test_a_save_that_changes_nothing_is_no_new_version(client, editor):
    post = make_post()
    client.force_login(editor)

    client.post(change_url(post), filled(client, post))

    assert Post.objects.get(pk=post.pk).version == 1


def test_a_reporters_words_are_handed_back_when_the_story_has_moved_on(client, reporter):
    post = make_post(status="draft", created_by=reporter)
    client.force_login(reporter)
    page = filled(client, post)
    Post.objects.update(status="in_review")

    answer = client.post(change_url(post), page | {"headline": "Typed for nothing?"})

    assert answer.status_code == 403
    assert "Typed for nothing?" in answer.text
    assert Post.objects.get(pk=post.pk).headline != "Typed for nothing?"


def test_two_tabs_of_one_person_lose_nothing(client, editor):
    post = make_post(text="<p>Old words.</p>")
    client.force_login(editor)
    first, second = (filled(client, post) for _tab in range(2))

    client.post(change_url(post), first | {"standfirst": "A new standfirst"})
    client.post(change_url(post), second | {"headline": "A new headline"})

    post.refresh_from_db()
    assert (post.standfirst, post.headline) == ("A new standfirst", "A new headline")


def test_two_tabs_of_one_person_with_one_field_are_shown_and_keep_what_was_replaced(client, editor):
    post = make_post("At first")
    client.force_login(editor)
    first, second = (filled(client, post) for _tab in range(2))

    client.post(change_url(post), first | {"headline": "From the first tab"})
    answer = client.post(change_url(post), second | {"headline": "From the second tab"})
    assert "You, in another window, saved this story" in answer.text
    assert Post.objects.get(pk=post.pk).headline == "From the first tab"
    over = {"_save_over": answer.context["conflict"]["post"].version}
    again = sent_by(answer) | {"headline": "From the second tab"}
    client.post(change_url(post), again | over)

    assert Post.objects.get(pk=post.pk).headline == "From the second tab"
    kept = [copy.document["headline"] for copy in post.checkpoints.order_by("version")]
    assert kept == ["At first", "From the first tab"]


def test_two_tabs_of_one_person_in_one_text_lose_no_words(client, editor):
    post = make_post(text="<p>Old words.</p>")
    client.force_login(editor)
    first, second = (filled(client, post) for _tab in range(2))
    name = "articles_text_set-0-html"

    client.post(change_url(post), first | {name: "<p>Old words. From one.</p>"})
    answer = client.post(change_url(post), second | {name: "<p>Old words. From two.</p>"})

    assert words_of(post) == ["<p>Old words. From one.</p>"]
    assert "From two." in answer.text
    assert "From one." in answer.text


def test_what_a_person_left_alone_is_not_shown_as_theirs(both):
    mine, theirs = both
    post = make_post("Old headline")
    page = filled(mine, post)
    theirs.post(change_url(post), filled(theirs, post) | {"headline": "New headline"})

    answer = mine.post(change_url(post), page | {"kicker": "Mine"})

    rows = {row["label"]: row["mine"] for row in answer.context["conflict"]["rows"]}
    assert rows == {"Kicker": "<ins>Mine</ins>", "Headline": "Old headline (as you opened it)"}


def test_a_block_written_in_another_tab_stays_as_it_was_written_there(client, editor):
    post = make_post(text="<p>Old words.</p>")
    client.force_login(editor)
    first, second = (filled(client, post) for _tab in range(2))

    client.post(change_url(post), first | {"articles_text_set-0-html": "<p>New words.</p>"})
    client.post(change_url(post), second | {"articles_text_set-0-ordering": "30"})

    assert words_of(post) == ["<p>New words.</p>"]


def test_a_block_removed_in_another_tab_does_not_come_back(client, editor):
    post = make_post(text="<p>Old words.</p>")
    client.force_login(editor)
    first, second = (filled(client, post) for _tab in range(2))

    client.post(change_url(post), first | {"articles_text_set-0-DELETE": "on"})
    client.post(change_url(post), second | {"headline": "A new headline"})

    assert words_of(post) == []


def test_saving_over_puts_back_only_what_this_person_changed(both):
    mine, theirs = both
    post = make_post("At first", text="<p>Old words.</p>")
    page = filled(mine, post)
    theirs.post(change_url(post), filled(theirs, post) | {"headline": "The colleague's"})

    answer = mine.post(change_url(post), page | {"articles_text_set-0-html": "<p>My words.</p>"})
    assert "The colleague" in answer.context["adminform"].form["headline"].value()
    over = {"_save_over": answer.context["conflict"]["post"].version}
    mine.post(change_url(post), sent_by(answer) | over)

    assert Post.objects.get(pk=post.pk).headline == "The colleague's"
    assert words_of(post) == ["<p>My words.</p>"]


def test_every_version_of_a_story_can_be_restored(client, editor):
    post = make_post("One")
    client.force_login(editor)
    for headline in ("Two", "Three"):
        client.post(change_url(post), filled(client, post) | {"headline": headline})

    client.post(f"/admin/articles/post/{post.pk}/restore/copy/1/", {"seen_version": "3"})

    assert Post.objects.get(pk=post.pk).headline == "One"


def test_sending_to_review_from_a_stale_page_is_told_and_not_done(both):
    mine, theirs = both
    post = make_post(status="draft")
    page = filled(mine, post)
    theirs.post(change_url(post), filled(theirs, post) | {"headline": "Theirs"})

    answer = mine.post(change_url(post), page | {"_step": "send_to_review"})

    assert "was not done" in answer.text
    assert Post.objects.get(pk=post.pk).status == "draft"

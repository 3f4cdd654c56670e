"""Saves from the writing screen: what is stored, what is merged, what is refused."""

import json

import pytest

from articles.desk import roles as names
from articles.desk.blocks import Alternative
from articles.desk.notes.leave_note import leave_note, mark_done
from articles.models import Checkpoint, Post, PostSave
from tests.builders import make_photo, make_post, make_section, make_topic, make_user

from .sending import document_of, ids, paragraph, send, words


@pytest.fixture
def editor(db):
    return make_user(names.EDITOR, "editor")


@pytest.fixture
def colleague(db):
    return make_user(names.EDITOR, "colleague", first_name="Anna", last_name="Brown")


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def theirs(colleague):
    from django.test import Client

    other = Client()
    other.force_login(colleague)
    return other


@pytest.fixture
def post(editor):
    return make_post("Talks", text="<p>One is here.</p><p>Two is here.</p>", status="draft")


def changed(document, at, text):
    """The document with other words in the paragraph at a place."""
    body = list(document["body"])
    body[at] = paragraph(body[at]["attrs"]["id"], text)
    return document | {"body": body}


def stored(post):
    post.refresh_from_db()
    return document_of(post)


def test_an_autosave_stores_the_words_and_the_next_version(desk, post):
    base = document_of(post)

    answer = send(desk, post, document=changed(base, 0, "One was there. ")).json()

    assert words(stored(post)) == ["One was there.", "Two is here."]
    assert (answer["version"], post.version) == (2, 2)
    assert "document" not in answer
    assert ids(stored(post)) == ids(base)


def test_a_body_is_saved_in_few_queries(desk, post, django_assert_max_num_queries):
    make_photo()
    base = document_of(post)
    send(desk, post, document=changed(base, 1, "Warm."))

    with django_assert_max_num_queries(13 + 2):  # the test's own savepoint
        answer = send(desk, post, version=2, document=changed(base, 0, "One was there."))

    assert answer.json()["version"] == 3


def test_an_untouched_story_stays_as_it_is(desk, post):
    send(desk, post, document=document_of(post), auto=False)

    post.refresh_from_db()
    assert post.version == 1
    assert not Checkpoint.objects.exists()


def test_a_story_begins_with_its_first_words(desk, editor):
    answer = send(desk, document={"lead": [], "body": [paragraph("a", "First words.")]}).json()

    post = Post.objects.get()
    assert answer["page"] == f"/admin/articles/post/{post.pk}/change/"
    assert (post.created_by, post.saved_by, post.headline) == (editor, editor, "")
    assert words(stored(post)) == ["First words."]


def test_a_new_story_whose_answer_was_lost_is_made_once(desk):
    token = "t" * 24
    first = {"lead": [], "body": [paragraph("a", "First words.")]}
    more = {"lead": [], "body": [paragraph("a", "First words."), paragraph("b", "And more.")]}

    send(desk, document=first, form_token=token)
    answer = send(desk, document=more, form_token=token, headline="Talks").json()

    post = Post.objects.get()
    assert answer["post"] == post.pk
    assert answer["urls"]["save"] == f"/admin/articles/post/{post.pk}/save/"
    assert post.headline == "Talks"
    assert words(stored(post)) == ["First words.", "And more."]


def test_a_stale_save_is_asked_for_what_it_started_from(desk, theirs, post):
    base = document_of(post)
    send(theirs, post, document=changed(base, 0, "Their words."))

    answer = send(desk, post, document=changed(base, 1, "My words."), version=1)

    assert (answer.status_code, answer.json()) == (409, {"need": "base"})
    assert words(stored(post)) == ["Their words.", "Two is here."]


def test_changes_of_two_people_in_two_paragraphs_are_merged(desk, theirs, post):
    base = document_of(post)
    send(theirs, post, document=changed(base, 0, "Their words."))

    answer = send(desk, post, document=changed(base, 1, "My words. "), base=base, version=1).json()

    assert words(stored(post)) == ["Their words.", "My words."]
    # What this person typed comes back as it was typed, with the space at its end.
    assert words(answer["document"]) == ["Their words.", "My words. "]
    assert answer["version"] == 3


def test_a_save_whose_answer_was_lost_is_merged_once(desk, post):
    base = document_of(post)
    mine = changed(base, 1, "My words.")
    mine["body"].append(paragraph("new", "New."))
    send(desk, post, document=mine)

    answer = send(desk, post, document=mine, base=base, version=1).json()

    assert words(stored(post)) == ["One is here.", "My words.", "New."]
    assert answer["version"] == 2


def test_words_typed_on_after_a_lost_answer_are_no_conflict_with_oneself(desk, post):
    base = document_of(post)
    tried, more = changed(base, 0, "The minis"), changed(base, 0, "The minister came.")
    send(desk, post, document=tried)

    answer = send(desk, post, document=more, base=base, version=1, tried=json.dumps([tried]))

    assert answer.json()["version"] == 3
    assert words(stored(post))[0] == "The minister came."
    assert not Alternative.objects.exists()


def test_the_same_sentence_changed_by_two_stands_twice_and_keeps_the_story_back(desk, theirs, post):
    base = document_of(post)
    send(theirs, post, document=changed(base, 0, "One was there."))

    answer = send(desk, post, document=changed(base, 0, "One is gone."), base=base, version=1)

    other = Alternative.objects.get()
    assert (other.text, other.who) == ("One was there.", "Anna Brown")
    assert answer.json()["document"]["body"][1]["type"] == "alternative"
    standing = desk.get(f"/admin/articles/post/{post.pk}/standing/").json()
    place = other.ids[0]
    assert {"place": place, "sentence": other.shortcomings()[0]} in standing["missing"]


def test_a_page_that_sends_no_text_is_given_what_a_colleague_wrote(desk, theirs, post):
    base = document_of(post)
    send(theirs, post, document=changed(base, 0, "Their words."))

    answer = send(desk, post, version=1, kicker="Mine", **{"initial-kicker": ""}).json()

    assert words(answer["document"]) == ["Their words.", "Two is here."]
    assert answer["version"] == 3


def test_a_page_that_sends_no_fields_is_given_what_a_colleague_chose(desk, theirs, post):
    base = document_of(post)
    send(theirs, post, headline="Their talks", **{"initial-headline": "Talks"})

    document = changed(base, 0, "My words.")
    answer = send(desk, post, version=1, base=base, document=document).json()

    assert answer["fields"]["headline"] == [["Their talks", ""]]


def test_a_block_that_was_refused_is_known_to_be_unsaved(desk, post):
    base = document_of(post)
    document = changed(base, 0, "Saved.")
    bad = {"type": "embed", "attrs": {"id": "bad", "url": "no address", "title": "Words."}}
    document["body"].append(bad)

    answer = send(desk, post, document=document).json()

    assert list(answer["block_errors"]) == ["bad"]
    assert answer["stored"] == stored(post)
    assert words(answer["stored"]) == ["Saved.", "Two is here."]


def test_a_page_is_given_the_wording_that_it_has_to_settle(desk, theirs, post):
    send(theirs, post, headline="Their talks", **{"initial-headline": "Talks"})

    data = {"headline": "My talks", "initial-headline": "Talks"}
    answer = send(desk, post, version=1, **data).json()

    # The page's next save would take it away otherwise.
    assert answer["document"] == document_of(post)
    assert answer["document"]["body"][0]["attrs"]["text"] == "Their talks"


def test_a_headline_changed_by_two_keeps_both(desk, theirs, post):
    send(theirs, post, headline="Their talks", **{"initial-headline": "Talks"})

    send(desk, post, version=1, headline="My talks", **{"initial-headline": "Talks"})

    post.refresh_from_db()
    assert post.headline == "My talks"
    other = Alternative.objects.get()
    assert (other.field, other.text) == ("headline", "Their talks")


def test_a_colleagues_choice_stays_and_is_told(desk, theirs, post):
    world, culture = make_section("World"), make_section("Culture")
    before = {"initial-section": post.section_id}
    send(theirs, post, section=world.pk, **before)

    answer = send(desk, post, version=1, section=culture.pk, **before).json()

    post.refresh_from_db()
    assert post.section == world
    assert answer["settled"] == ["section"]
    assert answer["fields"]["section"][0][0] == str(world.pk)


def test_topics_that_two_people_add_are_both_there(desk, theirs, post):
    one, two, old = make_topic("One"), make_topic("Two"), make_topic("Old")
    post.post_topics.create(tag=old)
    before = {"initial-topics": [old.pk]}
    send(theirs, post, topics=[old.pk, one.pk], **before)

    send(desk, post, version=1, topics=[two.pk], **before)

    assert [row.tag.name for row in post.post_topics.all()] == ["One", "Two"]


def test_a_field_that_is_wrong_stays_and_the_rest_is_saved(desk, post):
    before = {"initial-headline": "Talks", "initial-slug": ""}
    data = changed(document_of(post), 0, "Saved.")

    answer = send(desk, post, document=data, headline="New", slug="not a slug!", **before).json()

    post.refresh_from_db()
    assert list(answer["errors"]) == ["slug"]
    assert (post.headline, words(stored(post))[0]) == ("New", "Saved.")


def test_a_field_is_saved_beside_a_wrong_one_when_nothing_else_has_changed(desk, post):
    before = {"initial-headline": "Talks", "initial-slug": ""}

    answer = send(desk, post, headline="New", slug="not a slug!", **before).json()

    post.refresh_from_db()
    assert (list(answer["errors"]), post.headline, answer["version"]) == (["slug"], "New", 2)


def test_a_colleagues_words_are_kept_when_another_field_of_this_save_is_wrong(desk, theirs, post):
    before = {"initial-headline": "Talks", "initial-slug": ""}
    send(theirs, post, headline="Their talks", **before)

    send(desk, post, version=1, headline="My talks", slug="not a slug!", **before)

    post.refresh_from_db()
    assert post.headline == "My talks"
    assert Alternative.objects.get().text == "Their talks"


def test_a_block_that_is_wrong_is_told_by_its_node_and_the_rest_is_saved(desk, post):
    document = changed(document_of(post), 0, "Saved.")
    document["body"].append({"type": "caption", "attrs": {"id": "bad", "photo": "no-such"}})

    answer = send(desk, post, document=document).json()

    assert list(answer["block_errors"]) == ["bad"]
    # The page goes on from what is stored, so that what was refused is not taken for saved.
    assert answer["stored"] == stored(post)
    assert words(stored(post))[0] == "Saved."


@pytest.mark.parametrize("kind", ["embed", "relatedlink"])
def test_an_address_with_half_a_character_in_it_is_stored_without(desk, post, kind):
    attrs = {"id": "n", "url": "https://x.com/a/status/12/\ud800", "title": "A page"}
    document = {"lead": [], "body": [{"type": kind, "attrs": attrs}]}

    answer = send(desk, post, document=document, base=document_of(post))

    assert answer.status_code == 200
    assert document_of(post)["body"][0]["attrs"]["url"] == "https://x.com/a/status/12/"


def test_a_table_beyond_all_measure_is_told_by_its_node(desk, post):
    attrs = {"id": "n", "cells": "\n" * 9_000 + "\t" * 9_000}
    document = {"lead": [], "body": [{"type": "table", "attrs": attrs}]}

    answer = send(desk, post, document=document, base=document_of(post))

    assert answer.status_code == 400
    assert "at most 20 columns and 500 rows" in answer.json()["block_errors"]["n"][0]


@pytest.mark.parametrize(
    "data",
    [
        {"document": "{"},
        {"document": "[" * 100_000},
        {"document": "null"},
        {"document": '{"lead": [], "body": [{}]}'},
        {"document": '{"lead": 1, "body": []}'},
        {"document": "\x00"},
        {"document": '{"lead":[],"body":[]}', "version": "99"},
        {"document": '{"lead":[],"body":[]}', "version": "9" * 50},
        {"document": '{"lead":[],"body":[]}', "version": "-1"},
        {"document": '{"lead":[],"body":[]}', "version": ""},
    ],
)
def test_what_is_no_save_is_refused_and_changes_nothing(desk, post, data):
    answer = desk.post(f"/admin/articles/post/{post.pk}/save/", {"version": 1, "auto": 1} | data)

    assert answer.status_code in {200, 400}
    assert words(stored(post)) == ["One is here.", "Two is here."]


@pytest.mark.parametrize(
    "tried", ["[1]", "[[]]", "[null]", '{"a": 1}', '[{"lead": [], "body": [{}]}]', "0"]
)
def test_what_was_never_tried_is_passed_over(desk, theirs, post, tried):
    base = document_of(post)
    send(theirs, post, document=changed(base, 0, "Their words."))

    document = changed(base, 1, "My words.")
    answer = send(desk, post, version=1, base=base, document=document, tried=tried)

    assert answer.status_code == 200
    assert words(stored(post)) == ["Their words.", "My words."]


@pytest.mark.parametrize("key", [[], {}, None, 1, "\x00", "x" * 50])
def test_an_id_that_is_none_is_replaced_in_a_merge(desk, theirs, post, key):
    base = document_of(post)
    send(theirs, post, document=changed(base, 0, "Their words."))

    document = base | {"body": [*base["body"], paragraph(key, "New.")]}
    answer = send(desk, post, version=1, base=base, document=document)

    assert answer.status_code == 200
    assert words(stored(post)) == ["Their words.", "Two is here.", "New."]


@pytest.mark.parametrize("slug", ["\x00", "\ud800", "x" * 100_000])
def test_a_picture_that_cannot_be_is_told_by_its_node(desk, post, slug):
    picture = {"type": "caption", "attrs": {"id": "bad", "photo": f"no{slug}"}}
    document = document_of(post) | {"lead": [picture]}

    assert list(send(desk, post, document=document).json()["block_errors"]) == ["bad"]


def test_a_picture_that_cannot_be_is_told_in_a_merge_too(desk, theirs, post):
    base = document_of(post)
    send(theirs, post, document=changed(base, 0, "Their words."))
    picture = {"type": "caption", "attrs": {"id": "bad", "photo": "no\ud800"}}

    document = base | {"lead": [picture]}
    answer = send(desk, post, version=1, base=base, document=document)

    assert list(answer.json()["block_errors"]) == ["bad"]


def test_nobody_signed_in_is_told_in_json(client, post):
    answer = send(client, post, document={"lead": [], "body": []})

    assert answer.status_code == 401
    assert "Sign in" in answer.json()["refused"]


def test_words_are_not_saved_as_those_of_whoever_signed_in_beside_the_page(desk, colleague, post):
    document = changed(document_of(post), 0, "Not the editor's.")

    answer = send(desk, post, document=document, user=colleague.pk)

    assert answer.status_code == 401
    assert words(stored(post))[0] == "One is here."


def test_a_reporter_whose_story_moved_on_is_refused(client, post):
    reporter = make_user(names.REPORTER)
    Post.objects.update(created_by=reporter, status="in_review")
    client.force_login(reporter)

    answer = send(client, post, document=changed(document_of(post), 0, "Late."))

    assert answer.status_code == 403
    assert words(stored(post))[0] == "One is here."


def test_a_picture_editor_changes_pictures_and_no_words(client, post):
    client.force_login(make_user(names.PICTURE_EDITOR))
    document = document_of(post)
    picture = {"type": "caption", "attrs": {"id": "c", "photo": make_photo().slug}}

    assert send(client, post, document=document | {"lead": [picture]}).status_code == 200
    answer = send(client, post, version=2, document=changed(stored(post), 0, "Mine."))

    assert answer.status_code == 403
    assert words(stored(post))[0] == "One is here."


def test_a_picture_editor_settles_wordings_of_captions_and_of_no_paragraphs(client, theirs, post):
    def wording(about, field):
        attrs = {"id": f"of-{about}", "about": about, "field": field, "text": "Other.", "who": "A"}
        return {"type": "alternative", "attrs": attrs}

    picture = {"type": "caption", "attrs": {"id": "c", "photo": make_photo().slug}}
    [first, second] = document_of(post)["body"]
    of_words, of_picture = wording(first["attrs"]["id"], ""), wording("c", "credit")
    body = [of_picture, first, of_words, second]
    send(theirs, post, document={"lead": [picture], "body": body})
    client.force_login(make_user(names.PICTURE_EDITOR))

    document = document_of(post)
    without = [node for node in document["body"] if node["attrs"]["id"] != "of-c"]
    assert send(client, post, version=2, document=document | {"body": without}).status_code == 200
    answer = send(client, post, version=3, document=document | {"body": [first, second]})

    assert answer.status_code == 403
    assert [row.about for row in Alternative.objects.all()] == [first["attrs"]["id"]]


def test_an_explicit_save_is_a_revision_and_autosaves_are_not(desk, post):
    base = document_of(post)
    send(desk, post, document=changed(base, 0, "First."), auto=False)
    send(desk, post, version=2, document=changed(base, 0, "Second."))
    send(desk, post, version=3, document=changed(base, 0, "Third."))

    assert 2 in Checkpoint.objects.values_list("version", flat=True)
    assert not {3, 4} & set(Checkpoint.objects.values_list("version", flat=True))


def test_a_save_of_what_the_page_saved_by_itself_is_a_revision_too(desk, post):
    send(desk, post, document=changed(document_of(post), 0, "Mine."))
    assert not Checkpoint.objects.filter(version=2).exists()

    answer = send(desk, post, version=2, auto=False).json()

    assert answer["version"] == 2
    assert Checkpoint.objects.get(version=2).reason == "saved"


def test_the_log_of_saves_has_one_row_for_a_run_of_one_persons_saves(desk, theirs, post):
    base = document_of(post)
    for version in (1, 2, 3):
        send(desk, post, version=version, document=changed(base, 0, f"Saved {version}."))
    send(theirs, post, version=4, document=changed(stored(post), 1, "Theirs."))
    send(desk, post, version=5, document=changed(stored(post), 1, "Mine."))

    rows = PostSave.objects.order_by("version").values_list("version", "by__username")
    assert list(rows)[-3:] == [(4, "editor"), (5, "colleague"), (6, "editor")] or list(rows) == [
        (2, "editor"),
        (4, "editor"),
        (5, "colleague"),
        (6, "editor"),
    ]


def test_what_colleagues_saved_and_who_is_here_comes_with_the_next_question(desk, theirs, post):
    base = document_of(post)
    since = f"/admin/articles/post/{post.pk}/since/"
    theirs.get(since, {"version": 1, "tab": "b", "block": ids(base)[0]})
    send(theirs, post, document=changed(base, 0, "Their words."), headline="Their headline")

    answer = desk.get(since, {"version": 1, "tab": "a", "block": ""}).json()

    assert answer["people"] == [{"name": "Anna Brown", "block": ids(base)[0]}]
    assert words(answer["document"])[0] == "Their words."
    assert answer["fields"]["headline"] == [["Their headline", ""]]


def test_notes_come_with_the_next_question(desk, post, django_assert_max_num_queries):
    since = f"/admin/articles/post/{post.pk}/since/"
    query = {"version": 1, "tab": "a", "noted": ""}
    assert "colleagues" not in desk.get(since, query).json()

    note = leave_note(post, "Call the ministry.", by=make_user())
    with django_assert_max_num_queries(6):
        answer = desk.get(since, query).json()
    assert "Call the ministry." in answer["colleagues"]["notes"]
    assert answer["colleagues"]["open"] == 1

    query["noted"] = answer["noted"]
    assert "colleagues" not in desk.get(since, query).json()
    mark_done(note, by=make_user())
    assert desk.get(since, query).json()["colleagues"]["open"] == 0


def test_an_open_page_asks_with_one_query(desk, post, django_assert_max_num_queries):
    since = f"/admin/articles/post/{post.pk}/since/"
    desk.get(since, {"version": 1, "tab": "a", "block": ""})

    with django_assert_max_num_queries(5):  # two to sign in, two for permissions
        desk.get(since, {"version": 1, "tab": "a", "block": ""})


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30, "\x00"])
def test_a_question_that_is_wrong_is_no_failure(desk, post, version):
    query = {"version": version, "tab": "x" * 500, "block": "\x00<b>"}

    assert desk.get(f"/admin/articles/post/{post.pk}/since/", query).status_code == 200


def test_the_page_of_a_long_story_is_small_and_costs_few_queries(
    desk, editor, django_assert_max_num_queries
):
    body = "".join(f"<p>{'word ' * 125}</p>" for _number in range(40))
    post = make_post("Long", text=body, topics=["Syria"], authors=["Anna"], photo=make_photo())

    desk.get(f"/admin/articles/post/{post.pk}/change/")

    desk.get(f"/admin/articles/post/{post.pk}/change/")

    with django_assert_max_num_queries(12):
        page = desk.get(f"/admin/articles/post/{post.pk}/change/")

    assert page.status_code == 200
    assert len(page.content) < 60_000
    assert len(page.context["state"]["document"]["body"]) == 40


@pytest.mark.parametrize("with_words", [False, True])
def test_a_colleagues_headline_is_not_taken_out_by_the_next_save(desk, theirs, post, with_words):
    base = document_of(post)
    send(theirs, post, headline="Their talks", **{"initial-headline": "Talks"})
    mine = {"document": changed(base, 0, "My words."), "base": base} if with_words else {}
    mine |= {"headline": "My talks", "initial-headline": "Talks"}

    answer = send(desk, post, version=1, **mine).json()
    send(desk, post, version=3, document=changed(answer["document"], 2, "And on."))

    assert Alternative.objects.get().text == "Their talks"

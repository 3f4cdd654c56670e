"""What each rule of the house finds, and what it leaves alone."""

import time

import pytest

from articles.desk.house_style.house_style import HouseStyle, set_rule
from articles.desk.house_style.rules import RULES
from articles.models import HouseWord, Post, PullQuote, RelatedLink, Table, Text
from articles.publishing.editions.document import Parts
from articles.publishing.steps.house_style import style_findings
from articles.publishing.steps.withdraw import withdraw
from tests.builders import make_link, make_photo, make_post, make_story

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def only_words_are_asked():
    """No byline and no topic is what most stories here lack."""
    for code in ("no_byline", "no_topic"):
        set_rule(code, level="off", by=None)


def findings(post):
    return style_findings(Post.objects.get(pk=post.pk), Parts([post]))


def rules_of(post):
    return [found.rule for found in findings(post)]


def found_in(text, **fields):
    """The rules that find something in a story of one paragraph."""
    return rules_of(make_post(text=f"<p>{text}</p>", **fields))


@pytest.mark.parametrize("text", ["He was TK years old.", "TKTK", "Some (XX) people.", "TK-TK"])
def test_what_is_still_to_come_is_found(text):
    assert found_in(text) == ["to_come"]


@pytest.mark.parametrize("text", ["An ATK truck", "TKO", "tk", "XXL shirts", "the XIX century"])
def test_marks_within_other_words_are_not(text):
    assert found_in(text) == []


def test_it_is_found_in_every_field_and_block_with_its_place():
    post = make_post("TK one", text="", standfirst="TK two", kicker="TK three")
    text = Text.objects.create(
        parent=post, region="body", ordering=1, html="<p>Fine.</p><h2>TK</h2>", ids=["aa", "bb"]
    )
    quote = PullQuote.objects.create(
        parent=post, region="body", ordering=2, text="TK", attribution="Anna", ids=["cc"]
    )
    assert text.first_node == "aa"
    assert quote.first_node == "cc"
    assert {found.place for found in findings(post)} == {
        *("headline", "standfirst", "kicker", "bb", "cc"),
    }


def test_a_table_is_read_in_all_its_parts():
    post = make_post("Fine", text="<p>Fine.</p>")
    at = {"parent": post, "region": "body", "ordering": 9}
    for part in ("title", "source", "cells"):
        table = Table.objects.create(ids=[part], **{"cells": "a\tb"} | {part: "TK"}, **at)
        assert [found.place for found in findings(post)] == [part]
        table.delete()


def test_a_text_whose_nodes_have_no_ids_yet_is_named_as_the_writing_screen_names_it():
    post = make_post(text="<p>Fine.</p><p>TK</p>")
    text = Text.objects.get(parent=post)
    assert [found.place for found in findings(post)] == [f"text-{text.pk}-1"]


def test_captions_are_read_as_readers_see_them():
    post = make_post(photo=make_photo(caption="TK in a street"))
    assert rules_of(post) == ["to_come"]


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("Two \u00a0spaces.", ["double_spaces"]),
        ("Two  that the text joins.", []),
        ("One space.<br>And a new line.", []),
        ("A “curly” one, isn’t it.", []),
        ("It isn't.", ["straight_quotes"]),
        ('A board of 6\'2" by 5".', []),
    ],
)
def test_spaces_and_quotation_marks(text, rules):
    assert found_in(text) == rules


def test_two_spaces_are_found_in_a_standfirst():
    assert rules_of(make_post(standfirst="Two  spaces.")) == ["double_spaces"]


LONG = "we will not leave this house before the winter is over"


@pytest.mark.parametrize(
    ("text", "language", "rules"),
    [
        (f"“{LONG}.”", "en", ["unattributed"]),
        (f"“{LONG},” said Anna Brown.", "en", []),
        (f"“{LONG},” she told the court.", "en", []),
        # Any word with a capital is taken for a name: this rule would rather say too little.
        (f"It was said: “{LONG}.”", "en", []),
        (f"according to nobody: “{LONG}.”", "en", ["unattributed"]),
        ("A “short one” stands here.", "en", []),
        (
            "« Nous ne quitterons pas cette maison avant la fin de cet hiver. »",
            "fr",
            ["unattributed"],
        ),
        (
            "« Nous ne quitterons pas cette maison avant la fin de cet hiver », a dit Paul Petit.",
            "fr",
            [],
        ),
        ("«لن نغادر هذا البيت قبل أن ينتهي هذا الشتاء الطويل»", "ar", ["unattributed"]),
        ("وقال الرئيس «لن نغادر هذا البيت قبل أن ينتهي هذا الشتاء الطويل»", "ar", []),
        ("„Мы не уйдём из этого дома, пока не кончится эта зима“", "ru", ["unattributed"]),
        (f"“{LONG}.”", "tlh", []),
    ],
)
def test_a_quotation_needs_somebody_who_said_it(text, language, rules):
    assert found_in(text, language=language) == rules


def test_whoever_is_named_in_the_next_paragraph_counts():
    assert found_in(f"“{LONG}.”</p><p>Anna Brown said so on Monday.") == []
    assert found_in(f"“{LONG}.”</p><p>Rain.</p><p>Anna Brown said so.") == ["unattributed"]


def test_a_pull_quote_says_whose_words_it_quotes():
    post = make_post()
    PullQuote.objects.create(parent=post, region="body", ordering=20, text="Never.")
    assert rules_of(post) == ["unattributed"]


def test_a_headline_is_as_long_as_it_may_be_in_its_language():
    set_rule("long_headline", level="warn", number=20, by=None)
    set_rule("long_headline", level="block", number=30, language="fr", by=None)

    assert rules_of(make_post("a" * 20)) == []
    assert rules_of(make_post("a" * 21)) == ["long_headline"]
    assert rules_of(make_post("a" * 30, language="fr-ca")) == []
    assert [each.level for each in findings(make_post("a" * 31, language="fr"))] == ["block"]


def test_a_story_without_byline_and_topic_is_told_of_both():
    for code in ("no_byline", "no_topic"):
        set_rule(code, level="warn", by=None)
    assert rules_of(make_post()) == ["no_byline", "no_topic"]
    assert rules_of(make_post(authors=["Anna Brown"], topics=["Syria"])) == []
    assert rules_of(make_post(byline="Reuters", topics=["Syria"])) == []


def test_links_to_what_is_withdrawn_or_never_was_are_dead(settings):
    gone, live = make_story("Gone"), make_story("Still there")
    address = gone.editions.get().get_absolute_url()
    links = f'<a href="{address}">one</a> <a href="/no/such/page/">two</a>'
    fine = f'<a href="{live.editions.get().get_absolute_url()}">x</a> <a href="https://a.org">y</a>'
    post = make_post(text=f"<p>{links}</p><p>{fine}</p>")
    make_link(post, gone)
    make_link(post, live)
    assert rules_of(post) == ["dead_links"]  # the page that never was

    withdraw(gone, by=None)

    related = RelatedLink.objects.get(parent=post, story=gone)
    text = Text.objects.get(parent=post)
    places = [found.place for found in findings(post)]
    assert sorted(places) == sorted([related.first_node, *[f"text-{text.pk}-0"] * 2])


def test_a_rule_that_is_off_finds_nothing():
    post = make_post(text="<p>TK</p>")
    set_rule("to_come", level="off", by=None)
    assert rules_of(post) == []


def test_a_rule_may_be_set_otherwise_for_one_language():
    set_rule("to_come", level="off", language="fr", by=None)
    assert found_in("TK", language="fr") == []
    assert found_in("TK", language="en") == ["to_come"]
    set_rule("to_come", level=None, language="fr", by=None)
    assert found_in("TK", language="fr") == ["to_come"]


def test_a_story_of_thirty_thousand_words_is_read_in_a_tenth_of_a_second():
    HouseWord.objects.bulk_create(
        HouseWord(wrong=f"Name{n} of many", right=f"Nom{n}") for n in range(2000)
    )
    HouseWord.objects.bulk_create(
        HouseWord(wrong=f"Al[- ]?Qa[ei]da{n}", is_pattern=True, right="Q") for n in range(50)
    )
    paragraph = (
        "<p>" + "A paragraph of words that are all as they should be, at last. " * 5 + "</p>"
    )
    post = make_post(text=paragraph * 450)
    set_rule("names", level="warn", by=None)  # it has a stamp now: the list is kept
    parts = Parts([post])
    style_findings(post, parts)

    times = []
    for _turn in range(3):
        begun = time.process_time()
        assert style_findings(post, parts) == []
        times.append(time.process_time() - begun)
    # Ten times what it is to be: this may run beside others.
    assert min(times) < 1, times


def test_every_rule_has_a_sentence_for_each_thing_that_it_says():
    assert all(str(rule.name) and str(rule.help) for rule in RULES.values())
    assert str(HouseStyle())


def test_what_is_still_to_come_is_told_with_where_it_is():
    story = make_post("TK", text="<p>One.</p><p>TK</p>")
    said = [each.sentence for each in findings(story)]
    assert [sentence.rpartition(" (")[2] for sentence in said] == ["headline)", "paragraph 2)"]


def test_a_short_quotation_in_straight_marks_is_chosen_whole():
    story = make_post(text='<p>He said "not now" and left.</p>')
    [found] = findings(story)
    assert found.words == '"not now"'

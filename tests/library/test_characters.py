"""Unseen characters: none is stored, whoever brings it."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import models

from articles.desk.blocks import BLOCK_MODELS
from articles.desk.rich_text.sanitiser import clean
from articles.library.characters import tidy, tidy_line
from articles.library.fields import MOST_WORDS, LineField, WordsField
from articles.models import Author, Breaking, Photo, Post, Section, Topic, TopicAlias, Transition
from tests.admin.filling import add_block, errors_of, save
from tests.admin.writing.sending import send
from tests.builders import make_post, make_story

OVERRIDE = "\u202e"
UNSEEN = f"{OVERRIDE}\x00\x0b\x1f\x7f\u200b\u2066\u2060\ufeff\u00ad\ufffe\ud800\U000e0041\U0001fffe"

KEPT = [
    "می\u200cخواهم",
    "क्\u200dष",
    "ന്\u200d",
    "അവന്\u200d വന്നു, അവര്\u200d.",
    "ක්\u200dරි ශ්\u200d",
    "۱۰\u200cمین ۱۴۰۰ ه\u200d.ش",
    "\U0001f642\u200d↔\ufe0f \U0001f642\u200d↕\ufe0f \U0001f3c3\U0001f3fd\u200d➡\ufe0f",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "\u2764\ufe0f\u200d\U0001f525",
    "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "שלום\u200f!",
    "العربية\u200e (C++)",
    "\u0660\u0661 \u0600\u0661",
    "two\nlines\tand a tab",
    "thin\u202fspace, no\u00a0break",
]


@pytest.mark.parametrize("text", KEPT)
def test_what_belongs_to_the_words_is_kept(text):
    assert tidy(text) == text


@pytest.mark.django_db
@pytest.mark.parametrize("text", KEPT[:7])
def test_what_belongs_to_the_words_is_kept_in_fields_and_in_rich_text(text):
    post = Post(headline=text, standfirst=text)

    post.full_clean(exclude=["section", "slug"])

    assert (post.headline, post.standfirst) == (text, text)
    for html in (f"<p>{text}</p>", f"<p>A <em>{text}</em> b</p>"):
        assert clean(html) == html


@pytest.mark.parametrize("character", UNSEEN)
def test_an_unseen_character_goes(character):
    assert tidy(f"{character}Wo{character}rds{character}") == "Words"


def test_joiners_that_join_nothing_and_marks_of_direction_in_latin_text_go():
    assert tidy("\u200cWords\u200d and\u200e more\u200f \u200d\u200c") == "Words and more "
    assert tidy("\u2764\ufe0f\u200d, \U0001f642\u200d 10\u200c a=\u200db") == (
        "\u2764\ufe0f, \U0001f642 10 a=b"
    )


@pytest.mark.parametrize("text", [*KEPT, UNSEEN, "a\r\nb\rc\u2028d", "\r\x00\n", "\u200d" * 9])
def test_tidying_twice_changes_nothing_more(text):
    assert tidy(tidy(text)) == tidy(text)


def test_lines_end_in_one_way_and_a_line_has_none():
    assert tidy("a\r\nb\rc\u2028d") == "a\nb\nc\nd"
    assert tidy_line("a\r\nb\t  c") == "a b c"


def fields_of_words():
    """Every field in which a person's plain words are stored."""
    known = (Post, Photo, Author, Section, Topic, TopicAlias, Breaking, Transition)
    for model in (*known, *BLOCK_MODELS.values()):
        for field in model._meta.fields:
            plain = type(field) in (models.CharField, models.TextField, LineField, WordsField)
            if plain and field.editable and not field.choices and field.model is model:
                yield field


# Chosen from lists, not typed.
OTHERWISE = {"articles.Post.language"}
OTHERWISE |= {str(model._meta.get_field("region")) for model in BLOCK_MODELS.values()}


def test_every_field_of_plain_words_is_tidied_and_bounded():
    untidy = {str(field) for field in fields_of_words() if type(field).__module__[:6] == "django"}

    assert untidy <= OTHERWISE


def test_a_story_typed_with_unseen_characters_has_none(client, editor):
    client.force_login(editor)

    def with_quote(data):
        add_block(data, "pullquote", text=f"Said{OVERRIDE}\x1f so", attribution="A\x0b B")

    typed = {"headline": f"{OVERRIDE}Head\x1fline", "standfirst": "One\r\ntwo\x0b"}
    save(client, change=with_quote, topics=[], **typed)

    post = Post.objects.get()
    quote = BLOCK_MODELS["pullquote"].objects.get()
    assert (post.headline, post.standfirst) == ("Headline", "One\ntwo")
    assert (quote.text, quote.attribution) == ("Said so", "A B")


def test_a_fixture_with_unseen_characters_stores_none(db, tmp_path):
    fields = {"name": f"Pol{OVERRIDE}itics\x0b", "slug": "politics"}
    rows = [{"model": "articles.section", "fields": fields}]
    fields = {"source": "x", "source_id": "1", "headline": "\u202eHead\u200bline"}
    rows.append({"model": "articles.post", "fields": fields})
    (tmp_path / "rows.json").write_text(json.dumps(rows))

    call_command("loaddata", tmp_path / "rows.json", verbosity=0)

    assert Section.objects.get().name == "Politics"
    assert Post.objects.get().headline == "Headline"


@pytest.mark.django_db
def test_a_row_written_past_every_form_is_tidied_too():
    post = make_post("First")
    Post.objects.filter(pk=post.pk).update(headline=f"{OVERRIDE}Second", standfirst="a\x00b")

    post.refresh_from_db()

    assert (post.headline, post.standfirst) == ("Second", "ab")


@pytest.mark.parametrize("name", ["standfirst", "change_note"])
def test_words_longer_than_a_field_are_refused_beside_it(client, editor, name):
    client.force_login(editor)
    post = make_story()

    words = {name: "x" * (MOST_WORDS + 1), f"initial-{name}": ""}

    answer = send(client, post, headline="Saved", **{"initial-headline": "x"}, **words).json()

    [said] = answer["errors"][name]
    assert f"at most {MOST_WORDS} characters (it has {MOST_WORDS + 1})" in said
    post.refresh_from_db()
    assert (post.headline, getattr(post, name)) == ("Saved", "")


def test_a_quotation_longer_than_its_field_is_refused_beside_it(client, editor):
    client.force_login(editor)
    post = make_post()

    page = save(client, post, change=lambda data: add_block(data, "pullquote", text="<br" * 60_000))

    assert "at most 5000 characters (it has 180000)" in errors_of(page)
    assert not BLOCK_MODELS["pullquote"].objects.exists()


def test_an_untouched_standfirst_of_two_lines_has_not_changed(client, editor):
    client.force_login(editor)
    post = make_post(standfirst="One\ntwo")

    save(client, post, standfirst="One\r\ntwo")

    post.refresh_from_db()
    assert post.version == 1


def test_joiners_beyond_those_of_any_text_are_all_taken_out():
    assert tidy("a\u200db" * 60_000) == "ab" * 60_000
    assert tidy("a\u200db" * 40_000) == "a\u200db" * 40_000


@pytest.mark.parametrize(
    ("model", "fields", "said"),
    [
        (
            "articles.pullquote",
            {"text": "<br" * 60_000},
            "text: Ensure this value has at most 5000",
        ),
        ("articles.text", {"html": "<em a=i></x>" * 100}, "html: This text is nested too deep"),
        ("articles.text", {"html": "<" * 100_000}, "html: This text has more markup"),
        ("articles.text", {"html": "word " * 50_000}, "html: This text has 250000 characters"),
    ],
)
def test_a_fixture_whose_words_no_form_would_take_is_refused_by_name(
    db, tmp_path, model, fields, said
):
    post = make_post(source="x", source_id="1")
    fields |= {"parent": post.natural_key(), "region": "body", "ordering": 20}
    (tmp_path / "rows.json").write_text(json.dumps([{"model": model, "fields": fields}]))

    with pytest.raises(CommandError, match=said):
        call_command("loaddata", tmp_path / "rows.json", verbosity=0)


def test_a_fixture_stores_rich_text_in_its_one_form(db, tmp_path):
    post = make_post(source="x", source_id="1", text="")
    fields = {"parent": post.natural_key(), "region": "body", "ordering": 10}
    fields["html"] = "<h2>One</h2>\r\n<ul><li>two\u202e\x0b</li></ul>\n"
    (tmp_path / "rows.json").write_text(json.dumps([{"model": "articles.text", "fields": fields}]))

    call_command("loaddata", tmp_path / "rows.json", verbosity=0)

    assert BLOCK_MODELS["text"].objects.get().html == "<h2>One</h2><ul><li><p>two</p></li></ul>"

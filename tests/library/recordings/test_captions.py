"""Captions are WebVTT, or are refused with the line that is wrong."""

import io

import pytest
from django.core.exceptions import ValidationError

from articles.library.recordings.captions import checked_captions, mark_of, read_captions
from tests.recording_files import CAPTIONS


def refused(text, **options):
    with pytest.raises(ValidationError) as error:
        checked_captions(text, **options)
    return error.value


def test_captions_stay_as_they_are_and_are_told_apart_by_their_words():
    assert checked_captions(CAPTIONS, seconds=12) == CAPTIONS
    assert checked_captions("\ufeff" + CAPTIONS.replace("\n", "\r\n")) == CAPTIONS
    assert mark_of(CAPTIONS) != mark_of(CAPTIONS + "NOTE more\n")
    assert mark_of("") == ""


def test_notes_styles_names_and_hours_are_captions_too():
    text = (
        "WEBVTT - The flood\nKind: captions\n\nNOTE\nBy hand.\n\nSTYLE\n::cue { color: white }\n\n"
        "first\n01:00:00.000 --> 01:00:02.000\nIt <i>began</i>.\n"
    )
    assert checked_captions(text) == text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "captions_head"),
        ("It began at four.", "captions_head"),
        ("WEBVTTX\n\n00:01.000 --> 00:02.000\nWords.", "captions_head"),
        ("1\n00:00:01,000 --> 00:00:02,000\nWords.\n", "captions_srt"),
        ("WEBVTT", "captions_none"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n", "captions_none"),
        ("WEBVTT\n\n00:01,000 --> 00:02,000\nWords.", "captions_time"),
        ("WEBVTT\n\n00:61.000 --> 00:62.000\nWords.", "captions_time"),
        ("WEBVTT\n\n0٠:01.000 --> 00:02.000\nWords.", "captions_time"),
        ("WEBVTT\n\nNo time at all\nWords.", "captions_time"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nWords -->\n", "captions_time"),
        ("WEBVTT\n\n00:03.000 --> 00:02.000\nWords.", "captions_order"),
        (CAPTIONS + "\n00:02.000 --> 00:11.000\nBefore.\n", "captions_order"),
    ],
)
def test_what_is_no_webvtt_is_refused(text, code):
    assert refused(text).code == code


def test_the_line_that_is_wrong_is_named():
    assert "Line 9" in refused(CAPTIONS + "\n00:1.000 --> 00:12.000\nWrong.\n").messages[0]


def test_captions_of_a_longer_film_are_refused():
    assert refused(CAPTIONS, seconds=3).code == "captions_long"
    assert checked_captions(CAPTIONS, seconds=0)


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"WEBVTT\n\n\xff\xfe", "captions_text"), (b"x" * 1_000_001, "captions_size")],
)
def test_a_file_that_is_no_text_or_too_long_is_refused(data, code):
    with pytest.raises(ValidationError) as error:
        read_captions(io.BytesIO(data))
    assert error.value.code == code


def test_nuls_and_unseen_characters_go():
    assert "\x00" not in checked_captions(CAPTIONS.replace("water", "wa\x00ter"))

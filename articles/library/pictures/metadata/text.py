"""Texts that strangers wrote into a file, made fit for a field."""

import re
import unicodedata
from typing import Any

from ...characters import tidy

MAX_CHARACTERS_READ = 8000

MAKERS = (
    r"acer|agfa|agfaphoto|apple|benq|canon|casio|concord|epson|fuji|fujifilm|ge|hitachi|hp|jvc|"
    r"kodak|konica|konica\s+minolta|kyocera|leica|lg|medion|minolta|motorola|nikon|nokia|olympus|"
    r"panasonic|pentax|polaroid|praktica|ricoh|rollei|samsung|sanyo|sigma|sony|sony\s+ericsson|"
    "toshiba|vivitar|yakumo"
)
# A model's name has a figure in it, or is one of these.
MODEL = r"(\S*\d\S*|zoom|easyshare|powershot|coolpix|finepix|optio|exilim|lumix|cyber-?shot)"
PROGRAMS = (
    r"photoshop|lightroom|gimp|paint\.net|imagemagick|graphicsmagick|imagegear|picasa|snapseed|"
    r"lead\s+technologies|irfanview|acdsee|gd-jpeg|(microsoft\s+)?windows\s+photo\s+(viewer|editor|gallery)"
)
# Also ordinary words.
COMMON_NAMES = r"adobe|paint|canva|vsco\w*+|accusoft|microsoft|windows"
# What follows a program's name: versions, systems, firms.
FURTHER = (
    rf"{PROGRAMS}|{COMMON_NAMES}|(v|cs|cc|x)?\d[\w.]*+|v|version|cs|cc|camera|raw|classic|elements|"
    "express|pro|photo|picture|editor|viewer|gallery|manager|office|live|android|ios|linux|mac|macintosh|"
    "systems|inc|corp|ltd|using|ijg|jpeg|quality"
)

MAX_GENERATED_LENGTH = 120
"""Characters. It also bounds the time that the pattern takes."""

# What cameras and programs write by themselves; a caption that only begins like this is a caption.
GENERATED_TEXT = re.compile(
    rf"""
    (({MAKERS})\s+)?({MODEL}\s+)*digital(\s+still)?\s+camera
    | ({MAKERS})\s+({MODEL}\s+)*(dsc|camera(\s+pictures?)?)
    | exif[ _-]?jpe?g([ _-]?picture)?t? | jpeg | jpg | ascii | unicode | dcim | default | camera
    | applemark | digital\s+image | processed\s+with\s+vsco\w*+(\s+with\s+\S+\s+preset)?
    | (
        (creator:|(created|edited|made|saved|file\s+written)\s+(by|with|in|using))\s*
        (the\s+)?({PROGRAMS}|{COMMON_NAMES})
        | (the\s+|adobe\s+)?({PROGRAMS})
      )(?!\w) ([\W_]++({FURTHER})(?!\w))* [\W_]*
    | (s?hdr|r?hdr|dav|ptr|bty|cof|mde|btf|sdr|fpt|nor|oz?edf)
    | \(?(null|nil|none|undefined|unknown|empty|untitled)\)? | n/?a | nan | [\W_]+
    | (enter\s+)?(your|my)\s+(name|caption|copyright|description|title)(\s+here)?
    | (image|picture)?\s*(description|caption|title|artist|author|photographer|copyright)
    | (\S*[\\/])?(dsc[fn]?|img|_mg|dji|pict|imgp|gopr|hpim|cimg|sam|p|mvi|screenshot)[_-]?
      (\d{{3}}[\w-]*(\.\w{{3,4}})? | \d[\w-]*\.(jpe?g|png|tiff?|gif|webp|heic|bmp|dng|nef|cr2|arw))
    """,
    re.I | re.X,
)


def clean(value: Any) -> str:
    """Text without invisible characters, one space between words; a list is joined with commas.

    Empty for what a camera or a program wrote by itself.
    """
    if isinstance(value, list | tuple):
        return ", ".join(dict.fromkeys(filter(None, map(clean, value[:10]))))
    if isinstance(value, bytes):
        value = decode(value[: 4 * MAX_CHARACTERS_READ])
    if not isinstance(value, str):
        return ""
    # A control stands between words more often than within one.
    value = "".join(
        " " if unicodedata.category(each) == "Cc" else each for each in value[:MAX_CHARACTERS_READ]
    )
    text = " ".join(tidy(unicodedata.normalize("NFC", value)).split())
    return "" if len(text) <= MAX_GENERATED_LENGTH and GENERATED_TEXT.fullmatch(text) else text


def decode(data: bytes) -> str:
    """Bytes of unknown encoding: UTF-8 if they are valid, else Windows-1252."""
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        # Cut off by `clean` in the middle of a character.
        if error.start > len(data) - 4 and len(data) == 4 * MAX_CHARACTERS_READ:
            return data[: error.start].decode()
        return data.decode("cp1252", "replace")

"""Words that strangers wrote into a file, made fit for a field."""

import re
import unicodedata

from ...characters import tidy

MOST_READ = 8000
"""Characters of one text that are looked at."""

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
# These are words of people's, too.
COMMON_NAMES = r"adobe|paint|canva|vsco\w*+|accusoft|microsoft|windows"
# Which program of its name it is: versions, systems, firms.
FURTHER = (
    rf"{PROGRAMS}|{COMMON_NAMES}|(v|cs|cc|x)?\d[\w.]*+|v|version|cs|cc|camera|raw|classic|elements|"
    "express|pro|photo|picture|editor|viewer|gallery|manager|office|live|android|ios|linux|mac|macintosh|"
    "systems|inc|corp|ltd|using|ijg|jpeg|quality"
)

LONGEST_OF_A_MACHINE = 120
"""Characters. A longer text would take the pattern long to look through, too."""

# What cameras and programs write by themselves; a caption that only begins like this is a caption.
BY_A_MACHINE = re.compile(
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


def clean(value):
    """Text without unseen characters, one space between words; several texts are listed.

    Nothing for what a camera or a program wrote by itself.
    """
    if isinstance(value, list | tuple):
        return ", ".join(dict.fromkeys(filter(None, map(clean, value[:10]))))
    if isinstance(value, bytes):
        value = decoded(value[: 4 * MOST_READ])
    if not isinstance(value, str):
        return ""
    # A control stands between words more often than within one.
    value = "".join(
        " " if unicodedata.category(each) == "Cc" else each for each in value[:MOST_READ]
    )
    text = " ".join(tidy(unicodedata.normalize("NFC", value)).split())
    return "" if len(text) <= LONGEST_OF_A_MACHINE and BY_A_MACHINE.fullmatch(text) else text


def decoded(data):
    """Bytes whose encoding nobody names: UTF-8 if they can be, else the old one of Windows."""
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        # What was cut off in the middle of a character is UTF-8 all the same.
        if error.start > len(data) - 4 and len(data) == 4 * MOST_READ:
            return data[: error.start].decode()
        return data.decode("cp1252", "replace")


def shortened(text, most):
    return text if len(text) <= most else text[: most - 1] + "…"

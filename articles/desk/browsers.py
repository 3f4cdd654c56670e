"""What a browser says it is, roughly: enough to tell a phone from a program, and no person from
another."""

import re

_BROWSERS = (
    ("Edge", r"\bEdg(e|A|iOS)?/"),
    ("Opera", r"\bOPR/|\bOpera\b"),
    ("Samsung Internet", r"\bSamsungBrowser/"),
    ("Firefox", r"\b(Firefox|FxiOS)/"),
    ("Chrome", r"\b(Chrome|Chromium|CriOS)/"),
    ("Safari", r"\bVersion/[\d.]+ .*Safari/"),
)
_SYSTEMS = (
    ("iPhone", r"\biPhone\b"),
    ("iPad", r"\biPad\b"),
    ("Android", r"\bAndroid\b"),
    ("Windows", r"\bWindows\b"),
    ("Mac", r"\bMacintosh\b"),
    ("Linux", r"\bLinux\b|\bX11\b"),
)
_PROGRAM = re.compile(
    r"bot\b|crawl|spider|preview|scan|facebookexternalhit|WhatsApp|Slack|curl|python|Headless",
    re.IGNORECASE,
)
MOST_READ = 400


def browser_in(user_agent: str) -> str:
    """“Firefox, Windows”; "program" for what fetches links by itself, "" for what nobody knows."""
    said = user_agent[:MOST_READ]
    if _PROGRAM.search(said):
        return "program"
    found = (_first(_BROWSERS, said), _first(_SYSTEMS, said))
    return ", ".join(filter(None, found))


def _first(names: tuple[tuple[str, str], ...], said: str) -> str:
    return next((name for name, pattern in names if re.search(pattern, said)), "")

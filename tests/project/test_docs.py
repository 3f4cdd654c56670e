"""What the docs name is there: links, files, functions, commands, settings."""

import re
from functools import cache
from importlib.util import find_spec

import pytest
from django.conf import settings
from django.core.management import get_commands

ROOT = settings.BASE_DIR
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))

FOLDERS = (ROOT, ROOT / "articles", ROOT / "articles/publishing/search", ROOT / "deploy")
"""Where a path of the docs may begin."""

EXAMPLES = {
    "articles/desk/blocks/fact_box.py",
    "static/admin-desk/writing/kinds/factbox.js",
    "templates/blocks/factbox.html",
    "fixtures/bridge.json",
    "fixtures/photos/bridge.jpg",
    "photos/bridge.jpg",
    "db.sqlite3",
    "feed.json",
}
"""Files that the docs tell their reader to make, that a command makes, or that are URLs."""

MADE = ("media/", "originals/", "renditions/", ".venv/", "staticfiles/")
CODE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)\s]+)\)")
FILE = re.compile(r"[\w.*-]+(?:/[\w.*-]+)*\.(?:py|html|css|js|md|vcl|conf|service|timer|json|txt)")
FOLDER = re.compile(r"(?:[\w.-]+/)+")


def without_fences(text):
    return re.sub(r"^( *)```.*?^\1```$", "", text, flags=re.MULTILINE | re.DOTALL)


@cache
def anchors(page):
    """The fragments that links to a page may end in, as GitHub makes them of headings."""
    headings = re.findall(r"^#+ (.+)$", without_fences(page.read_text()), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@cache
def names_of_files():
    kept = [path for top in ROOT.iterdir() if not top.name.startswith(".") for path in paths(top)]
    return {path.name for path in kept}


def paths(top):
    return top.rglob("*") if top.is_dir() else [top]


def is_there(name):
    """Whether a path, perhaps with a *, leads somewhere; a bare file name may be anywhere."""
    if name in EXAMPLES or name.startswith(MADE):
        return True
    if "/" not in name and "*" not in name:
        return name in names_of_files()
    return any(next(folder.glob(name.rstrip("/")), None) for folder in FOLDERS)


@every_page
def test_links_lead_somewhere(page):
    for link in LINK.findall(without_fences(page.read_text())):
        if link.startswith(("http://", "https://", "mailto:")):
            continue
        path, _, fragment = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        if fragment:
            assert fragment in anchors(target), link


@every_page
def test_files_and_folders_are_there(page):
    for code in CODE.findall(without_fences(page.read_text())):
        path, _, symbol = code.partition(": ")
        if path.startswith("/") or not (FILE.fullmatch(path) or FOLDER.fullmatch(path)):
            continue
        assert is_there(path), code
        if symbol:
            found = next(found for folder in FOLDERS for found in folder.glob(path))
            assert re.search(rf"\b{re.escape(symbol.split('(')[0])}\b", found.read_text()), code


@every_page
def test_commands_are_there(page):
    text = page.read_text()
    for name in re.findall(r"manage\.py ([a-z_]+)", text):
        assert name in get_commands(), name
    for module in re.findall(r"python -m (tests[\w.]*)", text):
        assert find_spec(module), module


@every_page
def test_settings_are_there(page):
    source = (ROOT / "newsroom/settings.py").read_text()
    for name in re.findall(r"\bNEWSROOM_[A-Z_]+\b", page.read_text()):
        assert f'"{name}"' in source, name


NAME = re.compile(r"(?:\w*_\w*|[A-Z][a-z]+(?:[A-Z][a-z]+)+)")
OF_OTHERS = {"AddIndexConcurrently", "TestCase", "pg_dump", "pg_basebackup"}
SOURCES = ("articles", "newsroom", "tests", "deploy", "templates", "fixtures/drawing", "static")


@cache
def words_of_the_code():
    """Every word that stands in a file of ours, this one left out."""
    words = set()
    for folder in SOURCES:
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in {".py", ".html", ".css", ".js", ".conf", ".vcl", ".service", ".env"}:
                words.update(re.findall(r"\w+", path.read_text()))
    return words | set(re.findall(r"\w+", (ROOT / "pyproject.toml").read_text()))


@every_page
def test_names_stand_in_the_code(page):
    for code in CODE.findall(without_fences(page.read_text())):
        for name in re.split(r"[.()]", code):
            if NAME.fullmatch(name) and name not in OF_OTHERS:
                # A table is called after its model.
                assert {name, name.removeprefix("articles_").capitalize()} & words_of_the_code(), (
                    code
                )

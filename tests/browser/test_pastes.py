"""Pastes from many programs, each with what must arrive: tests/browser/pastes/README.md."""

import random
import re
from pathlib import Path

import pytest

from articles.desk.rich_text import sanitiser

from .modules import open_desk

FOLDER = Path(__file__).with_name("pastes")
FILES = sorted(FOLDER.glob("*.txt"))
MODULE = "/static/admin-desk/writing/paste.js"
CLEAN = """async ([html, text]) => {
  const { cleanPaste } = await import("/static/admin-desk/writing/paste.js");
  return cleanPaste(html, text);
}"""
CLEAN_ALL = """async (list) => {
  const { cleanPaste } = await import("/static/admin-desk/writing/paste.js");
  return list.map((html) => cleanPaste(html, "").html);
}"""
# What a browser shows and Word does not.
NOT_SHOWN = """<style>
del, .msoDel, .TrackChangeTextDeletion, .MsoCommentReference, button, title, svg, math,
[style*="mso-hide:all"], [style*="mso-list:Ignore"], [style*="mso-element:comment-list"]
{ display: none !important }
</style>"""


# Signs between cells; emoji, which are pictures in mails.
NO_WORD = re.compile("·|[\U0001f300-\U0001faff]+")


@pytest.fixture(scope="module")
def desk(browser):
    """A page with the site's policy, into which the module is loaded."""
    context = browser.new_context()
    yield open_desk(context.new_page())
    context.close()


@pytest.fixture(scope="module")
def reader(browser):
    """A page that shows anything, runs nothing and asks nothing of the network."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.route("**/*", lambda route: route.abort())
    yield page
    context.close()


def parts_of(file):
    """{html, text, arrives, missing, marks, says} of a paste."""
    pieces = re.split(r"^=== (\w+)\n", file.read_text(encoding="utf-8"), flags=re.M)
    return {"says": pieces[0].strip()} | {
        name: piece.rstrip("\n") for name, piece in zip(pieces[1::2], pieces[2::2], strict=True)
    }


def paste(page, parts):
    return page.evaluate(CLEAN, [parts.get("html", ""), parts.get("text", "")])


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_paste_arrives_clean_and_whole(desk, reader, file):
    parts = parts_of(file)

    got = paste(desk, parts)

    arrives = parts.get("arrives", "").split("\n")
    assert lines_of(got["html"]) == [line for line in arrives if line]
    named = [f"{each['kind']}: {each['words']}".strip() for each in got["missing"]]
    assert named == parts.get("missing", "").split("\n" if parts.get("missing") else None)
    assert paste(desk, {"html": got["html"]})["html"] == got["html"]
    before = words_of(reader, shown(parts["html"])) if "html" in parts else split(parts["text"])
    assert without(before, parts.get("marks", "").split()) == words_of(reader, got["html"])
    assert desk.evaluate("window.forbidden") == []


def shown(html):
    """HTML of which a browser shows what the program that made it shows."""
    around = "<table>" if html.startswith("<tr") else ""
    return NOT_SHOWN + around + html.replace("http-equiv", "data-x")


def lines_of(html):
    """One line for each paragraph, subhead, list, quotation or node; of a table, ⏎ ends a row and ⇥
    a cell."""
    html = re.sub(r"(?<=>)[^<>]*(?=</div>)", "", html).replace("\n", "⏎").replace("\t", "⇥")
    lines = re.split(r"(?<=>)(?=<(?:p|h2|h3|ul|ol|blockquote|div)\b)", html)
    return joined([line for line in lines if line])


def joined(parts):
    """Parts put together until every list and quotation that is opened is closed."""
    lines, depth = [], 0
    for part in parts:
        if depth:
            lines[-1] += part
        else:
            lines.append(part)
        depth += len(re.findall(r"<(?:ul|ol|blockquote)\b", part))
        depth -= len(re.findall(r"</(?:ul|ol|blockquote)>", part))
    return lines


def words_of(page, html):
    """The words that a browser shows of some HTML, without signs between cells."""
    page.set_content(html)
    return split(page.evaluate("document.body.innerText"))


def split(text):
    text = re.sub("[\u00ad\u200b\ufeff\u200e\u200f]", "", text)
    return [word.strip("“”") for word in text.split() if not NO_WORD.fullmatch(word)]


def without(words, marks):
    """Words without the marks that became markup, all there and in order; `a→b~c` became words."""
    words, place = list(words), 0
    for mark in marks:
        spelt, _arrow, word = mark.partition("→")
        place = words.index(spelt, place)
        words[place : place + 1] = (found := word.split("~") if word else [])
        place += len(found)
    return words


def test_what_arrives_is_what_the_site_stores(desk):
    for file in FILES:
        html = paste(desk, parts_of(file))["html"]
        if "data-kind" not in html:
            html = re.sub(' data-(?:id|pm-slice)="[^"]*"', "", html)
            assert sanitiser.clean(html).replace(' rel="noopener"', "") == html, file.stem


@pytest.mark.parametrize("seed", range(4))
def test_no_heap_of_pieces_of_pastes_leaves_markup_that_the_site_would_change(desk, seed):
    chance = random.Random(seed)
    pieces = [
        piece
        for file in FILES
        for piece in re.findall("<[^>]*>|[^<]+", parts_of(file).get("html", ""))
        if "data-kind" not in piece and "data-id" not in piece and "data-pm" not in piece
    ]
    heaps = ["".join(chance.choices(pieces, k=chance.randrange(1, 60))) for _ in range(150)]

    once = desk.evaluate(CLEAN_ALL, heaps)
    twice = desk.evaluate(CLEAN_ALL, once)

    for heap, html, again in zip(heaps, once, twice, strict=True):
        assert again == html, heap
        html = re.sub("<div data-kind[^>]*>[^<]*</div>", "", html)
        assert sanitiser.clean(html).replace(' rel="noopener"', "") == html, heap
    assert desk.evaluate("window.forbidden") == []


def test_a_long_paste_takes_no_longer_than_a_blink(desk):
    html = "<p class=MsoNormal>" + "word " * 120 + "<b>bold</b> <i>words</i><o:p></o:p></p>"

    taken = desk.evaluate(
        """async ([module, html]) => {
          const { cleanPaste } = await import(module);
          const start = performance.now();
          cleanPaste(html, "");
          return performance.now() - start;
        }""",
        [MODULE, html * 50],
    )

    assert taken < 1000


def test_pictures_in_a_paste_are_found_for_the_library(desk):
    html = (
        '<p>Words</p><img alt="a" src="data:image/png;base64,iVBO\nRw0K"><img src=x.png>'
        "<img src='data:image/svg+xml;base64,PHN2Zz4='><img src=data:image/png;base64,iVBORw0K>"
        '<img src="data:image/png;base64,Ym94" alt="checked" aria-roledescription="checkbox">'
        '<img width=1 src="data:image/gif;base64,cGl4ZWw=">'
        '<!-- <img src="data:image/png;base64,bm8="> -->'
    )

    found = desk.evaluate(
        "async ([module, html]) => (await import(module)).picturesIn(html)", [MODULE, html]
    )

    assert found == ["data:image/png;base64,iVBORw0K"]


def test_there_are_pastes_of_every_program():
    assert len(FILES) >= 40
    for program in (
        "word",
        "docs",
        "libreoffice",
        "outlook",
        "gmail",
        "pages",
        "notes",
        "web",
        "own",
        "plain",
        "forged",
    ):
        assert any(file.stem.startswith(program) for file in FILES), program

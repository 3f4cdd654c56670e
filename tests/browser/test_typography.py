"""Quotation marks and dashes as one types, in an editor of the desk."""

import pytest

from .modules import open_desk

EDITOR = """async ([language, content]) => {
  const tiptap = await import("django-prose-editor/editor");
  const { typography } = await import("/static/admin-desk/writing/typography.js");
  window.editor?.destroy();
  document.querySelector("main").replaceChildren();
  window.editor = new tiptap.Editor({
    element: document.querySelector("main"),
    injectCSS: false,
    content,
    extensions: [
      ...["Document", "Paragraph", "Text", "Bold", "HardBreak", "UndoRedo"].map((n) => tiptap[n]),
      tiptap.Link.configure({ openOnClick: false, autolink: false }),
      typography(language),
    ],
  });
  window.editor.commands.setTextSelection(window.editor.state.doc.content.size);
  window.editor.view.dom.style.whiteSpace = "pre-wrap";
  window.editor.view.focus();
}"""
FIELD = """async (language) => {
  const { typographyIn } = await import("/static/admin-desk/writing/typography.js");
  const field = document.createElement("textarea");
  document.querySelector("main").replaceChildren(field);
  typographyIn(field, language);
  field.focus();
}"""


@pytest.fixture(scope="module")
def desk(browser):
    context = browser.new_context()
    yield open_desk(context.new_page())
    context.close()


@pytest.fixture
def write(desk):
    """`write(language, text)` types into an empty editor and gives what stands there."""

    def type_there(language, text, content="<p></p>"):
        desk.evaluate(EDITOR, [language, content])
        desk.keyboard.type(text)
        return shown(desk)

    return type_there


def shown(desk):
    return desk.evaluate("() => window.editor.getText()")


@pytest.mark.parametrize(
    ("language", "typed", "stands"),
    [
        ("en-gb", "He said: \"It's 'fine'.\"", "He said: “It’s ‘fine’.”"),
        ("en-gb", "\"'Yes' is the word\"", "“‘Yes’ is the word”"),
        ("en-gb", '("a") -- "b" and/or "c"', "(“a”) – “b” and/or “c”"),
        ("en-gb", "the '90s, 'tis true", "the ’90s, ’tis true"),
        ("en-gb", "wait... no....", "wait… no…."),
        ("en-gb", "May - June, well-known, a---b", "May – June, well-known, a—b"),
        ("en-us", "so--there", "so—there"),
        ("xx", '"a"', "“a”"),
        ("de", "\"Das ist 'neu'\", sagt Anna's Chef", "„Das ist ‚neu‘“, sagt Anna’s Chef"),
        ("de-at", '"a"', "„a“"),
        ("de-ch", "\"a 'b'\"", "«a ‹b›»"),
        ("fr", 'Il dit : "L\'eau ?" et', "Il dit\xa0: «\xa0L’eau\xa0?\xa0» et"),
        ("fr", '"un "deux" trois"', "«\xa0un “deux” trois\xa0»"),
        ("fr", '" un', "«\xa0un"),
        ("es", '"a "b" c"', "«a “b” c»"),
        ("ar", 'قال: "نعم"', "قال: «نعم»"),
        ("sv", '"Nej", sa "hon"', "”Nej”, sa ”hon”"),
        ("pl", '"tak"', "„tak”"),
        ("ru", '"да" -- "нет"', "«да» — «нет»"),
        ("da", '"ja"', "»ja«"),
        ("nl", "'s avonds", "’s avonds"),
        ("ja", '"はい"', "「はい」"),
    ],
)
def test_signs_are_those_of_the_language(write, language, typed, stands):
    assert write(language, typed) == stands


@pytest.mark.parametrize(
    "typed", ["see https://a.example/it's--b...c", "anna@a--b.example", "www.a.example/a--b"]
)
def test_addresses_are_left_as_they_are_typed(write, typed):
    assert write("en-gb", typed) == typed


def test_an_address_in_quotation_marks_is_quoted(write):
    assert write("en-gb", '"https://a.example/a--b" is') == "“https://a.example/a--b” is"


def test_the_words_of_a_link_are_left_as_they_are_typed(write, desk):
    content = '<p>a <a href="https://a.example/">link of</a></p>'
    write("en-gb", "", content)
    desk.evaluate("() => window.editor.commands.setTextSelection(7)")
    desk.keyboard.type("'s")

    assert shown(desk) == "a link's of"


def test_a_quotation_opens_after_a_line_break_and_keeps_the_marks_around_it(write, desk):
    write("en-gb", "", "<p>one<br><strong>two</strong></p>")
    desk.evaluate("() => window.editor.commands.setTextSelection(5)")
    desk.keyboard.type('"')
    desk.keyboard.press("End")
    desk.keyboard.type('"')

    assert desk.evaluate("() => window.editor.getHTML()") in (
        "<p>one<br>“<strong>two”</strong></p>",
        "<p>one<br><strong>“two”</strong></p>",
    )


@pytest.mark.parametrize("key", ["Control+z", "Backspace"])
def test_undo_gives_the_plain_sign_and_only_that(write, desk, key):
    assert write("en-gb", 'He said "') == "He said “"

    desk.keyboard.press(key)

    assert shown(desk) == 'He said "'
    desk.keyboard.type("x")
    assert shown(desk) == 'He said "x'


def test_undo_gives_plain_dashes_and_dots_which_then_stay(write, desk):
    assert write("en-gb", "a--") == "a–"
    desk.keyboard.press("Control+z")
    desk.keyboard.type("-b...")
    assert shown(desk) == "a---b…"
    desk.keyboard.press("Backspace")
    desk.keyboard.type(".")

    assert shown(desk) == "a---b...."


def test_a_field_is_typeset_too_and_undo_gives_the_plain_sign(desk):
    desk.evaluate(FIELD, "en-gb")
    desk.keyboard.type('Mayor: "It\'s done" - at last...')
    field = desk.locator("textarea")

    assert field.input_value() == "Mayor: “It’s done” – at last…"

    desk.keyboard.press("Control+z")
    assert field.input_value() == "Mayor: “It’s done” – at last..."


def test_the_policy_forbids_nothing(write, desk):
    write("fr", '"a"')

    assert desk.evaluate("window.forbidden") == []

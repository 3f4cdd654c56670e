"""Find and replace in the story, in an editor of the desk with a picture and a link in it."""

import pytest

from .accessibility import violations
from .modules import open_desk

# Own nodes as the desk's editor has them: no content, all in attributes.
EDITOR = """async (options) => {
  const tiptap = await import("django-prose-editor/editor");
  const { findBar } = await import("/static/admin-desk/writing/find.js");
  window.editor?.destroy();
  window.said = [];
  const own = (name, attrs) => tiptap.Node.create({
    name,
    group: "own",
    atom: true,
    addAttributes: () => Object.fromEntries(attrs.map((attr) => [attr, { default: "" }])),
    renderHTML: () => ["div", { "data-kind": name }, name],
  });
  const names = ["Paragraph", "Text", "Bold", "HardBreak", "BulletList", "ListItem", "UndoRedo"];
  const host = document.createElement("div");
  window.editor = new tiptap.Editor({
    element: host,
    injectCSS: false,
    extensions: [
      tiptap.Document.extend({ content: "(block | own)+" }),
      ...names.map((name) => tiptap[name]),
      own("caption", ["photo", "caption", "credit", "alt"]),
      own("relatedlink", ["label", "story", "url", "title", "headline"]),
    ],
    editorProps: { attributes: { role: "textbox", "aria-label": "Story" } },
    content: options.doc,
  });
  const isLocked = options.locked ? (node) => node.type.name === options.locked : undefined;
  const announce = (text) => window.said.push(text);
  window.bar = findBar({ editor: window.editor, announce, isLocked });
  const title = document.createElement("h1");
  title.textContent = "Story";
  document.querySelector("main").replaceChildren(title, window.bar.element, host);
  window.editor.commands.setTextSelection(0);
  window.editor.view.focus();
}"""

DOC = {
    "type": "doc",
    "content": [
        {
            "type": "paragraph",
            "content": [
                {"type": "text", "text": "The harbour and the "},
                {"type": "text", "marks": [{"type": "bold"}], "text": "Harbour"},
                {"type": "hardBreak"},
                {"type": "text", "text": "master’s harbourside."},
            ],
        },
        {
            "type": "caption",
            "attrs": {
                "photo": "harbour",
                "caption": "Harbour, by the harbour wall",
                "credit": "A. Berg",
                "alt": "",
            },
        },
        {
            "type": "bulletList",
            "content": [
                {
                    "type": "listItem",
                    "content": [
                        {"type": "paragraph", "content": [{"type": "text", "text": "a harbour"}]}
                    ],
                }
            ],
        },
        {
            "type": "relatedlink",
            "attrs": {"headline": "Old harbour", "url": "https://harbour.example"},
        },
    ],
}


@pytest.fixture(scope="module")
def desk(browser):
    context = browser.new_context()
    yield open_desk(context.new_page())
    context.close()


@pytest.fixture
def find(desk):
    """`find(words, **options)` opens the bar in the story above and looks for words."""

    def look_for(words, **options):
        desk.evaluate(EDITOR, {"doc": DOC, **options})
        desk.keyboard.press("Control+h")
        desk.keyboard.type(words)
        return desk

    return look_for


def count(page):
    return page.locator(".find-count").inner_text()


def document(page):
    return page.evaluate("() => window.editor.getJSON()")


def wait_until_told(page, words):
    page.wait_for_function("words => window.said.at(-1) === words", arg=words)


def test_words_are_found_in_prose_captions_and_headlines_but_not_in_addresses(find):
    page = find("harbour")

    assert count(page) == "1 of 7"
    assert page.locator("span.find-match").count() == 4
    assert page.locator("div.find-match").count() == 2
    page.wait_for_function("() => window.said.includes('1 of 7')")


@pytest.mark.parametrize(
    ("option", "words", "places"),
    [
        ("Match case", "Harbour", 2),
        ("Match case", "harbour", 5),
        ("Whole words", "harbour", 6),
        ("Whole words", "harbou", 0),
    ],
)
def test_case_and_whole_words_are_looked_at_when_asked(find, option, words, places):
    page = find(words)
    page.get_by_label(option).check()

    assert count(page).startswith(f"1 of {places}" if places else "Nothing found")


def test_plain_signs_find_those_of_typographers(find):
    assert count(find("master's")) == "1 of 1"


def test_signs_of_patterns_are_only_signs(find):
    assert count(find("a.*b(")) == "Nothing found"


def test_enter_goes_on_and_shift_enter_back_around_the_whole_story(find):
    page = find("harbour")
    page.keyboard.press("Enter")
    assert count(page) == "2 of 7"
    assert page.evaluate("() => window.getSelection && window.editor.state.selection.from") == 21
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert count(page) == "4 of 7, in a caption"
    wait_until_told(page, "4 of 7, in a caption")
    for _ in range(4):
        page.keyboard.press("Shift+Enter")
    assert count(page) == "7 of 7, in the headline of a link"


def test_all_are_replaced_in_one_step_of_undo_and_keep_their_marks(find):
    page = find("harbour")
    before = document(page)
    page.get_by_label("Match case").check()
    page.get_by_placeholder("Replace with").fill("port")
    page.get_by_role("button", name="Replace all").click()

    words = document(page)["content"]
    assert "5 places replaced." in page.evaluate("() => window.said")
    assert words[0]["content"][0]["text"] == "The port and the "
    assert words[0]["content"][1]["text"] == "Harbour"
    assert words[0]["content"][-1]["text"] == "master’s portside."
    assert words[1]["attrs"]["caption"] == "Harbour, by the port wall"
    assert words[1]["attrs"]["photo"] == "harbour"
    assert words[3]["attrs"]["headline"] == "Old port"
    assert words[3]["attrs"]["url"] == "https://harbour.example"

    page.keyboard.press("Escape")
    page.keyboard.press("Control+z")
    assert document(page) == before


def test_what_was_written_just_before_is_a_step_of_its_own(find):
    page = find("The harb")
    page.evaluate(
        """() => {
          window.editor.commands.insertContentAt(9, "x");
          [...document.querySelectorAll(".find-bar button")].at(-1).click();
          window.replaced = window.editor.getText().startsWith("xour");
          window.editor.commands.undo();
        }"""
    )

    assert page.evaluate("window.replaced")
    assert document(page)["content"][0]["content"][0]["text"] == "The harbxour and the "


def test_one_is_replaced_and_the_next_is_current(find):
    page = find("harbour")
    page.keyboard.press("Enter")
    page.get_by_placeholder("Replace with").fill("Old Harbour")
    page.keyboard.press("Enter")

    assert document(page)["content"][0]["content"][1]["text"] == "Old Harbour"
    assert document(page)["content"][0]["content"][1]["marks"] == [{"type": "bold"}]
    assert count(page) == "3 of 7"
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert document(page)["content"][1]["attrs"]["caption"] == "Old Harbour, by the harbour wall"
    page.keyboard.press("Enter")
    assert (
        document(page)["content"][1]["attrs"]["caption"] == "Old Harbour, by the Old Harbour wall"
    )
    assert count(page) == "6 of 7"


def test_words_are_taken_out_when_there_are_none_instead(find):
    page = find("harbour and the ")
    page.get_by_role("button", name="Replace", exact=True).click()

    assert document(page)["content"][0]["content"][0]["text"] == "The "
    assert count(page) == "Nothing found"


def test_what_is_locked_is_found_and_not_replaced(find):
    page = find("harbour", locked="caption")
    page.get_by_placeholder("Replace with").fill("port")
    page.get_by_role("button", name="Replace all").click()

    assert "5 places replaced." in page.evaluate("() => window.said")
    assert document(page)["content"][1]["attrs"]["caption"] == "Harbour, by the harbour wall"
    assert count(page) == "1 of 2, in a caption"
    page.get_by_role("button", name="Replace", exact=True).click()
    wait_until_told(page, "This may not be changed here.")


def test_nothing_is_replaced_in_a_story_that_is_only_read(find):
    page = find("harbour")
    page.evaluate("() => { window.editor.setEditable(false); window.bar.open(); }")

    assert page.get_by_role("button", name="Replace all").is_disabled()
    assert page.get_by_role("button", name="Next").is_enabled()


def test_the_selected_words_are_looked_for_and_escape_gives_the_cursor_back(desk, find):
    find("x")
    desk.keyboard.press("Escape")
    assert desk.locator(".find-bar").is_hidden()
    desk.evaluate("() => { window.editor.commands.setTextSelection({ from: 5, to: 12 }); }")
    desk.keyboard.press("Control+h")

    assert desk.locator(".find-wanted").input_value() == "harbour"
    desk.keyboard.press("Enter")
    desk.keyboard.press("Escape")
    desk.keyboard.type("PORT")
    assert document(desk)["content"][0]["content"][1]["text"] == "PORT"
    assert desk.locator(".find-match").count() == 0


def test_places_follow_what_is_written_meanwhile(find):
    page = find("harbour")
    page.keyboard.press("Enter")
    page.evaluate("() => window.editor.commands.insertContentAt(1, 'harbour ')")

    assert count(page) == "3 of 8"


def test_the_bar_is_accessible_and_the_policy_forbids_nothing(find):
    page = find("harbour")

    page.add_style_tag(url="/static/admin-desk/writing/find.css")
    assert violations(page) == {}
    assert page.evaluate("window.forbidden") == []

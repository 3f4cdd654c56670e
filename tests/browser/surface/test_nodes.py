"""A story's nodes, and the ids that stay with their words."""

from .harness import own, paragraph
from .steps import body, ids, put_cursor, select_node, shape, texts


def test_a_document_goes_in_and_comes_out_unchanged(surface):
    nodes = [
        paragraph("p1", "Plain and bold words", bold="bold"),
        {
            "type": "paragraph",
            "attrs": {"id": "p2"},
            "content": [
                {
                    "type": "text",
                    "marks": [
                        {"type": "link", "attrs": {"href": "https://example.org/"}},
                        {"type": "bold"},
                        {"type": "italic"},
                        {"type": "superscript"},
                    ],
                    "text": "all",
                },
                {"type": "hardBreak"},
                {"type": "text", "marks": [{"type": "subscript"}], "text": "2"},
            ],
        },
        {
            "type": "heading",
            "attrs": {"id": "h1", "level": 3},
            "content": [{"type": "text", "text": "Head"}],
        },
        {
            "type": "orderedList",
            "attrs": {"id": "l1"},
            "content": [
                {
                    "type": "listItem",
                    "content": [
                        {"type": "paragraph", "content": [{"type": "text", "text": "one"}]}
                    ],
                }
            ],
        },
        {
            "type": "blockquote",
            "attrs": {"id": "b1"},
            "content": [{"type": "paragraph", "content": [{"type": "text", "text": "said"}]}],
        },
        own("caption", "c1", photo="market", caption="Own", credit="", alt="Alt"),
        own("relatedlink", "r1", label="watch", story="u-talks"),
        own("pullquote", "q1", text="Nobody came.", attribution="A doctor"),
        own("embed", "e1", url="https://example.org/", title="T", provider="P"),
        own("alternative", "a1", about="p1", text="Other", who="Anna"),
    ]
    page = surface(*nodes)

    assert body(page) == nodes
    assert page.evaluate("trial.changes") == 0


def test_empty_paragraphs_are_not_sent(surface):
    page = surface(paragraph("p1", "Words"), paragraph("p2"))

    assert [node["attrs"]["id"] for node in body(page)] == ["p1"]


def test_enter_gives_the_second_half_a_new_id(surface):
    page = surface(paragraph("p1", "First. Second."), paragraph("p2", "Third."))
    put_cursor(page, "p1", 7)

    page.keyboard.press("Enter")

    assert texts(page) == ["First. ", "Second.", "Third."]
    assert ids(page)[0] == "p1"
    assert ids(page)[2] == "p2"
    assert len(set(ids(page))) == 3
    assert all(ids(page))


def test_enter_before_the_first_word_leaves_the_id_with_the_words(surface):
    page = surface(paragraph("p1", "First."))
    put_cursor(page, "p1")

    page.keyboard.press("Enter")

    assert texts(page) == ["", "First."]
    assert ids(page)[1] == "p1"


def test_backspace_joins_paragraphs_and_the_first_keeps_its_id(surface):
    page = surface(paragraph("p1", "First. "), paragraph("p2", "Second."))
    put_cursor(page, "p2")

    page.keyboard.press("Backspace")

    assert shape(page) == [("p1", "First. Second.")]


def test_backspace_into_an_empty_line_keeps_the_id_of_the_words(surface):
    page = surface(paragraph("p1"), paragraph("p2", "Second."))
    put_cursor(page, "p2")

    page.keyboard.press("Backspace")

    assert shape(page) == [("p2", "Second.")]


def test_a_paragraph_keeps_its_id_in_a_list_and_out_of_it_again(surface):
    page = surface(paragraph("p1", "One"), paragraph("p2", "Two"))
    put_cursor(page, "p1", 1)

    page.click("[data-tool=bulletList]")
    assert [node["type"] for node in body(page)] == ["bulletList", "paragraph"]
    assert body(page)[0] == {
        "type": "bulletList",
        "attrs": {"id": "p1"},
        "content": [
            {
                "type": "listItem",
                "content": [{"type": "paragraph", "content": [{"type": "text", "text": "One"}]}],
            }
        ],
    }

    page.click("[data-tool=bulletList]")
    assert shape(page) == [("p1", "One"), ("p2", "Two")]


def test_a_list_over_the_whole_story_swallows_no_picture(surface):
    page = surface(
        paragraph("p1", "One"), own("caption", "c1", photo="market"), paragraph("p2", "Two")
    )
    put_cursor(page, "p1")
    page.keyboard.press("Control+a")

    for tool in ("blockquote", "bulletList"):
        page.click(f"[data-tool={tool}]")

        assert [key for key in ids(page) if key == "c1"] == ["c1"]
        assert "".join(texts(page)) == "OnecaptionTwo"


def test_cut_and_paste_keeps_the_id_and_a_copy_gets_a_new_one(surface):
    page = surface(
        paragraph("p1", "One"),
        own("caption", "c1", photo="market", caption="Own"),
        paragraph("p2", "Two"),
    )
    select_node(page, "c1")
    page.keyboard.press("Control+x")
    assert "c1" not in ids(page)
    put_cursor(page, "p2", 3)
    page.keyboard.press("Control+v")
    page.wait_for_selector(".own-caption")
    assert [key for key in ids(page) if key in ("p1", "p2", "c1")] == ["p1", "p2", "c1"]

    page.keyboard.press("Control+v")

    pictures = [node["attrs"] for node in body(page) if node["type"] == "caption"]
    assert [picture["caption"] for picture in pictures] == ["Own", "Own"]
    assert pictures[0]["id"] == "c1"
    assert len(set(ids(page))) == len(ids(page))


def test_forged_clipboard_leaves_no_trace(surface):
    page = surface(paragraph("p1", "One"))
    put_cursor(page, "p1", 3)

    page.evaluate(
        """() => {
            const data = new DataTransfer();
            data.setData("text/html", `<div data-pm-slice="0 0 []"></div>
                <div data-kind="caption" data-id="x y" data-photo="market"
                data-thumb="https://evil.test/a.png" onclick="alert(1)"
                style="color:red"><img src="https://evil.test/b.png" onerror="alert(2)"></div>
                <p style="color:red">Words <a href="javascript:alert(3)">here</a></p>`);
            data.setData("text/plain", "");
            const options = { clipboardData: data, bubbles: true, cancelable: true };
            const event = new ClipboardEvent("paste", options);
            trial.surface.editor.view.dom.dispatchEvent(event);
        }"""
    )

    page.wait_for_selector(".own-caption")
    picture = next(node for node in body(page) if node["type"] == "caption")
    assert picture["attrs"].pop("id") != "x y"
    assert picture["attrs"] == {"photo": "market", "caption": "", "credit": "", "alt": ""}
    assert "javascript" not in str(body(page))

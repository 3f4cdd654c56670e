"""What comes from the server while somebody writes."""

import random
import re

import pytest

from .harness import own, paragraph
from .steps import body, focused, put_cursor, texts

CURSOR = """() => {
    const { $head } = trial.surface.editor.state.selection;
    return [$head.parent.attrs.id, $head.parentOffset];
}"""


def rebase(page, sent, merged):
    page.evaluate("([sent, merged]) => trial.surface.rebase(sent, merged)", [sent, merged])


def set_body(page, nodes):
    page.evaluate("(nodes) => trial.surface.setBody(nodes)", nodes)


def undo_all(page):
    page.evaluate("while (trial.surface.editor.can().undo()) trial.surface.editor.commands.undo()")


def test_a_change_elsewhere_leaves_the_cursor_and_is_not_ones_own_to_undo(surface):
    page = surface(paragraph("p1", "One"), paragraph("p2", "Two"), paragraph("p3", "Three"))
    put_cursor(page, "p2", 3)
    page.keyboard.type("!")
    changes = page.evaluate("trial.changes")

    set_body(
        page,
        [
            paragraph("p0", "Zero"),
            paragraph("p1", "One more"),
            paragraph("p2", "Two!"),
            own("caption", "c1", photo="market"),
        ],
    )

    assert texts(page) == ["Zero", "One more", "Two!", "caption"]
    assert page.evaluate(CURSOR) == ["p2", 4]
    assert page.evaluate("trial.changes") == changes
    undo_all(page)
    assert texts(page) == ["Zero", "One more", "Two", "caption"]


def test_a_change_in_the_same_paragraph_leaves_the_cursor(surface):
    page = surface(paragraph("p1", "The old king met the young queen in the hall."))
    put_cursor(page, "p1", 13)
    page.keyboard.type("x")

    set_body(
        page, [paragraph("p1", "The very old king xmet the queen in the great hall.", bold="hall")]
    )

    assert page.evaluate(CURSOR) == ["p1", 19]
    page.keyboard.press("Control+z")
    assert texts(page) == ["The very old king met the queen in the great hall."]


def test_words_that_only_changed_their_type_keep_the_cursor_within(surface):
    page = surface(paragraph("p1", "One bold word"))
    put_cursor(page, "p1", 6)

    set_body(page, [paragraph("p1", "One bold word", bold="bold")])

    assert page.evaluate(CURSOR) == ["p1", 6]
    assert body(page) == [paragraph("p1", "One bold word", bold="bold")]


def test_a_field_that_has_the_focus_keeps_its_words(surface):
    page = surface(own("caption", "c1", photo="market", caption="Mine"), paragraph("p1", "One"))
    page.locator("textarea.own-field-caption").click()
    page.keyboard.press("End")
    page.keyboard.type(" and")

    set_body(
        page,
        [
            paragraph("p1", "One"),
            own("caption", "c1", photo="market", caption="Mine and", credit="Theirs"),
        ],
    )

    assert focused(page) == "caption"
    page.keyboard.type(" more")
    assert body(page)[1]["attrs"]["caption"] == "Mine and more"
    assert body(page)[1]["attrs"]["credit"] == "Theirs"
    assert texts(page) == ["One", "caption"]


def test_what_was_typed_while_a_save_was_under_way_is_kept(surface):
    page = surface(paragraph("p1", "One"), paragraph("p2", "Two"))
    sent = body(page)
    put_cursor(page, "p1", 3)
    page.keyboard.type(" more")
    page.keyboard.press("Enter")
    page.keyboard.type("New")

    rebase(
        page,
        sent,
        [paragraph("p0", "Theirs"), paragraph("p1", "Then One"), paragraph("p2", "Two!")],
    )

    assert texts(page) == ["Theirs", "Then One more", "New", "Two!"]
    undo_all(page)
    assert texts(page) == ["Theirs", "Then One", "Two!"]


def test_a_space_just_typed_and_an_empty_line_survive_a_save(surface):
    page = surface(paragraph("p1", "One"), paragraph("p2", "Two"))
    put_cursor(page, "p1", 3)
    page.keyboard.type(" ")
    sent = body(page)
    rebase(page, sent, [paragraph("p1", "One"), paragraph("p2", "Two")])
    page.keyboard.type("word")
    page.keyboard.press("Enter")
    sent = body(page)
    rebase(page, sent, [*sent, own("embed", "e1", url="https://example.org/", title="T")])
    page.keyboard.type("New")

    assert texts(page) == ["One word", "New", "Two", "embed"]


def test_an_item_just_begun_survives_a_save(surface):
    item = {
        "type": "listItem",
        "content": [{"type": "paragraph", "content": [{"type": "text", "text": "One"}]}],
    }
    stored = [{"type": "bulletList", "attrs": {"id": "l1"}, "content": [item]}]
    page = surface(*stored)
    put_cursor(page, "l1", 5)
    page.keyboard.press("Enter")

    rebase(page, body(page), stored)
    page.keyboard.type("Two")

    assert texts(page) == ["OneTwo"]
    assert len(body(page)[0]["content"]) == 2


def test_words_that_both_changed_stand_side_by_side(surface):
    page = surface(paragraph("p1", "12 people died."))
    sent = body(page)
    put_cursor(page, "p1", 0)
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.type("14")

    rebase(page, sent, [paragraph("p1", "15 people died.")])

    assert texts(page) == ["14 people died.", "alternative"]
    assert body(page)[1]["attrs"]["text"] == "15 people died."


def test_a_paragraph_they_removed_stays_when_it_was_changed_meanwhile(surface):
    page = surface(paragraph("p1", "One"), paragraph("p2", "Two"), paragraph("p3", "Three"))
    sent = body(page)
    put_cursor(page, "p2", 3)
    page.keyboard.type("!")

    rebase(page, sent, [paragraph("p1", "One")])

    assert texts(page) == ["One", "Two!"]


def test_their_move_and_ones_own_words_both_stand(surface):
    page = surface(paragraph("p1", "One"), paragraph("p2", "Two"), paragraph("p3", "Three"))
    sent = body(page)
    put_cursor(page, "p1", 3)
    page.keyboard.type("!")

    rebase(page, sent, [paragraph("p2", "Two"), paragraph("p3", "Three"), paragraph("p1", "One")])

    assert texts(page) == ["Two", "Three", "One!"]
    assert page.evaluate(CURSOR) == ["p1", 4]


def test_a_composition_is_not_disturbed_by_a_change_of_its_own_paragraph(surface):
    page = surface(paragraph("p1", "Second"), paragraph("p2", "Other"))
    put_cursor(page, "p1", 6)
    client = page.context.new_cdp_session(page)
    client.send("Input.imeSetComposition", {"text": "xy", "selectionStart": 2, "selectionEnd": 2})
    page.wait_for_function("() => trial.surface.editor.view.composing")

    sent = [paragraph("p1", "Second"), paragraph("p2", "Other")]
    rebase(page, sent, [paragraph("p1", "The Second"), paragraph("p2", "Other!")])

    assert texts(page) == ["Secondxy", "Other!"]
    # What is sent meanwhile takes nothing of theirs away.
    assert body(page) == [paragraph("p1", "The Secondxy"), paragraph("p2", "Other!")]
    client.send("Input.imeSetComposition", {"text": "xyz", "selectionStart": 3, "selectionEnd": 3})
    client.send("Input.insertText", {"text": "xyz"})
    page.wait_for_function("() => trial.surface.editor.getText().startsWith('The ')")
    assert texts(page) == ["The Secondxyz", "Other!"]


def random_body(rng, nodes, changes):
    """The nodes after a few random changes by somebody else."""
    nodes = [dict(node) for node in nodes]
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(nodes)) if nodes else 0
        match rng.choice(changes):
            case "word" if nodes and nodes[at]["type"] == "paragraph":
                words = nodes[at]["content"][0]["text"].split(" ")
                words.insert(rng.randrange(len(words) + 1), f"word{rng.randrange(1000)}")
                nodes[at] = paragraph(nodes[at]["attrs"]["id"], " ".join(words))
            case "add":
                nodes.insert(at, paragraph(f"n{rng.randrange(10**9)}", "New words"))
            case "picture":
                nodes.insert(at, own("caption", f"c{rng.randrange(10**9)}", photo="market"))
            case "drop" if len(nodes) > 3:
                del nodes[at]
            case "move" if nodes:
                nodes.insert(rng.randrange(len(nodes)), nodes.pop(at))
    return nodes


CHANGES = ["word", "word", "add", "drop", "picture"]


@pytest.mark.parametrize("seed", range(4))
def test_whatever_the_server_says_is_reached_and_undo_takes_ones_own_words(surface, seed):
    rng = random.Random(seed)
    # What was typed in a paragraph that somebody then moved is no longer undone.
    moves = [[], ["move"]][seed % 2]
    nodes = [paragraph(f"p{number}", f"Words of paragraph {number}") for number in range(8)]
    page = surface(*nodes)
    for _ in range(12):
        nodes = random_body(rng, nodes, CHANGES + moves)
        set_body(page, nodes)
        assert body(page) == nodes
        prose = [node["attrs"]["id"] for node in nodes if node["type"] == "paragraph"]
        put_cursor(page, rng.choice(prose), 2)
        page.keyboard.type("x")
        nodes = body(page)

    undo_all(page)

    page.evaluate("trial.surface.editor.state.doc.check()")
    assert moves or "x" not in "".join(texts(page))
    found = [node["attrs"]["id"] for node in body(page)]
    assert len(set(found)) == len(found)


WRITE = """(words) => {
    const { editor } = trial.surface;
    const rnd = (most) => Math.floor(Math.random() * most);
    const { doc } = editor.state;
    const at = [];
    doc.forEach((node, pos) => node.isTextblock && at.push([pos + 1, node.textContent]));
    const [start, text] = at[rnd(at.length)];
    // Between words: what is cut in two would be lost to this test.
    const places = [0, ...[...text.matchAll(/ /g)].map(({ index }) => index), text.length];
    editor.commands.setTextSelection(start + places[rnd(places.length)]);
    switch (rnd(6)) {
        case 0: editor.commands.splitBlock(); break;
        case 1: editor.commands.joinBackward(); break;
        case 2: trial.surface.insert("embed", { url: "https://a.test/", title: words }); break;
        case 3: editor.commands.toggleHeading({ level: 2 });
    }
    editor.view.dispatch(editor.state.tr.insertText(` ${words} `));
}"""


@pytest.mark.parametrize("seed", range(4))
def test_no_word_is_lost_between_a_save_and_its_answer(surface, seed):
    rng = random.Random(seed)
    page = surface(
        *[paragraph(f"p{number}", f"Words of paragraph {number}") for number in range(6)]
    )
    page.evaluate(
        "(seed) => { Math.random = () => ((seed = (seed * 16807) % 2147483647) / 2147483647); }",
        seed + 1,
    )
    typed = []
    for turn in range(10):
        sent = body(page)
        for _ in range(rng.randint(0, 4)):
            typed.append(f"mine{len(typed)}x")
            page.evaluate(WRITE, typed[-1])
        merged = random_body(rng, sent, ["word", "word", "add", "move", "picture"])
        # Nobody reads this from what is there: each is put in by them, once.
        merged = [*merged, paragraph(f"theirs{turn}", f"theirs{turn}x")]

        rebase(page, sent, merged)

        page.evaluate("trial.surface.editor.state.doc.check()")
        now = body(page)
        found = [node["attrs"]["id"] for node in now]
        assert len(set(found)) == len(found)
        words = str(now)
        lost = [word for word in (*typed, f"theirs{turn}x") if word not in words]
        assert lost == []
        assert sorted(set(words_put_in(merged)) - set(words_put_in(now))) == []
        rebase(page, now, now)
        assert body(page) == now


def words_put_in(nodes):
    return re.findall(r"\bword\d+", str(nodes))

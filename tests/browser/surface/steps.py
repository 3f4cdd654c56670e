"""What tests do in the editor, and what they read out of it."""


def body(page):
    return page.evaluate("trial.surface.getBody()")


def document(page):
    """All that is in the editor, empty paragraphs too."""
    return page.evaluate("trial.surface.editor.getJSON().content")


def words_of(node):
    return node.get("text", "") or "".join(words_of(child) for child in node.get("content", []))


def shape(page):
    """[(id, words or kind)] of the whole document."""
    prose = {"paragraph", "heading", "bulletList", "orderedList", "blockquote"}
    return [
        (node["attrs"]["id"], words_of(node) if node["type"] in prose else node["type"])
        for node in document(page)
    ]


def ids(page):
    return [node["attrs"]["id"] for node in document(page)]


def texts(page):
    return [words for _, words in shape(page)]


def put_cursor(page, key, offset=0):
    """Put the cursor into a paragraph, so many letters from its start."""
    page.evaluate(
        """([key, offset]) => {
            const { editor } = trial.surface;
            let at;
            editor.state.doc.forEach((node, pos) => { if (node.attrs.id === key) at = pos; });
            editor.commands.setTextSelection(at + 1 + offset);
            editor.view.focus();
        }""",
        [key, offset],
    )


def select_node(page, key):
    page.evaluate("(key) => trial.surface.focusNode(key)", key)


def answer(page, dialog, value):
    page.evaluate("([name, value]) => trial.answers[name].push(value)", [dialog, value])


def focused(page):
    """What has the focus: the field's name, or its class."""
    return page.evaluate(
        "document.activeElement.dataset.field || document.activeElement.className.split(' ')[0]"
    )


def selected(page):
    """The id of the node that is selected whole."""
    return page.evaluate("trial.surface.editor.state.selection.node?.attrs.id ?? null")

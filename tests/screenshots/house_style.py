"""The screenshots of house style: the checks beside a story, the rules, and a note on a passage."""

HEADLINE = "Ferry carries TK sheep to the island"
WORDS = ("The ferry carried XX sheep on Monday.", "It isn't the first time.")


def of_house_style(shots):
    """A draft with faults of its own, which nobody publishes."""
    page = shots.colleague
    shots.open(page, "/admin/articles/post/add/")
    page.fill("#id_headline", HEADLINE)
    page.click("#surface .ProseMirror")
    for words in WORDS:
        page.keyboard.type(words)
        page.keyboard.press("Enter")
    page.keyboard.press("Control+s")
    page.click("#tab-before")
    page.click("#story-checks [data-words=XX]")
    shots.keep(page, "house-style", height=620)
    page.click("#tab-notes")
    page.focus("#note-text")
    page.keyboard.type("How many, @report")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Enter")
    page.locator(".note-quote").wait_for()
    shots.keep(page, "note-on-passage", height=620)
    shots.open(page, "/admin/house-style/")
    shots.keep(page, "house-rules", height=900)

"""Screenshots of stories that leave the site: withdrawn, and killed by two people."""

LED = "?q=Aleppo"
WORDS = "This story was removed for legal reasons."
REASON = "An order of the High Court: see the letter of Monday."


def of_endings(shots):
    """Look at the page that withdraws a story, and have another one killed."""
    editor, second = shots.editor, shots.colleague
    first, other = stories_found(shots)
    shots.open(editor, f"{first}step/withdraw/")
    shots.keep(editor, "withdraw", height=1240)
    shots.open(editor, f"{other}step/ask_kill/")
    editor.fill("#id_words", WORDS)
    editor.fill("#id_note", REASON)
    shots.press(editor, ".post-step button.default")
    shots.open(second, f"{other}step/kill/")
    shots.keep(second, "kill", height=860)


def stories_found(shots):
    """The addresses of two stories of the demo."""
    page = shots.editor
    shots.open(page, f"/admin/articles/post/{LED}&state=live")
    links = page.locator('a[href*="/change/"]')
    found = [link.get_attribute("href") for link in links.all()[:2]]
    return [address.split("?")[0].removesuffix("change/") for address in found]

"""The screenshots of sharing a preview: the panel, and what somebody without an account sees."""

WHOM = "Jane Smith, lawyer"


def of_previews(shots, story):
    """Keep the panel of a story with a new link, and the page that the link leads to."""
    page = shots.editor
    shots.open(page, story)
    page.click("#more-button")
    page.click("#share-menu-button")
    page.fill("#share-for_whom", WHOM)
    page.check("#share-may_approve")
    shots.keep(page, "share", height=620)
    page.click("[data-make]")
    page.locator(".share-row").wait_for()
    address = page.input_value(".share-made input")
    guest = page.context.browser.new_context(locale="en-GB").new_page()
    guest.goto(address, wait_until="networkidle")
    shots.keep(guest, "guest", height=760)
    guest.context.close()

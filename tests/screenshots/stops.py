"""The screenshots of what stops a story: setting an embargo, and a legal hold."""


def of_stops(shots):
    """An editor puts a new story under an embargo; then somebody's lawyer writes."""
    page = shots.editor
    shots.write(page, "/admin/articles/post/add/")
    page.fill("#id_headline", "The ministry sells the old lighthouse")
    page.locator(".surface-story").click()
    page.keyboard.type("The buyer means to let rooms in it.")
    page.wait_for_timeout(100)
    page.locator("#story-saved[data-kind=saved]").wait_for()
    story = page.url.split("#")[0].removeprefix(shots.site).removesuffix("change/")
    shots.open(page, f"{story}step/embargo/")
    page.check("input[name=kind][value=open]")
    page.fill("#id_about", "the ministry")
    shots.keep(page, "embargo", height=860)
    shots.press(page, "button.default[type=submit]")
    shots.open(page, f"{story}step/place_hold/")
    page.fill("#id_note", "Their lawyers wrote at noon.")
    shots.press(page, "button.default[type=submit]")
    page.wait_for_selector("body.writing-ready")
    page.locator(".chip-held").first.wait_for()
    shots.keep(page, "held", height=620)

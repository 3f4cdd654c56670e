"""The screenshots of topics and people put in order."""

TOPICS = "/admin/articles/topic/"
DOUBLES = ("Climate changes", "Eclipses", "Covid 19")


def of_names(shots):
    """The editor merges near doubles of topics; the administrator sees people, and one leaves."""
    page = shots.editor
    for name in DOUBLES:
        shots.open(page, f"{TOPICS}add/")
        page.fill("#id_name", name)
        shots.press(page, "input[name=_save]")
    shots.open(page, f"{TOPICS}doubles/")
    shots.press(page, ".names-look button")
    shots.open(page, f"{TOPICS}doubles/")
    shots.keep(page, "doubles", height=620)
    for box in page.locator(".names-tick").all()[:3]:
        box.check()
    shots.press(page, ".names-several button")
    shots.keep(page, "merge-several", height=620)
    shots.open(page, f"{TOPICS}doubles/")
    shots.press(page, ".names-pairs form:first-of-type button")
    shots.open(page, f"{TOPICS}?q=climate")
    for box in page.locator("input.action-select").all():
        box.check()
    page.select_option("select[name=action]", "merge")
    shots.press(page, "button[name=index]")
    shots.keep(page, "merge", height=620)
    shots.open(page, f"{TOPICS}names/")
    shots.keep(page, "names", height=420)
    shots.open(page, TOPICS)
    shots.keep(page, "topics", height=760)
    page = shots.colleague
    shots.open(page, "/admin/articles/author/people/")
    shots.keep(page, "people", height=760)
    page.get_by_role("link", name="reporter", exact=True).click()
    page.get_by_role("link", name="Close the account…").click()
    page.wait_for_load_state("networkidle")
    shots.keep(page, "leaving", height=560)

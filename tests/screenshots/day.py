"""The screenshots of Today and the calendar, when there is something on them."""


def of_the_day(shots):
    """The editor's start page and month, after the reporter has given a story to review."""
    page = shots.editor
    shots.open(page, "/admin/")
    shots.keep(page, "start", height=1000)
    shots.open(page, "/admin/calendar/?view=month")
    shots.keep(page, "calendar", height=900)

"""The screenshots of planning: a day with its plans, and the plan of one story."""

from datetime import date, timedelta


def of_planning(shots):
    """Keep the page of the demo's tomorrow, and that of its first plan."""
    page, day = shots.editor, date.today() + timedelta(days=1)
    shots.open(page, f"/admin/articles/plan/?day={day}")
    shots.keep(page, "planning", height=700)
    page.get_by_role("link", name="Harbour wall, the morning after").click()
    page.wait_for_load_state("networkidle")
    shots.keep(page, "plan", height=860)

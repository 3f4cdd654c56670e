"""The table of states and steps: the page for editors repeats what the code enforces."""

from pathlib import Path

import pytest
from django.conf import settings

from articles.desk.steps_table import ANYWHERE, STEPS
from articles.models import Post, Transition

PAGE = Path(settings.BASE_DIR) / "docs/editors/publishing.md"


def row_of(action):
    """A line of the page's table, as the code has the step."""
    step = STEPS[action]
    names = {f"articles.{codename}": name for codename, name in Post._meta.permissions}
    names |= {"articles.add_post": "Can add story", "articles.change_post": "Can change story"}
    states = [str(state.label) for state in Post.Status if state in step.origins]
    origin = "anywhere" if step.origins == ANYWHERE else ", ".join(states)
    target = str(Post.Status(step.target).label) if step.target else "–"
    rights = "; ".join(str(names[each]) for each in step.permissions) or "nobody: a rule takes it"
    note = " (with a note)" if step.needs_note else ""
    return f"| {Transition.Action(action).label}{note} | {origin} | {target} | {rights} |"


@pytest.mark.parametrize("action", STEPS)
def test_the_page_for_editors_has_the_step_as_the_code_has_it(action):
    assert row_of(action) in PAGE.read_text()


def test_every_step_that_is_logged_stands_in_the_table():
    assert {action for action in Transition.Action if action not in STEPS} == set()

"""Two people change one table."""

import pytest

from articles.desk.writing.merge import merge
from articles.desk.writing.merge_cells import merge_cells

BASE = "Red\t12\nBlue\t9"


@pytest.mark.parametrize(
    ("theirs", "mine", "both"),
    [
        ("Red\t13|Blue\t9", "Red\t12|Blues\t9", "Red\t13|Blues\t9"),
        ("Red\t13|Blue\t9", "Reds\t12|Blue\t9", "Reds\t13|Blue\t9"),
        ("Red\t12|Blue\t9|Green\t4", "Red\t12|Blue\t8", "Red\t12|Blue\t8|Green\t4"),
        ("Blue\t9", "Red\t12|Blue\t8", "Blue\t8"),
        ("Red\t4%\t12|Blue\t3%\t9", "Red\t13|Blue\t9", "Red\t4%\t13|Blue\t3%\t9"),
        ("Red\t13|Blue\t9", "Red\t13|Blue\t9", "Red\t13|Blue\t9"),
    ],
)
def test_what_both_did_to_different_cells_is_there(theirs, mine, both):
    theirs, mine, both = (rows.replace("|", "\n") for rows in (theirs, mine, both))

    assert merge_cells(BASE, theirs, mine) == both
    assert merge_cells(BASE, mine, theirs) == both


def test_a_cell_that_both_changed_keeps_mine_and_shows_theirs():
    def story(cells):
        attrs = {"id": "t1", "title": "", "source": "", "head": "", "cells": cells}
        return {"lead": [], "body": [{"type": "table", "attrs": attrs}]}

    theirs, mine = (BASE.replace("12", seats) for seats in ("14", "15"))

    merged = merge(story(BASE), story(theirs), story(mine), who="Anna")

    table, other = merged.document["body"]
    assert merged.conflicts == 1
    assert table["attrs"]["cells"] == mine
    assert other["attrs"]["text"] == theirs
    assert (other["attrs"]["about"], other["attrs"]["field"]) == ("t1", "cells")

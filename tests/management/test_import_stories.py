"""import_stories: how long it says that it will take."""

import io

from articles.management.commands.import_stories import Estimate


def test_progress_says_how_long_it_will_take_still(monkeypatch):
    estimate = Estimate("Stories", io.StringIO())
    estimate.began -= 60

    estimate(200, 1000)
    assert estimate.line().endswith("about 4 min left")
    estimate(1000, 1000)
    assert "left" not in estimate.line()

"""Lines from point to point; what is not known is a gap in them."""

from ...desk.blocks.chart_figures import Figures
from .axes import draw_axis, draw_names
from .columns import height_of, known
from .parts import Drawing, Line, per_cent
from .scale import Scale, scale_of

MOST_SIGNS = 12
"""Of a line: more would hide it."""
EDGE = 0.05
"""Before the first point and behind the last: half of a year."""


def draw_lines(drawing: Drawing, figures: Figures, decimal: str) -> None:
    scale = scale_of(known(figures), from_zero=False)
    draw_axis(drawing, scale, decimal)
    places = places_of(len(figures.points))
    for series in range(len(figures.values)):
        drawing.lines.append(draw_line(figures, scale, series, places))
    draw_names(drawing, places, figures.points)


def places_of(count: int) -> list[float]:
    if count == 1:
        return [0.5]
    return [EDGE + (1 - 2 * EDGE) * at / (count - 1) for at in range(count)]


def draw_line(figures: Figures, scale: Scale, series: int, places: list[float]) -> Line:
    parts: list[list[str]] = [[]]
    found = []
    for place, value in zip(places, figures.values[series], strict=True):
        if value is None:
            parts.append([])
            continue
        y = height_of(scale, value)
        parts[-1].append(f"{round(place * 1000, 1)},{y}")
        found.append((per_cent(place), y))
    every = max(1, len(found) // MOST_SIGNS)
    # From the end on, so that the last has a sign.
    signs = found[::-1][::every][::-1]
    return Line(series + 1, [" ".join(part) for part in parts if len(part) > 1], signs)

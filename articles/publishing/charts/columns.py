"""Columns that stand side by side, or upon each other, over an axis that has zero."""

from decimal import Decimal

from ...desk.blocks.chart_figures import Figures
from .axes import PLOT, TOP, draw_axis, draw_names
from .parts import CHARACTER, NARROWEST, Box, Drawing, Word, per_cent
from .scale import Scale, scale_of

AIR = 0.25
"""Of the place of a point, between its columns and the next."""


def draw_columns(drawing: Drawing, figures: Figures, decimal: str, *, stacked: bool) -> None:
    scale = scale_of(tops_of(figures) if stacked else known(figures), from_zero=True)
    draw_axis(drawing, scale, decimal)
    slot = 1 / len(figures.points)
    draw = draw_stack if stacked else draw_group
    for at in range(len(figures.points)):
        draw(drawing, scale, [values[at] for values in figures.values], at * slot, slot)
    if len(figures.series) == 1:
        draw_amounts(drawing, scale, figures, slot)
    draw_names(drawing, [(at + 0.5) * slot for at in range(len(figures.points))], figures.points)


def known(figures: Figures) -> list[Decimal]:
    return [value for values in figures.values for value in values if value is not None]


def tops_of(figures: Figures) -> list[Decimal]:
    """How high each stack is."""
    stacks = zip(*figures.values, strict=True)
    return [sum((value or Decimal(0) for value in each), Decimal(0)) for each in stacks]


def draw_group(
    drawing: Drawing, scale: Scale, values: list[Decimal | None], x: float, slot: float
) -> None:
    width = slot * (1 - AIR) / len(values)
    for number, value in enumerate(values):
        if value is not None:
            left = x + slot * AIR / 2 + number * width
            draw_box(drawing, scale, number + 1, left, width, (Decimal(0), value))


def draw_stack(
    drawing: Drawing, scale: Scale, values: list[Decimal | None], x: float, slot: float
) -> None:
    below = Decimal(0)
    for number, value in enumerate(values, start=1):
        if value:
            left, width = x + slot * AIR / 2, slot * (1 - AIR)
            draw_box(drawing, scale, number, left, width, (below, below + value))
            below += value


def draw_box(
    drawing: Drawing, scale: Scale, series: int, x: float, width: float, span: tuple
) -> None:
    top, foot = sorted(height_of(scale, value) for value in span)
    box = Box(series, per_cent(x), top, per_cent(width), round(foot - top, 2))
    drawing.boxes.append(box)


def height_of(scale: Scale, value: Decimal) -> float:
    return round(TOP + PLOT * (1 - scale.share(value)), 2)


def draw_amounts(drawing: Drawing, scale: Scale, figures: Figures, slot: float) -> None:
    """What each column amounts to, above or below it, where there is room."""
    texts = figures.written[0]
    if max(map(len, texts)) * CHARACTER > slot * NARROWEST:
        return
    for at, (text, value) in enumerate(zip(texts, figures.values[0], strict=True)):
        if value is not None:
            y = height_of(scale, value) + (14 if value < 0 else -5)
            drawing.words.append(Word(text, per_cent((at + 0.5) * slot), y, "middle"))

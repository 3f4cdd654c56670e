"""Bars that lie: the name of each point above its bars, and what they amount to at their ends."""

from decimal import Decimal

from ...desk.blocks.chart_figures import Figures
from .parts import CHARACTER, NARROWEST, Box, Drawing, Word, per_cent, shortened

NAME, BAR, GAP, BETWEEN = 20, 16, 2, 10
MOST_LETTERS = 44


def draw_bars(drawing: Drawing, figures: Figures) -> None:
    known = [value for values in figures.values for value in values if value is not None]
    low, high = min([Decimal(0), *known]), max([Decimal(0), *known])
    room, left = room_for(figures, below_zero=False), room_for(figures, below_zero=True)
    width = 1 - room - left

    def place(value: Decimal) -> float:
        return left + (float((value - low) / (high - low)) * width if high > low else 0)

    y = 0
    for at, point in enumerate(figures.points):
        drawing.words.append(Word(shortened(point, MOST_LETTERS), 0, y + NAME - 6))
        y += NAME
        for series, values in enumerate(figures.values, start=1):
            value = values[at]
            if value is not None:
                start, end = sorted((place(Decimal(0)), place(value)))
                span = per_cent(end - start)
                drawing.boxes.append(Box(series, per_cent(start), y, span, BAR))
                drawing.words.append(amount(figures.written[series - 1][at], value, start, end, y))
            y += BAR + GAP
        y += BETWEEN
    drawing.height = y
    drawing.upright_base = per_cent(place(Decimal(0)))


def amount(text: str, value: Decimal, start: float, end: float, y: int) -> Word:
    """What a bar amounts to, beside its end."""
    text = shortened(text, 24)
    if value < 0:
        return Word(f"{text}\xa0", per_cent(start), y + BAR - 4, "end")
    return Word(f"\xa0{text}", per_cent(end), y + BAR - 4)


def room_for(figures: Figures, *, below_zero: bool) -> float:
    """The share of the narrowest drawing that the longest amount takes, on the one side of zero."""
    longest = 0
    for values, texts in zip(figures.values, figures.written, strict=True):
        for value, text in zip(values, texts, strict=True):
            if value is not None and (value < 0) == below_zero:
                longest = max(longest, min(len(text), 24) + 2)
    return min(longest * CHARACTER / NARROWEST, 0.4)

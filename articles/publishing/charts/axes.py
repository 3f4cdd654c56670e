"""What stands around columns and lines: rules with their numbers, and the names of the points."""

import math
from collections.abc import Sequence
from decimal import Decimal

from .parts import CHARACTER, NARROWEST, Drawing, Word, per_cent, shortened
from .scale import Scale, written

PLOT = 240
"""Pixels from the lowest rule to the highest."""
TOP = 18
FOOT = 26
MOST_TURNED = 16
"""Letters of a name that stands on end."""
WIDE = 2
"""How much more room there is on a screen that is no phone."""


def draw_axis(drawing: Drawing, scale: Scale, decimal: str) -> None:
    for tick in scale.ticks:
        y = round(TOP + PLOT * (1 - scale.share(tick)), 2)
        drawing.rules.append(y)
        drawing.ticks.append(Word(written(tick, decimal=decimal), 0, y + 4))
        if tick == Decimal(0):
            drawing.base = y
    drawing.axis = round(max(len(word.text) for word in drawing.ticks) * CHARACTER + 8)
    drawing.height = TOP + PLOT + FOOT


def draw_names(drawing: Drawing, places: Sequence[float], names: Sequence[str]) -> None:
    """The names of points below them: all if they have room, of years and dates as many as have;
    others stand on end."""
    longest = max(map(len, names)) * CHARACTER + 8
    slot = NARROWEST / len(names)
    if longest > slot and not all(any(map(str.isdigit, name)) for name in names):
        draw_turned(drawing, places, names)
        return
    every, every_wide = steps_of(longest / slot)
    y = TOP + PLOT + 18
    for at, (place, name) in enumerate(zip(places, names, strict=True)):
        is_narrow = at % every == 0
        if is_narrow or at % every_wide == 0:
            anchor = _anchor(place, len(name))
            word = Word(name, per_cent(place), y, anchor, wide=not is_narrow)
            drawing.words.append(word)


def steps_of(crowded: float) -> tuple[int, int]:
    """Which names are shown on a phone, and which on other screens: every so many. `crowded` is how
    often a name needs the room of a point."""
    wide = max(1, math.ceil(crowded / WIDE))
    return math.ceil(crowded / wide) * wide, wide


def _anchor(place: float, letters: int) -> str:
    """At the edges a name stands inwards of its point."""
    half = letters * CHARACTER / 2 / NARROWEST
    if place < half:
        return "start"
    return "end" if place > 1 - half else "middle"


def draw_turned(drawing: Drawing, places: Sequence[float], names: Sequence[str]) -> None:
    texts = [shortened(name, MOST_TURNED) for name in names]
    drawing.height = round(TOP + PLOT + max(map(len, texts)) * CHARACTER + 16)
    # Letters that stand on end need a line each.
    every, every_wide = steps_of(len(names) * 14 / NARROWEST)
    for at, (place, text) in enumerate(zip(places, texts, strict=True)):
        if at % every == 0 or at % every_wide == 0:
            y, wide = TOP + PLOT + 10, at % every != 0
            drawing.words.append(Word(text, per_cent(place), y, "end", wide=wide, turned=True))

"""The axis of a chart: round numbers around its figures, and where a figure stands between them."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

TICKS = 5
"""About how many numbers stand at an axis."""

FINEST = Decimal(10) ** -12
"""Of figures that differ by a smaller share than this no axis can tell the difference."""

_STEPS = [Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10)]


@dataclass(frozen=True)
class Scale:
    """From the first of its `ticks` to the last."""

    ticks: list[Decimal]

    def share(self, value: Decimal) -> float:
        """How far along the axis a figure stands: 0 to 1."""
        low, high = self.ticks[0], self.ticks[-1]
        return float((value - low) / (high - low))


def scale_of(values: Iterable[Decimal], *, from_zero: bool) -> Scale:
    """A Scale on which all these figures stand, and zero with `from_zero`."""
    found = list(values)
    low, high = min(found), max(found)
    # A line that fills little more than half of its height would make much of little.
    if from_zero or 0 <= low <= (high - low) or high <= 0 <= (high - low) + high:
        low, high = min(low, Decimal(0)), max(high, Decimal(0))
    if high - low <= FINEST * max(abs(low), abs(high)):
        low, high = (low - 1, high + 1) if low else (Decimal(0), Decimal(1))
    step = _step((high - low) / TICKS)
    first, last = _floor(low, step), -_floor(-high, step)
    return Scale([first + step * n for n in range(int((last - first) / step) + 1)])


def _step(least: Decimal) -> Decimal:
    """The first round number from the least on."""
    magnitude = Decimal(1).scaleb(least.adjusted())
    return next(magnitude * step for step in _STEPS if magnitude * step >= least)


def _floor(value: Decimal, step: Decimal) -> Decimal:
    """The last multiple of a step that is not above a value."""
    return (value / step).to_integral_value(rounding="ROUND_FLOOR") * step


def written(value: Decimal, *, decimal: str) -> str:
    """A number of an axis as the chart's figures are written: 1,234.5 or 1.234,5."""
    text = f"{value.normalize():,f}".replace("-", "\u2212")
    if decimal == ",":
        return text.translate({ord(","): ".", ord("."): ","})
    return text

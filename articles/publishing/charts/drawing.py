"""Drawing a chart from its block in a document."""

import hashlib
import json
from typing import Any

from ...desk.blocks.chart import Chart, figures_of
from ...desk.blocks.chart_figures import Figures, WrongFigures
from .bars import draw_bars
from .columns import draw_columns
from .lines import draw_lines
from .parts import Drawing


def drawing_of(block: dict[str, Any]) -> Drawing:
    """The Drawing of a chart as a document has it."""
    try:
        figures = figures_of(block)
    except WrongFigures as wrong:
        return Drawing(faults=wrong.sentences)
    decimal = "," if block["decimal"] == Chart.DecimalSign.COMMA else "."
    drawing = Drawing(key=key_of(block), series=names_of(figures))
    match block["shape"]:
        case Chart.Shape.BAR:
            draw_bars(drawing, figures)
        case Chart.Shape.LINE:
            draw_lines(drawing, figures, decimal)
        case shape:
            draw_columns(drawing, figures, decimal, stacked=shape == Chart.Shape.STACKED)
    return drawing


def key_of(block: dict[str, Any]) -> str:
    said = json.dumps(block, sort_keys=True, default=str)
    return "chart-" + hashlib.sha256(said.encode()).hexdigest()[:8]


def names_of(figures: Figures) -> list[str]:
    return [name or str(number) for number, name in enumerate(figures.series, start=1)]

"""Tables and charts, as the templates of their blocks show them."""

from django import template

from ..publishing.charts.drawing import drawing_of
from ..publishing.editions.grid import grid_of

register = template.Library()
register.filter("grid", grid_of)
register.filter("drawing", drawing_of)

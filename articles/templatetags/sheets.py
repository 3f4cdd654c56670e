"""Tables and charts, as the templates of their blocks show them."""

from django import template

from ..publishing.editions.grid import grid_of

register = template.Library()
register.filter("grid", grid_of)

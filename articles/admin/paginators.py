"""Paginators that never count a list to its end."""

from django.core.paginator import Paginator
from django.utils.functional import cached_property


class BoundedPaginator(Paginator):
    """Counts and pages through the first `limit` rows; to go further, one searches."""

    limit = 1000

    @cached_property
    def counted(self):
        """The number of rows, at most one more than the limit."""
        return self.object_list.order_by()[: self.limit + 1].count()

    @property
    def count(self):
        return min(self.counted, self.limit)

    @property
    def has_more(self):
        return self.counted > self.limit


class PickerPaginator(BoundedPaginator):
    """Nobody scrolls further in an autocomplete list."""

    limit = 200

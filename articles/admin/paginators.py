"""Pages of a list that is never counted to its end."""

from django.core.paginator import Paginator
from django.utils.functional import cached_property


class BoundedPaginator(Paginator):
    """Counts, and pages through, the first `limit` rows; beyond them one searches."""

    limit = 1000

    @cached_property
    def counted(self):
        """The number of rows, as far as one beyond the limit."""
        return self.object_list.order_by()[: self.limit + 1].count()

    @property
    def count(self):
        return min(self.counted, self.limit)

    @property
    def has_more(self):
        return self.counted > self.limit


class PickerPaginator(BoundedPaginator):
    """Finds of an autocomplete field: nobody scrolls further."""

    limit = 200

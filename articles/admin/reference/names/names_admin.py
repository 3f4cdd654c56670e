"""What the admin of topics and that of authors have in common."""

from django.utils import timezone

from ....publishing.names.counts import with_uses
from ...fields.pickers import SCRIPTS, RowPickersMixin
from ...folded_search import FoldedSearchMixin
from ...invalidating_admin import InvalidatingAdmin
from ...paginators import BoundedPaginator
from ..slug_from_name import SlugFromName
from .doubles_page import DoublesPage
from .log_pages import LogPages
from .merge_pages import MergePages
from .removal import RemovalOfUnused
from .several_pairs import SeveralPairs
from .uses import UsesColumns, UsesFilter


class NamesAdmin(
    LogPages,
    DoublesPage,
    SeveralPairs,
    RemovalOfUnused,
    MergePages,
    UsesColumns,
    FoldedSearchMixin,
    SlugFromName,
    RowPickersMixin,
    InvalidatingAdmin,
):
    """Rows that stories name, and that have other names."""

    list_filter = [UsesFilter]
    list_per_page = 50
    paginator = BoundedPaginator
    show_full_result_count = False
    search_fields = ["name", "aliases__name"]
    actions = ["merge", "remove_unused"]
    change_list_template = "admin/articles/names/change_list.html"
    change_form_template = "admin/articles/names/change_form.html"

    class Media:
        css = {"all": ["admin-desk/names.css"]}
        js = SCRIPTS

    def render_change_form(self, request, context, obj=None, **kwargs):
        if obj:
            uses = with_uses(self.kind, self.model.objects.filter(pk=obj.pk), at=timezone.now())
            context["uses"] = uses.order_by().first()
        return super().render_change_form(request, context, obj=obj, **kwargs)

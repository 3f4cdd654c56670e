"""The admin of authors."""

from django.contrib import admin

from ...library.author import Author
from ..folded_search import FoldedSearchMixin
from ..invalidating_admin import InvalidatingAdmin
from ..pickers import SCRIPTS, RowPickersMixin
from .slug_from_name import SlugFromName


@admin.register(Author)
class AuthorAdmin(FoldedSearchMixin, SlugFromName, RowPickersMixin, InvalidatingAdmin):
    list_display = ["name", "slug", "user"]
    list_select_related = ["user"]
    search_fields = ["name"]
    autocomplete_fields = ["picture", "user"]

    class Media:
        js = SCRIPTS

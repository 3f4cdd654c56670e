"""The admin of sections."""

from django.contrib import admin

from ...library.section import Section
from ..invalidating_admin import InvalidatingAdmin
from ..of_no_desk import OfNoDesk
from .slug_from_name import SlugFromName


@admin.register(Section)
class SectionAdmin(OfNoDesk, SlugFromName, InvalidatingAdmin):
    list_display = ["name", "slug", "position"]

"""Sections, topics and authors."""

from django.contrib import admin

from ..library.author import Author
from ..library.section import Section
from ..library.topic import Topic, TopicAlias


@admin.register(Section)
class SectionAdmin(admin.ModelAdmin):
    """The desks, in the order of the navigation."""

    list_display = ["name", "slug", "position"]
    prepopulated_fields = {"slug": ["name"]}


class AliasInline(admin.TabularInline):
    model = TopicAlias
    extra = 0
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Topic)
class TopicAdmin(admin.ModelAdmin):
    """What stories are about."""

    list_display = ["name", "slug"]
    search_fields = ["name", "aliases__name"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [AliasInline]


@admin.register(Author)
class AuthorAdmin(admin.ModelAdmin):
    """The people in bylines."""

    list_display = ["name", "slug", "user"]
    list_select_related = ["user"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    raw_id_fields = ["picture"]
    autocomplete_fields = ["user"]

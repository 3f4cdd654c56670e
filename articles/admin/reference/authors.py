"""The admin of authors."""

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ...library.author import Author, AuthorAlias
from ...publishing.names.kinds import AUTHORS, index_stories
from ...publishing.names.pen_name import make_pen_name, release_pen_name
from ...publishing.names.rename import store_renamed
from ..fields.pickers import ALL_LINKS
from ..saves.guarded_admin import GuardedInline
from .names.names_admin import NamesAdmin
from .people import PeoplePage
from .slug_from_name import SlugFromName


class AuthorAliasInline(GuardedInline, SlugFromName, admin.StackedInline):
    model = AuthorAlias
    fields = [("name", "slug")]
    extra = 0


@admin.register(Author)
class AuthorAdmin(PeoplePage, NamesAdmin):
    list_display = ["name", "pen_name_of", "account", "stories", "named"]
    list_select_related = ["user", "pen_name_of"]
    fields = ["name", "slug", "pen_name_of", "bio", "picture", "user"]
    autocomplete_fields = ["picture", "user", "pen_name_of"]
    hidden_links = dict.fromkeys(autocomplete_fields, ALL_LINKS)
    inlines = [AuthorAliasInline]

    @admin.display(description=_("sign-in"), ordering="user__username")
    def account(self, author):
        return author.user

    def save_model(self, request, obj, form, change):
        if not change:
            super().save_model(request, obj, form, change)
            return
        owner, by, now = obj.pen_name_of, request.user, timezone.now()
        obj.pen_name_of = Author.objects.get(pk=obj.pk).pen_name_of
        store_renamed(obj, by=by, now=now)
        if owner != obj.pen_name_of and obj.pen_name_of:
            release_pen_name(obj, by=by, now=now)
        if owner and owner != obj.pen_name_of:
            make_pen_name(obj, owner, by=by, now=now)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if any(formset.has_changed() for formset in formsets):
            index_stories(AUTHORS, [form.instance.pk])

    def render_change_form(self, request, context, obj=None, **kwargs):
        if obj:
            context["may_have_pen_names"] = obj.pen_name_of_id is None
            context["pen_names"] = list(obj.pen_names.all()[:MOST_PEN_NAMES])
        return super().render_change_form(request, context, obj=obj, **kwargs)


MOST_PEN_NAMES = 20
"""Pen names that an author's form names."""

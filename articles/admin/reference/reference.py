"""Sections, topics and authors."""

from django.contrib import admin, messages
from django.db import transaction
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...library.author import Author
from ...library.section import Section
from ...library.topic import Topic, TopicAlias
from ...publishing.fronts.topic_pin import TopicPin
from ...publishing.invalidation.site_stamp import invalidate
from ..folded_search import FoldedSearchMixin
from ..invalidating_admin import InvalidatingAdmin
from ..pickers import SCRIPTS, RowPickersMixin
from ..saves.guarded_admin import GuardedInline


class SlugFromName:
    """The address may stay empty: the model makes one of the name, in any script."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "slug":
            kwargs |= {"required": False, "help_text": _("Made from the name when empty.")}
        return super().formfield_for_dbfield(db_field, request, **kwargs)


@admin.register(Section)
class SectionAdmin(SlugFromName, InvalidatingAdmin):
    """The desks, in the order of the navigation."""

    list_display = ["name", "slug", "position"]


class AliasInline(GuardedInline, SlugFromName, admin.StackedInline):
    """Other names under which a topic is found."""

    model = TopicAlias
    fields = [("name", "slug")]
    extra = 0


class PinInline(GuardedInline, RowPickersMixin, admin.StackedInline):
    """Stories that stand at the top of the topic's page."""

    model = TopicPin
    extra = 0
    autocomplete_fields = ["post"]
    ordering = ["position", "pk"]


@admin.register(Topic)
class TopicAdmin(FoldedSearchMixin, SlugFromName, RowPickersMixin, InvalidatingAdmin):
    """What stories are about."""

    list_display = ["name", "slug"]
    search_fields = ["name", "aliases__name"]
    autocomplete_fields = ["picture"]
    inlines = [PinInline, AliasInline]
    actions = ["merge"]

    class Media:
        js = SCRIPTS

    @admin.action(description=gettext_lazy("Merge the chosen topics"), permissions=["delete"])
    @transaction.atomic
    def merge(self, request, queryset):
        """Ask which topic is kept; then make the others its other names.

        Of those that a colleague merged meanwhile, nothing is done.
        """
        topics = list(queryset.select_for_update())
        kept = next((each for each in topics if str(each.pk) == request.POST.get("keep")), None)
        if len(topics) < 2:
            self.message_user(request, _("Choose at least two topics."), messages.WARNING)
            return None
        if kept is None:
            context = self.admin_site.each_context(request) | {
                "title": _("Merge topics"),
                "topics": topics,
                "opts": self.opts,
            }
            return TemplateResponse(request, "admin/articles/topic/merge.html", context)
        for topic in topics:
            if topic != kept:
                topic.merge_into(kept)
        invalidate()
        self.message_user(request, _("Merged into “%s”.") % kept)
        return None


@admin.register(Author)
class AuthorAdmin(FoldedSearchMixin, SlugFromName, RowPickersMixin, InvalidatingAdmin):
    """The people in bylines."""

    list_display = ["name", "slug", "user"]
    list_select_related = ["user"]
    search_fields = ["name"]
    autocomplete_fields = ["picture", "user"]

    class Media:
        js = SCRIPTS

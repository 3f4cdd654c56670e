"""The admin of topics."""

from django.contrib import admin, messages
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...library.topic import Topic, TopicAlias
from ...publishing.fronts.topic_pin import TopicPin
from ...publishing.invalidation.invalidate import invalidate
from ..desk_page import desk_page
from ..folded_search import FoldedSearchMixin
from ..invalidating_admin import InvalidatingAdmin
from ..pickers import SCRIPTS, RowPickersMixin
from ..saves.guarded_admin import GuardedInline
from .slug_from_name import SlugFromName


class AliasInline(GuardedInline, SlugFromName, admin.StackedInline):
    model = TopicAlias
    fields = [("name", "slug")]
    extra = 0


class PinInline(GuardedInline, RowPickersMixin, admin.StackedInline):
    """Stories pinned to the top of the topic's page."""

    model = TopicPin
    extra = 0
    autocomplete_fields = ["post"]
    ordering = ["position", "pk"]


@admin.register(Topic)
class TopicAdmin(FoldedSearchMixin, SlugFromName, RowPickersMixin, InvalidatingAdmin):
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
        """Ask which topic to keep, then make the others its aliases.

        Topics that a colleague merged meanwhile are left out.
        """
        topics = list(queryset.select_for_update())
        kept = next((each for each in topics if str(each.pk) == request.POST.get("keep")), None)
        if len(topics) < 2:
            self.message_user(request, _("Choose at least two topics."), messages.WARNING)
            return None
        if kept is None:
            title = _("Merge topics")
            return desk_page(self, request, "topic/merge", title=title, topics=topics)
        for topic in topics:
            if topic != kept:
                topic.merge_into(kept)
        invalidate()
        self.message_user(request, _("Merged into “%s”.") % kept)
        return None

"""The admin of topics."""

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy

from ...desk.rights.may_do import may_everywhere
from ...library.topic import Topic, TopicAlias
from ...publishing.fronts.topic_pin import TopicPin
from ...publishing.names.kinds import TOPICS, index_stories
from ...publishing.names.rename import keep_former_name, store_renamed
from ..fields.pickers import ALL_LINKS, RowPickersMixin
from ..saves.guarded_admin import GuardedInline
from .names.names_admin import NamesAdmin
from .slug_from_name import SlugFromName


class AliasInline(GuardedInline, SlugFromName, admin.StackedInline):
    model = TopicAlias
    fields = [("name", "slug")]
    extra = 0


class PinInline(GuardedInline, RowPickersMixin, admin.StackedInline):
    """Stories pinned to the top of the topic's page, which is at nobody's desk."""

    model = TopicPin
    extra = 0
    autocomplete_fields = ["post"]
    ordering = ["position", "pk"]

    def has_change_permission(self, request, obj=None):
        return may_everywhere(request.user, "articles.change_topicpin")

    has_add_permission = has_delete_permission = has_change_permission


@admin.register(Topic)
class TopicAdmin(NamesAdmin):
    list_display = ["name", "part_of", "stories", "named"]
    list_select_related = ["broader"]
    fields = ["name", "slug", "broader", "description", "picture"]
    autocomplete_fields = ["picture", "broader"]
    hidden_links = dict.fromkeys(autocomplete_fields, ALL_LINKS)
    inlines = [AliasInline, PinInline]

    @admin.display(description=gettext_lazy("part of"), ordering="broader__name")
    def part_of(self, topic):
        return topic.broader

    def get_queryset(self, request):
        # A picker says below which topic another stands.
        return super().get_queryset(request).select_related("broader")

    def save_model(self, request, obj, form, change):
        if not change:
            super().save_model(request, obj, form, change)
            return
        form.renamed = store_renamed(obj, by=request.user, now=timezone.now())

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        # Last, so that an other name that was typed keeps the address that was typed.
        if renamed := getattr(form, "renamed", None):
            keep_former_name(renamed)
        if renamed or any(formset.has_changed() for formset in formsets):
            index_stories(TOPICS, [form.instance.pk])

    def render_change_form(self, request, context, obj=None, **kwargs):
        if obj:
            context["above"] = obj.all_broader()
            context["narrower"] = list(obj.narrower.all()[:MOST_NARROWER])
        return super().render_change_form(request, context, obj=obj, **kwargs)


MOST_NARROWER = 30
"""Narrower topics that a topic's form names."""

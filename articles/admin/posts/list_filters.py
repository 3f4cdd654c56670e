"""Filters of the list of posts."""

from django.contrib import admin
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ...desk.post_relations import PostAuthor, PostTopic
from ...library.author import Author
from ...library.topic import Topic
from ...publishing.editions.edition import Edition
from ..folded_search import name_condition


class ScheduledFilter(admin.SimpleListFilter):
    title = _("schedule")
    parameter_name = "schedule"

    def lookups(self, request, model_admin):
        return [("coming", _("Scheduled"))]

    def queryset(self, request, queryset):
        if self.value() != "coming":
            return queryset
        coming = Edition.objects.filter(live_from__gt=timezone.now())
        return queryset.filter(pk__in=coming.values("post"))


class NameFilter(admin.SimpleListFilter):
    """A text input in place of a list of thousands of names."""

    template = "admin/articles/post/filter_by_name.html"

    def lookups(self, request, model_admin):
        self.kept = [
            (name, value)
            for name, values in request.GET.lists()
            for value in values
            if name not in {self.parameter_name, "p"}
        ]
        return [("", "")]

    def queryset(self, request, queryset):
        name = (self.value() or "").strip().replace("\x00", "")
        return queryset.filter(pk__in=self.posts(name)) if name else queryset

    def posts(self, name):
        """A query for the primary keys of the posts with this name."""
        raise NotImplementedError


class TopicFilter(NameFilter):
    title = _("topic")
    parameter_name = "topic"

    def posts(self, name):
        topics = Topic.objects.filter(name_condition(name, "name") | Q(slug=name)).values("pk")
        return PostTopic.objects.filter(tag__in=topics).values("content_object")


class AuthorFilter(NameFilter):
    title = _("author")
    parameter_name = "author"

    def posts(self, name):
        authors = Author.objects.filter(name_condition(name, "name") | Q(slug=name)).values("pk")
        return PostAuthor.objects.filter(author__in=authors).values("post")

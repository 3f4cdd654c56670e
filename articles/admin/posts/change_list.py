"""The list of posts, which costs the same for thirty as for a million."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ...desk.blocks import Caption
from ...desk.post import Post
from ...desk.post_relations import PostAuthor
from ...desk.workflow import STEPS, Refusal
from ...library.pictures.renditions import renditions
from ..datetime_fields import format_moment
from ..folded_search import patterns_in, search_condition
from ..paginators import BoundedPaginator
from ..steps.status_summary import current_editions, display_name, site_status, status_chips
from ..steps.take_step import Action, Changed, done_sentence, saved_sentence, state_token, take_step
from .list_filters import AuthorFilter, ScheduledFilter, TopicFilter


class LoadedAtForm(ActionForm):
    """Adds to the list's actions the moment at which the list was made."""

    looked_at = forms.CharField(
        label="",
        required=False,
        initial=lambda: timezone.now().isoformat(),
        widget=forms.HiddenInput,
    )


@admin.display(description=_("Picture"))
def picture(post):
    captions = post.lead_pictures
    cuts = renditions(captions[0].photo.as_picture(), "3x2") if captions else []
    if not cuts:
        return ""
    return format_html(
        '<img class="list-picture" src="{}" width="{}" height="{}" alt="" loading="lazy">',
        cuts[0].url,
        cuts[0].width,
        cuts[0].height,
    )


@admin.display(description=_("Headline"))
def title(post):
    return str(post)


@admin.display(description=_("State"))
def state(post):
    now = timezone.now()
    chips = status_chips(post, site_status(post.current, now), now)
    return render_to_string("admin/articles/post/chips.html", {"chips": chips})


@admin.display(description=_("Authors"), empty_value="-")
def names(post):
    names = [row.author.name for row in post.post_authors.all()]
    return ", ".join(filter(None, [*names, post.byline])) or None


@admin.display(description=_("Saved"))
def saved(post):
    who = f", {display_name(post.saved_by)}" if post.saved_by else ""
    return format_moment(post.saved_at) + who


class PostList:
    """Mixed into the PostAdmin: the list of posts, last saved first."""

    list_display = [picture, title, state, "section", names, saved]
    list_display_links = [title]
    list_filter = ["status", ScheduledFilter, "section", TopicFilter, AuthorFilter, "saved_at"]
    list_select_related = ["section", "saved_by"]
    list_per_page = 50
    list_max_show_all = 0
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    paginator = BoundedPaginator
    ordering = ["-saved_at", "-pk"]
    sortable_by = ()
    search_fields = ["headline"]
    search_help_text = _("Words of the headline, among the stories saved last.")
    actions = ["send_to_review", "approve"]
    action_form = LoadedAtForm

    def get_queryset(self, request):
        posts = super().get_queryset(request)
        match = request.resolver_match
        if match is None or not match.url_name.endswith("_changelist"):
            return posts
        lead = Caption.with_related().filter(region="lead")
        return posts.prefetch_related(
            Prefetch("editions", current_editions(timezone.now()), to_attr="current"),
            Prefetch("articles_caption_set", lead, to_attr="lead_pictures"),
            Prefetch("post_authors", PostAuthor.objects.select_related("author")),
        )

    def get_search_results(self, request, queryset, search_term):
        if patterns := patterns_in(search_term):
            matches = search_condition(Post, self.search_fields, patterns, newest_by="saved_at")
            found = queryset.filter(matches).order_by(*self.ordering)
            # Searched once: the page and its count both follow from these keys.
            request.found = list(found.values_list("pk", flat=True)[: BoundedPaginator.limit + 1])
            queryset = queryset.filter(pk__in=request.found)
        return queryset, False

    def get_paginator(self, request, *args, **kwargs):
        paginator = super().get_paginator(request, *args, **kwargs)
        if hasattr(request, "found"):
            paginator.counted = len(request.found)
        return paginator

    def has_send_to_review_permission(self, request):
        return request.user.has_perm(STEPS[Action.SEND_TO_REVIEW].permission)

    def has_approve_permission(self, request):
        return request.user.has_perm(STEPS[Action.APPROVE].permission)

    @admin.action(description=_("Send to review"), permissions=["send_to_review"])
    def send_to_review(self, request, posts):
        take_steps(request, posts[: self.list_per_page], Action.SEND_TO_REVIEW)

    @admin.action(description=_("Approve"), permissions=["approve"])
    def approve(self, request, posts):
        take_steps(request, posts[: self.list_per_page], Action.APPROVE)


def take_steps(request, posts, action):
    """Take a step with each post separately, and report each refusal."""
    now, done = timezone.now(), 0
    for post in posts:
        try:
            refuse_changed(post, request.POST.get("looked_at", ""))
            seen = state_token(action, post)
            take_step(action, post, by=request.user, now=now, seen=seen)
        except (Refusal, PermissionDenied) as refusal:
            messages.error(request, f"{post}: {refusal}")
        else:
            done += 1
    if done:
        count = ngettext("%(count)s story", "%(count)s stories", done) % {"count": done}
        messages.success(request, f"{count}: {done_sentence(action)}")


def refuse_changed(post, loaded_at):
    """Raise Changed when somebody saved a post after the list was made."""
    try:
        loaded = parse_datetime(loaded_at)
    except ValueError:
        loaded = None
    if loaded and timezone.is_aware(loaded) and post.saved_at > loaded:
        raise Changed(saved_sentence(post))

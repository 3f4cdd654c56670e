"""The desk's list of posts: the same cost for thirty posts and for a million."""

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
from ...desk.post_relations import PostAuthor
from ...desk.workflow import Refusal
from ...library.pictures.renditions import renditions
from ..datetime_fields import format_moment
from ..folded_search import patterns_in, search_condition
from ..paginators import BoundedPaginator
from ..steps.status_summary import current_editions, display_name, site_status, status_chips
from ..steps.take_step import Action, Changed, done_sentence, saved_sentence, state_token, take_step

LOADED_AT = "looked_at"
"""The input with the moment at which the list was made."""


class LoadedAtForm(ActionForm):
    """The form around a list's steps, with the moment at which the list was made."""

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


@admin.display(description=_("Section"), empty_value="-")
def section_name(post):
    return post.section and post.section.name


@admin.display(description=_("Authors"), empty_value="-")
def names(post):
    names = [row.author.name for row in post.post_authors.all()]
    return ", ".join([*names, post.byline] if post.byline else names) or None


@admin.display(description=_("Saved"))
def saved(post):
    who = f", {display_name(post.saved_by)}" if post.saved_by else ""
    return format_moment(post.saved_at) + who


COLUMNS = [picture, title, state, section_name, names, saved]


class ChangeList:
    """The list of a PostAdmin, whose hooks call these methods."""

    def __init__(self, admin):
        self.admin = admin

    def prefetch(self, posts):
        """The posts with all that the columns show. For `get_queryset` of the list."""
        lead = Caption.with_related().filter(region="lead")
        return posts.prefetch_related(
            Prefetch("editions", current_editions(timezone.now()), to_attr="current"),
            Prefetch("articles_caption_set", lead, to_attr="lead_pictures"),
            Prefetch("post_authors", PostAuthor.objects.select_related("author")),
        )

    def search(self, request, posts, term):
        """The posts whose headlines contain the words, among those saved last."""
        patterns = patterns_in(term)
        if not patterns:
            return posts
        fields = self.admin.search_fields
        matches = search_condition(self.admin.model, fields, patterns, newest_by="saved_at")
        found = posts.filter(matches).order_by(*self.admin.ordering)
        # Searched once: the page and its count both follow from these keys.
        request.found = list(found.values_list("pk", flat=True)[: BoundedPaginator.limit + 1])
        return posts.filter(pk__in=request.found)

    def count_found(self, request, paginator):
        """Spare the paginator the count of a search. For `get_paginator`."""
        if hasattr(request, "found"):
            paginator.counted = len(request.found)
        return paginator


@admin.action(description=_("Send to review"), permissions=["send_to_review"])
def send_to_review(modeladmin, request, posts):
    take_steps(request, posts[: modeladmin.list_per_page], Action.SEND_TO_REVIEW)


@admin.action(description=_("Approve"), permissions=["approve"])
def approve(modeladmin, request, posts):
    take_steps(request, posts[: modeladmin.list_per_page], Action.APPROVE)


def take_steps(request, posts, action):
    """Take a step with each post separately, and report why each refused one was refused."""
    now, done = timezone.now(), 0
    for post in posts:
        try:
            refuse_changed(post, request.POST.get(LOADED_AT, ""))
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
    """Raise Changed when somebody saved a post after a person's list of posts was made."""
    try:
        loaded = parse_datetime(loaded_at)
    except ValueError:
        loaded = None
    if loaded and timezone.is_aware(loaded) and post.saved_at > loaded:
        raise Changed(saved_sentence(post))

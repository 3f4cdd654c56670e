"""The desk's list of posts: the same cost for thirty posts and for a million."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ...desk.blocks import Caption
from ...desk.post_relations import PostAuthor
from ...desk.workflow import Refusal
from ...library.pictures.renditions import renditions
from ..datetime_fields import said
from ..folded_search import FoldedSearchMixin, patterns_in
from ..steps.status_summary import chips, current_editions, name_of, standing
from ..steps.steps import STEPS, Action, Changed, mark, take, told
from .list_filters import AuthorFilter, ScheduledFilter, TopicFilter

COUNTED = 1000
"""The list counts, and pages through, this many posts; beyond it one searches."""


LOOKED_AT = "looked_at"


class LookedAtForm(ActionForm):
    """The form around a list's steps, with the moment at which the list was made."""

    looked_at = forms.CharField(
        label="",
        required=False,
        initial=lambda: timezone.now().isoformat(),
        widget=forms.HiddenInput,
    )


def refuse_unseen(post, looked_at):
    """Raise Changed when somebody saved a post after a person's list of posts was made."""
    try:
        seen = parse_datetime(looked_at)
    except ValueError:
        seen = None
    if seen and timezone.is_aware(seen) and post.saved_at > seen:
        raise Changed(
            _("%(name)s saved this story %(moment)s, after you opened this page.")
            % {"name": name_of(post.saved_by), "moment": said(post.saved_at)}
        )


class BoundedPaginator(Paginator):
    """Pages through the first posts of a list without ever counting all of them."""

    @cached_property
    def counted(self):
        return self.object_list.order_by()[: COUNTED + 1].count()

    @property
    def count(self):
        return min(self.counted, COUNTED)

    @property
    def has_more(self):
        return self.counted > COUNTED


class ChangeListMixin(FoldedSearchMixin):
    """Columns, search, filters and bulk steps of the desk's list."""

    list_display = ["picture", "title", "state", "section_name", "names", "saved"]
    list_display_links = ["title"]
    list_filter = ["status", ScheduledFilter, "section", TopicFilter, AuthorFilter, "saved_at"]
    list_select_related = ["section", "saved_by"]
    list_per_page = 50
    list_max_show_all = 0
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    paginator = BoundedPaginator
    ordering = ["-saved_at", "-pk"]
    newest_by = "saved_at"
    sortable_by = ()
    actions = ["send_to_review", "approve"]
    action_form = LookedAtForm
    search_help_text = gettext_lazy("Words of the headline, among the stories saved last.")

    def get_queryset(self, request):
        posts = super().get_queryset(request)
        match = request.resolver_match
        if match is None or not match.url_name.endswith("_changelist"):
            return posts
        now = timezone.now()
        lead = Caption.with_related().filter(region="lead")
        return posts.prefetch_related(
            Prefetch("editions", current_editions(now), to_attr="current"),
            Prefetch("articles_caption_set", lead, to_attr="lead_pictures"),
            Prefetch("post_authors", PostAuthor.objects.select_related("author")),
        )

    def get_search_results(self, request, queryset, search_term):
        patterns = patterns_in(search_term)
        if not patterns:
            return queryset, False
        found = queryset.filter(self.saying(patterns)).order_by(*self.ordering)
        # Looked for once: the page and its count both follow from these keys.
        request.found = list(found.values_list("pk", flat=True)[: COUNTED + 1])
        return queryset.filter(pk__in=request.found), False

    def get_paginator(self, request, *args, **kwargs):
        paginator = super().get_paginator(request, *args, **kwargs)
        if hasattr(request, "found"):
            paginator.counted = len(request.found)
        return paginator

    @admin.display(description=gettext_lazy("Picture"))
    def picture(self, post):
        captions = post.lead_pictures
        made = renditions(captions[0].photo.as_picture(), "3x2") if captions else []
        if not made:
            return ""
        first = made[0]
        return format_html(
            '<img class="list-picture" src="{}" width="{}" height="{}" alt="" loading="lazy">',
            first.url,
            first.width,
            first.height,
        )

    @admin.display(description=gettext_lazy("Headline"))
    def title(self, post):
        return str(post)

    @admin.display(description=gettext_lazy("State"))
    def state(self, post):
        now = timezone.now()
        found = chips(post, standing(post.current, now), now)
        return render_to_string("admin/articles/post/chips.html", {"chips": found})

    @admin.display(description=gettext_lazy("Section"), empty_value="-")
    def section_name(self, post):
        return post.section and post.section.name

    @admin.display(description=gettext_lazy("Authors"), empty_value="-")
    def names(self, post):
        names = [row.author.name for row in post.post_authors.all()]
        return ", ".join([*names, post.byline] if post.byline else names) or None

    @admin.display(description=gettext_lazy("Saved"))
    def saved(self, post):
        who = f", {name_of(post.saved_by)}" if post.saved_by else ""
        return said(post.saved_at) + who

    def has_send_to_review_permission(self, request):
        return request.user.has_perm(STEPS[Action.SEND_TO_REVIEW].permission)

    def has_approve_permission(self, request):
        return request.user.has_perm(STEPS[Action.APPROVE].permission)

    @admin.action(description=gettext_lazy("Send to review"), permissions=["send_to_review"])
    def send_to_review(self, request, queryset):
        self._take_each(request, queryset, Action.SEND_TO_REVIEW)

    @admin.action(description=gettext_lazy("Approve"), permissions=["approve"])
    def approve(self, request, queryset):
        self._take_each(request, queryset, Action.APPROVE)

    def _take_each(self, request, queryset, action):
        """Take a step with each post by itself, and say of each refused one why."""
        now, done = timezone.now(), 0
        for post in queryset[: self.list_per_page]:
            try:
                refuse_unseen(post, request.POST.get(LOOKED_AT, ""))
                take(action, post, by=request.user, now=now, seen=mark(action, post))
            except (Refusal, PermissionDenied) as refusal:
                messages.error(request, f"{post}: {refusal}")
            else:
                done += 1
        if done:
            count = ngettext("%(count)s story", "%(count)s stories", done) % {"count": done}
            messages.success(request, f"{count}: {told(action)}")

    def delete_view(self, request, object_id, extra_context=None):
        post = self.get_object(request, object_id)
        has_past = post and (post.transitions.exists() or post.editions.exists())
        if has_past and self.has_delete_permission(request, post):
            messages.error(
                request,
                _("“%s” has a history, so it is kept. Withdraw it to take it off the site.") % post,
            )
            return HttpResponseRedirect(self.address_after_step(request, post))
        return super().delete_view(request, object_id, extra_context)

"""The list of stories, which costs the same for thirty as for a million."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ...desk.story_view import choose_columns, remove_view, save_view
from ...desk.workflow import Refusal
from ...library.whole_numbers import parse_whole_number
from ..choosers.found_stories import find_offered, in_this_order
from ..paginators import PickerPaginator
from ..steps.status_summary import stop_chips
from .stories.asked import Asked
from .stories.columns import COLUMNS
from .stories.many import chosen_action, chosen_posts, do_with_each, sentences
from .stories.page import page_context


class PostList:
    """Mixed into the PostAdmin: the list of stories, and what is done from it."""

    # Django offers pickers only for what has some; neither they nor the list search in its way.
    search_fields = ["headline"]
    ordering = ["-saved_at", "-pk"]
    show_full_result_count = False

    def get_urls(self):
        def wrap(view, address, name):
            return path(address, self.admin_site.admin_view(view), name=f"articles_post_{name}")

        return [
            wrap(self.posted(self.keep_view), "views/keep/", "keep_view"),
            wrap(self.posted(self.drop_view), "views/drop/", "drop_view"),
            wrap(self.posted(self.columns_view), "columns/", "columns"),
            *super().get_urls(),
        ]

    def posted(self, view):
        """A view of whoever sees the list, which looking at does nothing."""

        def checked(request):
            if not self.has_view_or_change_permission(request):
                raise PermissionDenied
            if request.method == "POST":
                view(request)
            return self.back_to_list(request)

        return checked

    def get_search_results(self, request, queryset, search_term):
        """What a picker offers while somebody types."""
        if search_term.strip():
            found = find_offered(search_term, now=timezone.now())
            queryset = in_this_order(queryset, found.keys[: PickerPaginator.limit])
        return queryset, False

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            return self.with_many(request)
        return self.show_list(request)

    def show_list(self, request, ticked=()):
        context = page_context(Asked.of(request.GET), request.user)
        context["ticked"] = [post.pk for post in ticked]
        return self.list_page(request, "change_list", **context)

    def list_page(self, request, template, **context):
        shared = {"opts": self.opts, "title": _("Stories"), "media": self.media}
        context = self.admin_site.each_context(request) | shared | context
        return TemplateResponse(request, f"admin/articles/post/{template}.html", context)

    def with_many(self, request):
        """Do something with the stories that were ticked, and go back to the list."""
        many, posts = chosen_action(request), chosen_posts(request)
        if not posts:
            messages.warning(request, _("Tick the stories first."))
        elif many.asks_first and "confirmed" not in request.POST:
            seen = request.POST.getlist("seen")
            for post in posts:
                post.stops = stop_chips(post, timezone.now())
            return self.list_page(request, "change_many", many=many, posts=posts, seen=seen)
        else:
            try:
                do_with_each(request, many, posts, log_change=self.log_change)
            except (Refusal, ValidationError) as refusal:
                messages.error(request, sentences(refusal))
                return self.show_list(request, ticked=posts)
        return self.back_to_list(request)

    def keep_view(self, request):
        """Keep what the list is asked as a view with a name."""
        asked = Asked.of(request.GET)
        is_shared = "is_shared" in request.POST
        try:
            view = save_view(
                request.POST.get("name", ""),
                asked.but().query,
                by=request.user,
                is_shared=is_shared,
            )
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("“%s” is kept: it stands above the list.") % view.name)

    def drop_view(self, request):
        try:
            name = remove_view(parse_whole_number(request.POST.get("view")) or 0, by=request.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The view “%s” is removed. No story was.") % name)

    def columns_view(self, request):
        known = {column.key for column in COLUMNS}
        chosen = [key for key in request.POST.getlist("column") if key in known]
        choose_columns(chosen, by=request.user)

    def back_to_list(self, request):
        """Redirect to the list, asked what it was asked."""
        query = Asked.of(request.GET).query
        address = reverse("admin:articles_post_changelist")
        return redirect(f"{address}?{query}" if query else address)

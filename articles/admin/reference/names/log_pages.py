"""The log of names: what was renamed and merged, and a button that undoes it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _

from ....library.whole_numbers import parse_whole_number
from ....publishing.names.name_change import NameChange
from ....publishing.names.refusals import NameRefused
from ....publishing.names.undo import undo
from ...desk_page import desk_page

PER_PAGE = 50


class LogPages:
    """Mixed into the admin of topics or authors, after MergePages."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("names/", wrap(self.log_view), name=f"{self.page_name}_names"),
            path("names/<int:pk>/undo/", wrap(self.undo_view), name=f"{self.page_name}_undo"),
            *super().get_urls(),
        ]

    def log_view(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied
        entries = NameChange.objects.filter(kind=self.kind.key).select_related("by", "undone_by")
        if before := parse_whole_number(request.GET.get("before")):
            last = NameChange.objects.filter(pk=before).first()
            entries = entries.filter(at__lte=last.at).exclude(pk__gte=before) if last else entries
        shown = list(entries.order_by("-at", "-pk")[: PER_PAGE + 1])
        context = {
            "title": _("Renamed and merged"),
            "entries": shown[:PER_PAGE],
            "older": shown[PER_PAGE - 1].pk if len(shown) > PER_PAGE else None,
            "may_rename": self.has_change_permission(request),
            "may_merge": self.has_delete_permission(request),
            "list_url": self.page("changelist"),
        }
        return desk_page(self, request, "names/log", **context)

    def undo_view(self, request, pk):
        """Undo an entry of the log; a GET leads to the log."""
        change = get_object_or_404(NameChange, pk=pk, kind=self.kind.key)
        is_merge = change.action == NameChange.Action.MERGE
        if not (self.has_delete_permission if is_merge else self.has_change_permission)(request):
            raise PermissionDenied
        if request.method == "POST":
            try:
                undo(change, by=request.user, now=timezone.now())
                messages.success(request, _("Undone: “%s” is there again.") % change.name)
            except NameRefused as refusal:
                messages.error(request, str(refusal))
        return redirect(self.page("names"))

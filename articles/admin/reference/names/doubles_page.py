"""The report of near doubles: pairs of names to merge, or to tell apart."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ....library.whole_numbers import parse_whole_number
from ....publishing.names.near_double import NearDouble, look_for_doubles, open_pairs, tell_apart
from ...desk_page import desk_page

PAIRS_PER_PAGE = 25


class DoublesPage:
    """Mixed into the admin of topics or authors, before SeveralPairs and MergePages."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("doubles/", wrap(self.doubles_view), name=f"{self.page_name}_doubles"),
            *super().get_urls(),
        ]

    def doubles_view(self, request):
        """The pairs. A POST looks for them anew, or says that a pair (`one`, `other`) is none."""
        if not self.has_delete_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            self.take_answer(request)
            return redirect(self.page("doubles"))
        pairs = list(open_pairs(self.kind)[: PAIRS_PER_PAGE + 1])
        context = {
            "title": _("Names that are nearly the same"),
            "pairs": self.pairs_of_rows([(p.one, p.other) for p in pairs[:PAIRS_PER_PAGE]]),
            "has_more": len(pairs) > PAIRS_PER_PAGE,
            "was_looked": bool(pairs) or NearDouble.objects.filter(kind=self.kind.key).exists(),
            "list_url": self.page("changelist"),
            "merge_url": self.page("merge"),
            "several_url": self.page("several"),
        }
        return desk_page(self, request, "names/doubles", **context)

    def take_answer(self, request):
        keys = [parse_whole_number(request.POST.get(name)) for name in ("one", "other")]
        if all(keys):
            if tell_apart(self.kind, *keys, by=request.user):
                messages.success(
                    request, _("Noted: they are two things, and are not shown here again.")
                )
            return
        found = look_for_doubles(self.kind)
        said = ngettext("One pair was found.", "%(count)d pairs were found.", found)
        messages.success(request, said % {"count": found})

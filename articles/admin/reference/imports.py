"""Imports at the desk: each run, and the report of each, for administrators."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from ...desk.rights.may_do import may_everywhere
from ...importing.import_run import IMPORT, ImportProblem, ImportRun
from ...importing.imported_story import ImportedStory, hash_of
from ...importing.recorded import CUT_OFF, is_cut_off
from ...importing.report import count_is, what_is
from ...library.date_formats import format_moment
from ..csv_answer import csv_answer
from ..desk_page import desk_page
from ..paginators import BoundedPaginator
from ..saves.guarded_admin import GuardedAdmin
from .send_export import send_export

EXAMPLES = 50


@admin.register(ImportRun)
class ImportRunAdmin(GuardedAdmin, admin.ModelAdmin):
    list_display = ["began_at", "source", "kind", "state_now", "brought", "by"]
    list_select_related = ["by"]
    list_per_page = 50
    paginator = BoundedPaginator
    show_full_result_count = False
    ordering = ["-began_at", "-pk"]

    def has_module_permission(self, request):
        return request.user.has_perm(IMPORT)

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm(IMPORT)

    def has_add_permission(self, request):
        # An import files stories at every desk.
        return may_everywhere(request.user, IMPORT)

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"called_new": _("Import a small export")})

    @admin.display(description=gettext_lazy("kind"), ordering="dry_run")
    def kind(self, run):
        return _("Dry run") if run.dry_run else _("Import")

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def state_now(self, run):
        return _("Cut off") if is_cut_off(run) else run.get_state_display()

    @admin.display(description=gettext_lazy("stories"))
    def brought(self, run):
        return run.counts.get("outcomes", {}).get("imported", 0)

    def get_urls(self):
        csv_page = self.admin_site.admin_view(self.problems_csv)
        own = path("<int:pk>/problems.csv", csv_page, name="articles_importrun_csv")
        map_page = self.admin_site.admin_view(self.map_csv)
        other = path("<int:pk>/map.csv", map_page, name="articles_importrun_map")
        return [own, other, *super().get_urls()]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("map")

    @method_decorator(require_safe)
    def map_csv(self, request, pk):
        """The map as a run followed it, to be edited and given back."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        run = get_object_or_404(ImportRun, pk=pk)
        answer = HttpResponse(run.map, content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="map-{pk}.csv"'
        return answer

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """The report of a run; without one the form for a small export."""
        if object_id is None and self.has_add_permission(request):
            return send_export(request, self)
        run = self.get_object(request, object_id) if object_id else None
        if not self.has_view_permission(request) or (object_id is None):
            raise PermissionDenied
        if run is None:
            raise Http404
        return desk_page(
            self,
            request,
            "import/report",
            title=f"{run.source}, {format_moment(run.began_at)}",
            run=run,
            kind=self.kind(run),
            state=self.state_now(run),
            said=_(CUT_OFF) if is_cut_off(run) or run.said == CUT_OFF else run.said,
            numbers=numbers_of(run),
            asked=asked_in_words(run),
            problems=problems_of(run),
            csv=reverse("admin:articles_importrun_csv", args=[run.pk]),
            map=run.map and reverse("admin:articles_importrun_map", args=[run.pk]),
        )

    def problems_csv(self, request, pk):
        """All that is to be told of a run, line by line."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        rows = ImportProblem.objects.filter(run=pk).order_by("pk")
        if not ImportRun.objects.filter(pk=pk).exists():
            raise Http404
        lines = rows.values_list("code", "reference", "title", "said").iterator()
        return csv_answer(_with_head(lines), f"import-{pk}.csv")


def _with_head(lines):
    yield ("problem", "id", "title", "said")
    for code, *rest in lines:
        yield (what_is(code), *rest)


# What can be asked of an import, in words.
ASKED = {
    "time_zone": gettext_lazy("Time zone of dates that name none"),
    "pictures": gettext_lazy("Folder of pictures"),
    "fetch_pictures": gettext_lazy("Pictures fetched from"),
    "section": gettext_lazy("Section of what the map sends nowhere"),
    "map": gettext_lazy("Lines of the map"),
    "credit": gettext_lazy("Credit of pictures without one"),
    "types": gettext_lazy("Kinds of item"),
    "members_as_public": gettext_lazy("What was for members only goes live too"),
    "only": gettext_lazy("Only this item"),
    "limit": gettext_lazy("At most so many items"),
}


def asked_in_words(run):
    """[(what, value)] of what was asked, but for the source, which the heading names."""
    found = [(words, run.options.get(name)) for name, words in ASKED.items()]
    return [(words, said(value)) for words, value in found if value]


def said(value):
    if isinstance(value, list):
        return ", ".join(value)
    return _("Yes") if value is True else value


def numbers_of(run):
    """[(what, how many)]: what became of the items, and what was counted."""
    words = {
        "imported": _("imported"),
        "updated": _("brought up to date"),
        "unchanged": _("unchanged"),
        "ours_stays": _("changed there and here, ours stay"),
        "refused": _("refused"),
        "left_out": _("left out"),
    }
    counts = run.counts
    outcomes = [(words.get(n, n), c) for n, c in counts.get("outcomes", {}).items()]
    states = [
        (_("imported as “%s”") % name.replace("_", " "), count)
        for name, count in counts.get("imported_as", {}).items()
    ]
    reasons = [
        (_("left out: %s") % name.replace("_", " "), count)
        for name, count in counts.get("left_out", {}).items()
    ]
    others = [(count_is(n), c) for n, c in counts.get("counts", {}).items()]
    return [*outcomes, *states, *reasons, *others]


def problems_of(run):
    """[{what, count, rows}] of a run, the most frequent first; up to EXAMPLES rows of each."""
    rows = ImportProblem.objects.filter(run=run).order_by()
    counts = rows.values_list("code").annotate(count=Count("pk")).order_by("-count", "code")
    place = Window(RowNumber(), partition_by=F("code"), order_by=F("pk").asc())
    shown = list(rows.annotate(place=place).filter(place__lte=EXAMPLES).order_by("pk"))
    posts = posts_of(run, {row.reference for row in shown if row.reference})
    by_code = {}
    for row in shown:
        row.post, both = posts.get(row.reference, ("", ""))
        row.both = both if row.code == "ours_stays" else ""
        by_code.setdefault(row.code, []).append(row)
    return [
        {"what": what_is(code), "count": count, "rows": by_code.get(code, [])}
        for code, count in counts
    ]


def posts_of(run, references):
    """{id on the other site: (address of the story's page at the desk, and of that with theirs
    beside it, if there is something to decide)}"""
    hashes = {hash_of(each): each for each in list(references)[:2_000]}
    known = ImportedStory.objects.filter(
        source=run.source, reference_hash__in=list(hashes), post__isnull=False
    )
    return {
        hashes[found]: (
            reverse("admin:articles_post_change", args=[post]),
            reverse("admin:articles_post_both", args=[pk]) if theirs else "",
        )
        for found, post, pk, theirs in known.values_list(
            "reference_hash", "post", "pk", "theirs_fingerprint"
        )
    }

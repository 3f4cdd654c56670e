"""The page on which topics or authors are merged: what each has, and which one is kept."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ....publishing.names.counts import shared_stories, with_uses
from ....publishing.names.kinds import kind_of
from ....publishing.names.merge import merge
from ....publishing.names.refusals import NameRefused
from ...desk_page import desk_page
from ...fields.pickers import RowPicker
from ...parameters import is_key

MOST_MERGED = 50
"""Rows of one merge: what a page can show."""


class MergeForm(forms.Form):
    """Which one is kept: one of those on the page, or another."""

    def __init__(self, *args, rows, kind, site, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows, self.kind = rows, kind
        most_used = max(rows, key=lambda row: (row.stories, -row.pk), default=None)
        self.fields["keep"] = forms.CharField(
            initial=str(most_used.pk) if len(rows) > 1 else None,
            required=False,
        )
        field = kind.other_names._meta.get_field(kind.key)
        self.fields["into"] = forms.ModelChoiceField(
            kind.model.objects.all(),
            required=False,
            widget=RowPicker(field, site),
            label=_("Another, which is not in this list")
            if len(rows) > 1
            else _("Merge “%s” into") % rows[0].name,
        )

    def clean(self):
        chosen = self.cleaned_data.get("into")
        key = self.cleaned_data.get("keep")
        self.kept = chosen or next((row for row in self.rows if str(row.pk) == key), None)
        if not self.errors and (self.kept is None or not self.gone()):
            raise forms.ValidationError(_("Choose which one is kept: another than the one to go."))
        return self.cleaned_data

    def gone(self):
        return [row for row in self.rows if row != self.kept]


class MergePages:
    """Mixed into the admin of topics or authors: a page for merging, and an action that leads
    there."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.merge_view)
        return [path("merge/", view, name=f"{self.page_name}_merge"), *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        may = {"may_merge": self.has_delete_permission(request)}
        return super().changelist_view(request, may | (extra_context or {}))

    @property
    def kind(self):
        return kind_of(self.model)

    @property
    def page_name(self):
        return f"articles_{self.opts.model_name}"

    def page(self, name, *args, **query):
        address = reverse(f"admin:{self.page_name}_{name}", args=args)
        return f"{address}?{urlencode(query, doseq=True)}" if query else address

    @admin.action(description=gettext_lazy("Merge…"), permissions=["delete"])
    def merge(self, request, queryset):
        keys = list(queryset.values_list("pk", flat=True)[: MOST_MERGED + 1])
        if len(keys) > MOST_MERGED:
            too_many = _("At most %d can be merged at once.") % MOST_MERGED
            self.message_user(request, too_many, messages.WARNING)
            return None
        return redirect(self.page("merge", row=keys))

    def merge_view(self, request):
        if not self.has_delete_permission(request):
            raise PermissionDenied
        data = request.POST if request.method == "POST" else request.GET
        keys = list(filter(is_key, data.getlist("row")))[:MOST_MERGED]
        rows = list(
            with_uses(
                self.kind, self.model.objects.filter(pk__in=keys), at=timezone.now()
            ).order_by("-stories", "name", "pk")
        )
        if len(rows) < len(set(keys)) or not rows:
            gone = _("What a colleague merged or deleted meanwhile is left out.")
            messages.warning(request, gone)
        if not rows:
            return redirect(self.page("changelist"))
        form = MergeForm(
            request.POST if request.method == "POST" else None,
            rows=rows,
            kind=self.kind,
            site=self.admin_site,
        )
        if request.method == "POST" and form.is_valid():
            return self.merged(request, form)
        shared = shared_stories(self.kind, [row.pk for row in rows]) if len(rows) > 1 else 0
        title = _("Merge topics") if self.kind.key == "topic" else _("Merge authors")
        context = {"title": title, "form": form, "rows": rows, "shared": shared}
        context |= {"back": self.back(request), "list_url": self.page("changelist")}
        context["media"] = self.media + form.media
        return desk_page(self, request, "names/merge", **context)

    def back(self, request):
        """The page from which somebody came, by its name."""
        data = request.POST if request.method == "POST" else request.GET
        return "doubles" if data.get("back") == "doubles" else ""

    def merged(self, request, form):
        back = redirect(self.page(self.back(request) or "changelist"))
        try:
            changes = merge(form.gone(), form.kept, by=request.user, now=timezone.now())
        except NameRefused as refusal:
            messages.error(request, str(refusal))
            return back
        stories = sum(change.stories for change in changes)
        said = ngettext(
            "Merged into “%(kept)s”, with %(count)d story: %(names)s.",
            "Merged into “%(kept)s”, with %(count)d stories: %(names)s.",
            stories,
        ) % {
            "kept": form.kept,
            "count": stories,
            "names": ", ".join(change.name for change in changes),
        }
        log = format_html('<a href="{}">{}</a>', self.page("names"), _("Look at it, or undo it"))
        messages.success(request, format_html("{} {}", said, log))
        return back

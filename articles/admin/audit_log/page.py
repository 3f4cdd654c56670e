"""The page of the log of who did what, and the same as CSV."""

import json
from itertools import chain

from django import forms
from django.contrib.auth.models import User
from django.template.response import TemplateResponse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from ...desk.audit_log.find import Asked, all_lines, kinds_in_log, log_page
from ...desk.audit_log.logged_action import kind_in_words
from ...desk.audit_log.verbs import verbs
from ...library.days import validate_day
from ...library.whole_numbers import parse_whole_number
from ..csv_answer import csv_answer


class Day(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"})
    default_validators = [validate_day]


class Person(forms.ModelChoiceField):
    def label_from_instance(self, user):
        return user.get_full_name() or user.get_username()


class LogForm(forms.Form):
    """What the log is asked. What is not valid is not asked."""

    by = Person(
        User.objects.none(),
        required=False,
        label=gettext_lazy("Who"),
        empty_label=gettext_lazy("Everybody"),
    )
    verb = forms.ChoiceField(required=False, label=gettext_lazy("What"))
    kind = forms.ChoiceField(required=False, label=gettext_lazy("Kind"))
    row = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)
    since = Day(required=False, label=gettext_lazy("From"))
    until = Day(required=False, label=gettext_lazy("To"))
    words = forms.CharField(required=False, max_length=100, label=gettext_lazy("Words"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["by"].queryset = User.objects.order_by("first_name", "username")
        kinds = sorted((kind_in_words(kind), kind) for kind in kinds_in_log())
        everything = [("", _("Everything"))]
        self.fields["kind"].choices = everything + [(kind, words) for words, kind in kinds]
        self.fields["verb"].choices = everything + sorted(
            verbs().items(), key=lambda each: each[1].casefold()
        )

    def asked(self):
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value}
        if person := given.get("by"):
            given["by"] = person.pk
        return Asked(**given)


@require_safe
def log(request, site):
    form = LogForm(request.GET)
    asked = form.asked()
    page = log_page(asked, by=request.user, before=parse_whole_number(request.GET.get("before")))
    kept = {name: value for name, value in request.GET.items() if name in form.fields and value}
    context = site.each_context(request) | {
        "title": _("Log"),
        "form": form,
        "page": page,
        "one_row": asked.kind and asked.row and next(iter(page.lines), None),
        "is_asked": bool(kept),
        "is_first": "before" not in request.GET,
        "query": urlencode(kept),
        "older": page.older and urlencode(kept | {"before": page.older}),
    }
    return TemplateResponse(request, "admin/audit_log/log.html", context)


HEAD = ("when", "who", "what", "kind", "row", "which", "changes", "note", "from where")
HEAD += ("what, in words", "kind, in words", "changes, in words")


@require_safe
def log_csv(request, site):
    """All lines that were asked for."""
    lines = all_lines(LogForm(request.GET).asked(), by=request.user)
    return csv_answer(chain([HEAD], map(_cells, lines.iterator(2_000))), "log.csv")


def _cells(line):
    changes = json.dumps(line.changes, ensure_ascii=False) if line.changes else ""
    return (
        line.at.isoformat(timespec="seconds"),
        line.who,
        line.verb,
        line.kind,
        line.row,
        line.row_name,
        changes,
        line.note,
        line.address or "",
        line.verb_words,
        line.kind_words if line.kind else "",
        "\n".join(map(_change_in_words, line.changes_in_words)),
    )


def _change_in_words(change):
    """“Status: Draft → In review”"""
    ends = [str(change[end]) for end in ("from", "to") if change.get(end) not in (None, "")]
    return f"{change['field']}: {' → '.join(ends)}" if ends else change["field"]

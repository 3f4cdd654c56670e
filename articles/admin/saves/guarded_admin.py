"""Screens on which a stale save is refused, with both versions shown."""

import json

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext as _

from .field_diff import compare_and_rebase, stored_text
from .optimistic_form import OptimisticForm, with_mixin
from .save_guard import SaveGuard


class GuardedInline:
    """Mixed into an inline: a stale save of one of its rows is refused."""

    def get_formset(self, request, obj=None, **kwargs):
        form = kwargs.get("form") or self.form
        kwargs["form"] = with_mixin(OptimisticForm, form, refuse_stale=True)
        return super().get_formset(request, obj, **kwargs)


class GuardedAdmin(SaveGuard):
    """Mixed into a ModelAdmin. What a save replaces is kept in the row's history."""

    @property
    def media(self):
        return super().media + forms.Media(css={"all": ["admin-desk/flow.css"]})

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        before = getattr(request, "sent_before", None)
        return with_mixin(OptimisticForm, form, refuse_stale=True, sent_before=before)

    def get_inline_formsets(self, request, *args, **kwargs):
        found = super().get_inline_formsets(request, *args, **kwargs)
        for each in found:
            each.inline_formset_data = _as_said(each)
        return found

    def render_change_form(self, request, context, **kwargs):
        form = context["adminform"].form
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        rows = [row for formset in formsets for row in formset.forms]
        if any(getattr(each, "stale", None) for each in (form, *rows)):
            context["stale"] = {"rows": compare_and_rebase(form, formsets)}
        return super().render_change_form(request, context, **kwargs)

    def construct_change_message(self, request, form, formsets, add=False):
        message = super().construct_change_message(request, form, formsets, add)
        if not add and isinstance(form, OptimisticForm):
            for part in message:
                if set(part) == {"changed"} and "name" not in part["changed"]:
                    part["changed"]["fields"] = replaced_values(form)
        return message


def _as_said(inline):
    """What the script of an inline reads; Django writes a name in the middle of a sentence with a
    capital."""
    read = json.loads(inline.inline_formset_data())
    words = {"verbose_name": inline.opts.verbose_name}
    read["options"]["addText"] = gettext("Add another %(verbose_name)s") % words
    return json.dumps(read)


def replaced_values(form):
    """The changed fields' names, each with the value that the save replaced."""
    return [
        _("%(field)s (before: “%(value)s”)")
        % {
            "field": capfirst(str(form.fields[name].label or name)),
            "value": stored_text(form, name),
        }
        for name in form.changed_data
        if name in form.fields
    ]

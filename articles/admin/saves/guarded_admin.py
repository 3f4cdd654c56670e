"""Rows that people edit: a stale save is refused, and both versions are shown."""

from functools import partial

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ..parameters import clean_initial
from .field_diff import compare_and_rebase, stored_text
from .optimistic_form import OptimisticForm, with_mixin
from .save_guard import SaveGuard


class GuardedInline:
    """Mixed into an inline: a row that a colleague changed is not changed over it."""

    def get_formset(self, request, obj=None, **kwargs):
        form = kwargs.get("form") or self.form
        kwargs["form"] = with_mixin(OptimisticForm, form, refuse_stale=True)
        return super().get_formset(request, obj, **kwargs)


class GuardedAdmin:
    """Mixed into a ModelAdmin: its saves pass a SaveGuard, and stale ones are refused.

    What a save replaces is kept in the row's history.
    """

    def __init__(self, *args):
        super().__init__(*args)
        self.save_guard = SaveGuard(self)

    @property
    def media(self):
        return super().media + forms.Media(css={"all": ["admin-desk/flow.css"]})

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        view = partial(super().changeform_view, request, object_id, form_url)
        return self.save_guard.changeform(view, request, object_id, extra_context)

    def get_changeform_initial_data(self, request):
        return clean_initial(self.model, super().get_changeform_initial_data(request))

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        before = getattr(request, "sent_before", None)
        return with_mixin(OptimisticForm, form, refuse_stale=True, sent_before=before)

    def get_formset_kwargs(self, request, obj, inline, prefix):
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        return self.save_guard.readd_removed_rows(kwargs, obj, inline, prefix)

    def render_change_form(self, request, context, **kwargs):
        form = context["adminform"].form
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        rows = [row for formset in formsets for row in formset.forms]
        if any(getattr(each, "stale", None) for each in (form, *rows)):
            context["stale"] = {"rows": compare_and_rebase(form, formsets)}
        return super().render_change_form(request, context, **kwargs)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        self.save_guard.note_saved(request, form.instance)

    def construct_change_message(self, request, form, formsets, add=False):
        message = super().construct_change_message(request, form, formsets, add)
        if not add and isinstance(form, OptimisticForm):
            for part in message:
                if set(part) == {"changed"} and "name" not in part["changed"]:
                    part["changed"]["fields"] = replaced_values(form)
        return message

    def log_change(self, request, obj, message):
        # A save that changed nothing is not logged.
        return super().log_change(request, obj, message) if message else None


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

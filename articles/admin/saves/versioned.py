"""Rows that people edit: a save from an older page than a colleague's is refused, both shown."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ..posts.comparison import compare, stored_text
from .safe_saves import SafeSaves
from .started_from import StartedFrom


def knowing_start(form, **named):
    """A form class that knows what it started from; `named` are attributes of it."""
    bases = (form,) if issubclass(form, StartedFrom) else (StartedFrom, form)
    return type(form)(form.__name__, bases, named)


class VersionedInline:
    """Mixed into an inline: a row that a colleague changed is not changed over it."""

    def get_formset(self, request, obj=None, **kwargs):
        kwargs["form"] = knowing_start(kwargs.get("form") or self.form, refuses_stale=True)
        return super().get_formset(request, obj, **kwargs)


class VersionedAdmin(SafeSaves):
    """Mixed into a ModelAdmin. What a save replaces is kept in the row's history."""

    @property
    def media(self):
        return super().media + forms.Media(css={"all": ["admin-desk/flow.css"]})

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        before = getattr(request, "sent_before", None)
        return knowing_start(form, refuses_stale=True, sent_before=before)

    def render_change_form(self, request, context, **kwargs):
        form = context["adminform"].form
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        forms = [form, *(each for formset in formsets for each in formset.forms)]
        if any(getattr(each, "theirs", None) for each in forms):
            context["stale"] = {
                "rows": compare(form, formsets),
            }
            for each in forms:
                if each.instance.pk is not None:
                    each.start_anew()
        return super().render_change_form(request, context, **kwargs)

    def construct_change_message(self, request, form, formsets, add=False):
        message = super().construct_change_message(request, form, formsets, add)
        if not add and isinstance(form, StartedFrom):
            for part in message:
                if set(part) == {"changed"} and "name" not in part["changed"]:
                    part["changed"]["fields"] = before_and_label(form)
        return message


def before_and_label(form):
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

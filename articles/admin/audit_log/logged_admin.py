"""What the stock admin does is logged: mixed into every model's admin by the site."""

import datetime as dt

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ...desk.audit_log.log import log_action, log_actions
from ...desk.audit_log.verbs import Verb
from ...library.site_language import in_site_language

ONE_SITTING = dt.timedelta(minutes=10)
"""While somebody writes, the page saves every few seconds: of that one line is enough."""
SECRET = ("password", "secret", "token")
"""Parts of the names of fields whose values no log holds."""


class LoggedAdmin:
    """Mixed into a ModelAdmin. Where a service logs what was done, its admin leaves it to that."""

    def construct_change_message(self, request, form, formsets, add=False):
        message = super().construct_change_message(request, form, formsets, add)
        with in_site_language():
            request.logged_changes = [*changes_of(form, add=add), *changes_of_parts(message)]
        return message

    def log_addition(self, request, obj, message):
        log_action(Verb.ADD, obj, by=request.user, changes=_changes(request, message))
        with in_site_language():
            return super().log_addition(request, obj, message)

    def log_change(self, request, obj, message):
        # A save that changed nothing is not logged.
        if message:
            note = message if isinstance(message, str) else ""
            changes = _changes(request, message)
            log_action(
                Verb.CHANGE, obj, by=request.user, changes=changes, note=note, once_in=ONE_SITTING
            )
        with in_site_language():
            return super().log_change(request, obj, message)

    def log_deletions(self, request, queryset):
        log_actions(Verb.DELETE, queryset, by=request.user)
        with in_site_language():
            return super().log_deletions(request, queryset)


def with_log(admin_class):
    """The class of an admin, with the log."""
    if issubclass(admin_class, LoggedAdmin):
        return admin_class
    return type(
        admin_class.__name__, (LoggedAdmin, admin_class), {"__module__": admin_class.__module__}
    )


def _changes(request, message):
    """What the form of this request changed; without one, the names in Django's own message."""
    if changes := request.__dict__.pop("logged_changes", None):
        return changes
    parts = message if isinstance(message, list) else []
    names = [name for part in parts for name in part.get("changed", {}).get("fields", ())]
    return [{"field": str(name)} for name in names]


def changes_of(form, *, add):
    """[{field, from, to}] of what a form changed; of secrets the name alone."""
    # Imported late: saves use forms of the writing screen, which is registered with this mixed in.
    from ..saves.field_diff import sent_text, stored_text

    changes = []
    for name in form.changed_data:
        field = form.fields.get(name)
        change = {"field": name}
        if field is not None and not is_secret(name, field):
            before = "" if add else stored_text(form, name)
            change |= {"from": before, "to": sent_text(form, name)}
        changes.append(change)
    return changes


def is_secret(name, field):
    hidden = isinstance(field.widget, forms.PasswordInput) or isinstance(field, forms.FileField)
    return hidden or any(part in name for part in SECRET)


def changes_of_parts(message):
    """The same of rows of formsets, such as the other names of a topic."""
    for part in message if isinstance(message, list) else []:
        for what, ends in (("added", ("", "to")), ("deleted", ("from", "")), ("changed", ())):
            told = part.get(what, {})
            if "name" not in told:
                continue
            name = capfirst(str(told["name"]))
            if what == "changed":
                yield {"field": _("%(kind)s “%(name)s”") % {"kind": name, "name": told["object"]}}
            else:
                yield {"field": name} | {end: told["object"] for end in ends if end}

"""Rights at desks, on the page of an account: a line for each section where they differ."""

from django.contrib import admin
from django.contrib.auth.models import Group
from django.db.models import F
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ...desk.accounts.ranks import roles_within
from ...desk.rights.desk_right import DeskRight
from ...desk.rights.may_do import rights_of
from ...library.section import Section
from ..fields.pickers import ALL_LINKS, RowPickersMixin
from ..saves.guarded_admin import GuardedInline


def roles_to_give(request):
    """{key: name} of the roles that whoever asks may give; a page asks several times."""
    if not hasattr(request, "roles_to_give"):
        request.roles_to_give = roles_within(request.user)
    return request.roles_to_give


EMPTY_LABELS = {"section": _("All other sections"), "role": _("The account's own roles")}


class DeskRightInline(GuardedInline, RowPickersMixin, admin.StackedInline):
    """Without a line an account has its roles in all sections. Who may change it may change its
    lines, and gives no role that may do more than they. Who has lines changes nobody's, nor their
    own."""

    model = DeskRight
    fields = ["section", "role"]
    extra = 0
    ordering = [F("section__position").asc(nulls_last=True), "section__name", "pk"]
    verbose_name = _("right in a section")
    verbose_name_plural = _("Rights by section; without a line its roles hold in all sections")
    hidden_links = dict.fromkeys(fields, ALL_LINKS)

    def has_view_permission(self, request, obj=None):
        # A new account has no lines yet: nobody sees an empty table.
        return obj is not None and request.user.has_perm("auth.view_user")

    def has_change_permission(self, request, obj=None):
        may_change = request.user.has_perm("auth.change_user") and not rights_of(request.user)
        return obj is not None and may_change

    has_add_permission = has_delete_permission = has_change_permission

    def get_queryset(self, request):
        # The stock one is empty: it asks for the rights without the account whose page it is.
        return DeskRight.objects.select_related("section", "role").order_by(*self.ordering)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "section":
            # Read once, not for each line.
            rows = [(section.pk, section.name) for section in Section.objects.all()]
        elif db_field.name == "role":
            roles = roles_to_give(request)
            kwargs["queryset"] = Group.objects.filter(pk__in=roles)
            rows = [(key, gettext(name)) for key, name in roles.items()]
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name in EMPTY_LABELS:
            field.choices = [("", EMPTY_LABELS[db_field.name]), *rows]
        return field

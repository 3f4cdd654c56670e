"""The admin of old addresses: searched, added and removed; never changed."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ...library.naming.old_paths import path_key, path_key_of
from ...publishing.old_addresses.edit import (
    add_old_address,
    make_old_address,
    remove_old_addresses,
    target_of,
)
from ...publishing.old_addresses.old_address import THINGS, OldAddress
from ..of_no_desk import OfNoDesk
from ..paginators import BoundedPaginator
from ..saves.guarded_admin import GuardedAdmin

KINDS = {
    "path": _("a path of this site"),
    "story": _("a story"),
    "topic": _("a topic"),
    "author": _("an author"),
    "section": _("a section"),
    "picture": _("a picture"),
}


class OldAddressForm(forms.ModelForm):
    address = forms.CharField(
        label=_("Old address"),
        max_length=500,
        help_text=_("As it was on the other site, with or without its host."),
        widget=forms.TextInput(attrs={"class": "vLargeTextField"}),
    )
    leads_to = forms.ChoiceField(label=_("Leads to"), choices=list(KINDS.items()))
    target = forms.CharField(
        label=_("Which one"),
        max_length=500,
        help_text=_(
            "A path such as /latest/; for a story its address here, such as "
            "/2016/12/13/old-bridge-opens/; for others the last part of theirs."
        ),
        widget=forms.TextInput(attrs={"class": "vLargeTextField"}),
    )

    class Meta:
        model = OldAddress
        fields = []

    def clean(self):
        data = super().clean()
        if self.errors:
            return data
        try:
            row = make_old_address(data["address"], data["leads_to"], data["target"].strip())
        except ValidationError as error:
            for field, faults in error.error_dict.items():
                self.add_error({"key": "address", "kind": "leads_to"}.get(field, field), faults)
            return data
        if OldAddress.objects.filter(key=row.key).exists():
            self.add_error("address", _("This address leads somewhere already. Remove it first."))
        for name in ("key", "path", *(f"{name}_id" for name in THINGS)):
            setattr(self.instance, name, getattr(row, name))
        return data


@admin.register(OldAddress)
class OldAddressAdmin(OfNoDesk, GuardedAdmin, admin.ModelAdmin):
    form = OldAddressForm
    fields = ["address", "leads_to", "target"]
    list_display = ["key", "leads_to", "where", "was", "source"]
    list_select_related = ["story", "topic", "author", "section", "picture"]
    list_per_page = 100
    paginator = BoundedPaginator
    show_full_result_count = False
    search_fields = ["key"]
    search_help_text = _("The beginning of an old address, or one pasted whole")

    def has_change_permission(self, request, obj=None):
        return False

    @admin.display(description=_("leads to"))
    def leads_to(self, row):
        return KINDS[row.kind]

    @admin.display(description=_("which one"))
    def where(self, row):
        return row.story if row.kind == "story" else target_of(row)

    def get_search_results(self, request, queryset, search_term):
        typed = search_term.replace("\x00", "").strip()
        if "://" in typed or typed.startswith("/?"):
            queryset = queryset.filter(key=path_key(typed))
        elif typed:
            start = path_key_of(typed if typed[:1] in "/?" else f"/{typed}")
            queryset = queryset.filter(key__startswith=start)
        return queryset, False

    def save_model(self, request, obj, form, change):
        data = form.cleaned_data
        row = add_old_address(data["address"], data["leads_to"], data["target"].strip())
        obj.pk, obj.key = row.pk, row.key
        obj._state.adding = False

    def delete_model(self, request, obj):
        remove_old_addresses([obj.pk])

    def delete_queryset(self, request, queryset):
        remove_old_addresses(queryset.values_list("pk", flat=True))

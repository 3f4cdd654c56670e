"""The admin of the words of the house."""

from django import forms
from django.contrib import admin
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ...desk.house_style.house_style import words_changed
from ...desk.house_style.house_word import HouseWord
from ...library.languages import native_name
from ..fields.languages import languages
from ..named_screens import NamedScreens
from ..of_no_desk import OfNoDesk
from ..paginators import BoundedPaginator
from ..saves.guarded_admin import GuardedAdmin


class HouseWordForm(forms.ModelForm):
    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        help_text=HouseWord._meta.get_field("language").help_text,
    )

    class Meta:
        model = HouseWord
        fields = [
            *("wrong", "is_pattern", "right", "reason"),
            *("level", "case_sensitive", "language"),
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "language" in self.fields:
            known = languages(self.instance.language or "en")
            self.fields["language"].choices = [("", _("Every language")), *known]


@admin.register(HouseWord)
class HouseWordAdmin(OfNoDesk, GuardedAdmin, NamedScreens):
    called = (_("word of the house"), _("words of the house"), _("New word"))
    form = HouseWordForm
    list_display = ["wrong", "right", "reason", "level", "language_name", "written_as"]
    list_filter = ["level", "is_pattern", "language"]
    search_fields = ["wrong", "right", "reason"]
    list_per_page = 100
    paginator = BoundedPaginator
    show_full_result_count = False

    @admin.display(description=_("language"), ordering="language")
    def language_name(self, word):
        return native_name(word.language) if word.language else _("Every language")

    @admin.display(description=_("written as"), ordering="is_pattern")
    def written_as(self, word):
        return _("a pattern") if word.is_pattern else _("words")

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        words_changed()

    @transaction.atomic
    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        words_changed()

    @transaction.atomic
    def delete_queryset(self, request, queryset):
        super().delete_queryset(request, queryset)
        words_changed()

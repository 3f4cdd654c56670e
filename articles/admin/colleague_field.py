"""Choosing a colleague in a form."""

from django import forms

from ..desk.colleagues import colleagues_who_may
from .steps.status_summary import display_name


class ColleagueField(forms.ModelChoiceField):
    """One of those who have a permission; whoever is chosen already stays to be chosen."""

    def __init__(self, permission, **options):
        self.permission = permission
        super().__init__(colleagues_who_may(permission), **options)

    def keep(self, person):
        """Let somebody stay chosen who has left or lost the permission since."""
        if person is not None:
            kept = type(person)._default_manager.filter(pk=person.pk)
            self.queryset = (colleagues_who_may(self.permission) | kept).distinct()

    def label_from_instance(self, person):
        return display_name(person)

"""The inputs of the filter form: names are typed, and some are suggested."""

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _


class SuggestingInput(forms.TextInput):
    """A text input that offers names; any other may be typed."""

    suggestions = ()

    def render(self, name, value, attrs=None, renderer=None):
        attrs = {**(attrs or {}), "list": f"{name}-names", "autocomplete": "off"}
        return super().render(name, value, attrs, renderer) + self.offered(name)

    def offered(self, name):
        """The list of suggestions, in HTML."""
        options = format_html_join(
            "", '<option value="{}">', ((each,) for each in self.suggestions)
        )
        return format_html('<datalist id="{}-names">{}</datalist>', name, options)


class SeveralInput(SuggestingInput):
    """One text input for each name that is set, and one for another, all under one name."""

    def value_from_datadict(self, data, files, name):
        return data.getlist(name)

    def render(self, name, value, attrs=None, renderer=None):
        attrs = {**(attrs or {}), "list": f"{name}-names", "autocomplete": "off"}
        inputs = []
        for place, each in enumerate([*(value or ()), ""]):
            own = dict(attrs)
            if place:
                own["id"] = f"{attrs.get('id', name)}_{place}"
                own["aria-label"] = _("Another topic")
            inputs.append(forms.TextInput().render(name, each, {**self.attrs, **own}, renderer))
        return format_html_join("", "{}", ((each,) for each in inputs)) + self.offered(name)


class NamesField(forms.Field):
    """Several short names; empty ones do not count. Gives a list of strings."""

    widget = SeveralInput
    most, longest = 8, 100

    def clean(self, value):
        names = list(dict.fromkeys(name.strip() for name in value or () if name.strip()))
        if len(names) > self.most:
            raise forms.ValidationError(
                _("Choose at most %(most)s.") % {"most": self.most}, code="too_many"
            )
        return names

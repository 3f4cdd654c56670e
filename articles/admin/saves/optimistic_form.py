"""Optimistic locking field by field: hidden inputs hold the values that the page showed.

A field that a person did not change stays as it is stored, whatever their page showed; and it
is known which fields a colleague changed since.
"""

from functools import cached_property

from django import forms
from django.contrib.auth.forms import ReadOnlyPasswordHashField
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from ...desk.rich_text.field import ProseField
from ...library.fields import WordsField

NOT_COMPARED = (forms.FileField, ReadOnlyPasswordHashField)


def with_mixin(mixin, form, **attributes):
    """A subclass of a form with this mixin, unless it has it, and these attributes."""
    bases = (form,) if issubclass(form, mixin) else (mixin, form)
    return type(form)(form.__name__, bases, attributes)


class OptimisticForm:
    """Mixed into a ModelForm. With `refuse_stale` a stale save is an error, and `stale` names the
    fields that a colleague changed. `sent_before` is the FormToken of the form's earlier save."""

    refuse_stale = False
    sent_before = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk is not None:
            for field in self.fields.values():
                if not field.disabled and not isinstance(field, NOT_COMPARED):
                    field.show_hidden_initial = True

    @cached_property
    def has_hidden_initial(self):
        """Whether the form came from a page, which sends the values that it showed."""
        prefix = self.add_initial_prefix("")
        return self.instance.pk is not None and any(name.startswith(prefix) for name in self.data)

    @cached_property
    def changed_data(self):
        """The fields that this person changed, whatever a colleague did meanwhile."""
        return [name for name in self.fields if self._is_changed(name)]

    def _is_changed(self, name):
        bound = self[name]
        if not bound.field.show_hidden_initial or self.instance.pk is None:
            return bound._has_changed()
        initial = self.initial_in_page(name) if self.has_hidden_initial else bound.initial
        return bound.field.has_changed(initial, bound.data)

    def initial_in_page(self, name):
        """The value that the page showed in a field."""
        field, bound = self.fields[name], self[name]
        sent = self._widget_data_value(field.hidden_widget(), bound.html_initial_name)
        if isinstance(field, forms.ModelChoiceField):
            # The rows' keys, and no question to the database.
            return [key for key in sent if key] if isinstance(sent, list) else sent
        try:
            return field.to_python(sent)
        except ValidationError:
            return sent

    def stale_fields(self):
        """The fields whose stored values are not those that the page showed."""
        if not self.has_hidden_initial:
            return []
        return [
            name
            for name, field in self.fields.items()
            if field.show_hidden_initial
            and field.has_changed(self.initial_in_page(name), in_hidden(field, self[name].initial))
        ]

    def clean(self):
        if self.instance.pk is not None:
            self._keep_untouched()
        cleaned = super().clean() or self.cleaned_data
        if self.sent_before and self.instance.pk is None:
            raise ValidationError(self._sent_before_error(), code="sent_before")
        self.stale = self.stale_fields() if self.refuse_stale else []
        if self.stale:
            raise ValidationError(
                _("A colleague saved this meanwhile. Nothing you typed is lost."), code="stale"
            )
        return cleaned

    def _get_validation_exclusions(self):
        # An unchanged text may exceed a limit that is newer than it.
        untouched = set(self.fields) - set(self.changed_data) if self.instance.pk else set()
        texts = (WordsField, ProseField)
        bounded = {field.name for field in self.instance._meta.fields if isinstance(field, texts)}
        return super()._get_validation_exclusions() | (untouched & bounded)

    def _keep_untouched(self):
        """Let fields that this person did not change stay as they are stored now."""
        for name in set(self.cleaned_data) - set(self.changed_data):
            if is_column(self._meta.model, name):
                self.cleaned_data[name] = getattr(self.instance, name)
            elif self.fields[name].show_hidden_initial:
                del self.cleaned_data[name]

    def _sent_before_error(self):
        opts = self._meta.model._meta
        page = reverse(
            f"admin:{opts.app_label}_{opts.model_name}_change", args=[self.sent_before.object_id]
        )
        return format_html(
            _(
                "This form was already saved with different content. Save again to add another, or "
                '<a href="{}">open the one it made</a>.'
            ),
            page,
        )

    def rebase(self):
        """Start from what is stored now: only this person's changes stay as typed.

        For a page that shows the form again, whose hidden inputs then hold the stored values.
        """
        if not self.data._mutable:
            self.data = self.data.copy()
        for name, field in self.fields.items():
            if not field.show_hidden_initial:
                continue
            bound = self[name]
            shown = in_hidden(field, bound.initial)
            if name not in self.changed_data:
                self._put(bound.html_name, field.widget, shown)
            self._put(bound.html_initial_name, field.hidden_widget(), shown)

    def _put(self, name, widget, shown):
        if isinstance(widget, forms.MultiWidget):
            for number, part in enumerate(shown):
                self.data[f"{name}_{number}"] = part
        elif isinstance(shown, list):
            self.data.setlist(name, shown)
        else:
            self.data[name] = shown


def in_hidden(field, value):
    """A value as a hidden input (or several) holds it: a text, or a list of texts."""
    widget, value = field.hidden_widget(), field.prepare_value(value)
    if isinstance(widget, forms.MultiWidget):
        parts = zip(widget.widgets, widget.decompress(value), strict=True)
        return [part_widget.format_value(part) or "" for part_widget, part in parts]
    shown = widget.format_value(value)
    if isinstance(shown, (list, tuple)):
        return [str(part) for part in shown]
    return "" if shown is None else str(shown)


def is_column(model, name):
    """Whether a form field is a column of the model's table."""
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return field.concrete and not field.many_to_many

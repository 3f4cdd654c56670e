"""The form of a post, around its blocks."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ...desk.post import Post
from ...desk.post_relations import PostAuthor
from ...desk.rights.may_do import ALL
from ...desk.translation import families_of, wrong_original
from ..fields.datetime_fields import DateTimeLocalField, DateTimeLocalInput, to_the_minute
from ..fields.languages import languages
from ..fields.pickers import preload
from ..fields.row_fields import AuthorsField, RowsPicker, TopicsField, TopicsPicker

NAMED_WITHIN = ("kicker", "headline", "standfirst")
"""Fields that say what they are where their words will stand."""


class PostForm(forms.ModelForm):
    may_add_topics = False
    own_sections = ALL
    """Those in which somebody may write, for a query."""
    only = None
    """The names of the fields that it has, if not all."""

    topics = TopicsField(
        label=_("Topics"),
        required=False,
        widget=TopicsPicker(Post._meta.get_field("topics"), admin.site),
    )
    named_authors = AuthorsField(
        label=_("Authors"),
        required=False,
        widget=RowsPicker(Post._meta.get_field("authors"), admin.site),
    )
    language = forms.ChoiceField(
        label=_("Language"), initial=Post._meta.get_field("language").default
    )

    class Meta:
        model = Post
        fields = ["headline"]  # the admin asks for the rest, by person and by state
        widgets = {
            "kicker": forms.TextInput,
            "headline": forms.Textarea(attrs={"rows": 1, "class": "one-line", "maxlength": 200}),
            "standfirst": forms.Textarea(attrs={"rows": 1}),
            "published_at": DateTimeLocalInput(),
            "change_note": forms.Textarea(attrs={"rows": 3}),
        }
        field_classes = {
            "published_at": DateTimeLocalField,
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.only is not None:
            self.fields = {name: self.fields[name] for name in self.fields if name in self.only}
        for name in NAMED_WITHIN:
            if name in self.fields:
                self.fields[name].widget.attrs["placeholder"] = self.fields[name].label
        if "language" in self.fields:
            self.fields["language"].choices = languages(self.instance.language)
        if "section" in self.fields:
            own = self.own_sections | Q(pk=self.instance.section_id)
            field = self.fields["section"]
            field.queryset = field.queryset.filter(own)
            field.error_messages["invalid_choice"] = _("You have no rights there.")
        if "translation_of" in self.fields:
            preload(self.fields["translation_of"], [self.instance.translation_of])
        if "topics" in self.fields:
            self.fields["topics"].may_add = self.may_add_topics
            preload(self.fields["topics"], self.initial.get("topics", ()))
        if "named_authors" in self.fields:
            named = []
            if self.instance.pk:
                rows = self.instance.post_authors.select_related("author")
                named = [row.author for row in rows]
            self.initial["named_authors"] = named
            preload(self.fields["named_authors"], named)

    def clean_headline(self):
        return " ".join(self.cleaned_data["headline"].split())

    def clean_published_at(self):
        return self.to_the_second("published_at")

    def clean_translation_of(self):
        original = self.cleaned_data["translation_of"]
        if original:
            family = families_of([self.instance])[self.instance.pk] if self.instance.pk else []
            if fault := wrong_original(self.instance, original, family):
                raise ValidationError(fault, code="wrong_original")
        return original

    def to_the_second(self, name):
        """A datetime as it was, with its seconds, unless another minute was chosen."""
        chosen, before = self.cleaned_data[name], getattr(self.instance, name)
        return before if to_the_minute(chosen) == to_the_minute(before) else chosen

    def _save_m2m(self):
        super()._save_m2m()
        if "named_authors" in self.changed_data:
            self.instance.post_authors.all().delete()
            PostAuthor.objects.bulk_create(
                PostAuthor(post=self.instance, author=author, position=position)
                for position, author in enumerate(self.cleaned_data["named_authors"])
            )

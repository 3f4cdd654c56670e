"""Filtering the list of all stories by topics, days, section and author."""

import django_filters as filters
from django import forms
from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext, gettext_lazy

from ...library.languages import native_name
from ...library.section import Section
from ...publishing.dates import ends, starts
from ...publishing.editions.edition import Edition
from ...publishing.editions.listing import AuthorListing, TopicListing, shortest_first
from ...publishing.editions.translations import ListLanguage
from ..navigation import other_languages, sections_of
from .filter_fields import NamesField, SuggestingInput
from .lookup import find_named, is_valid_name


class NamesFilter(filters.Filter):
    field_class = NamesField


class FilterForm(forms.Form):
    """Typed names become topics and an author; what is wrong is said beside its field.

    `topics` are those found, even when others were not; `at` is the moment the page shows.
    """

    topics, at = (), None

    def clean(self):
        super().clean()
        self._find_named(self.cleaned_data.get("topic") or [], self.cleaned_data.get("author"))
        for name in ("from", "to"):
            self._refuse_impossible(name)
        since, until = self.cleaned_data.get("from"), self.cleaned_data.get("to")
        if since and until and since > until:
            self.add_error("to", gettext("This day is before the first one."))

    def _find_named(self, topics, author):
        found, self.cleaned_data["author"] = find_named(topics, author or "", at=self.at)
        self.topics = list({topic.pk: topic for topic in found if topic}.values())
        for name, topic in zip(topics, found, strict=True):
            if topic is None:
                self.add_error("topic", gettext("There is no topic “%s”.") % name[:100])
        if author and self.cleaned_data["author"] is None:
            self.add_error("author", gettext("No author has this name."))

    def _refuse_impossible(self, name):
        day = self.cleaned_data.get(name)
        try:
            if day:
                starts(day), ends(day)
        except (ValueError, OverflowError):
            self.add_error(name, gettext("No story is that old or that new."))


def _day(label):
    return filters.DateFilter(
        label=label,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("Write the day as 2016-12-31.")},
    )


def filters_of(request, at):
    """The filters that a request's address asks for."""
    return StoryFilter(
        request.GET,
        at=at,
        sections=sections_of(request, at),
        languages=other_languages(request, at),
    )


class StoryFilter(filters.FilterSet):
    """The filters of the list of all stories; `rows` are what they let through."""

    class Meta:
        model = Edition
        fields = []
        form = FilterForm

    @classmethod
    def get_filters(cls):
        # Here rather than in the class body: `from` cannot be a name there.
        return {
            "topic": NamesFilter(label=gettext_lazy("Topic")),
            "from": _day(gettext_lazy("From")),
            "to": _day(gettext_lazy("To")),
            "section": filters.ChoiceFilter(
                label=gettext_lazy("Section"),
                empty_label=gettext_lazy("All sections"),
                error_messages={"invalid_choice": gettext_lazy("There is no such section.")},
            ),
            "author": filters.CharFilter(label=gettext_lazy("Author"), widget=SuggestingInput),
            "language": filters.ChoiceFilter(
                label=gettext_lazy("Language"),
                empty_label=native_name(settings.LANGUAGE_CODE),
                error_messages={
                    "invalid_choice": gettext_lazy("No story is told in this language.")
                },
            ),
        }

    def __init__(self, data, *, at, sections, languages):
        self.sections = {section.slug: section for section in sections}
        super().__init__(self.with_live_section(data), queryset=Edition.objects.live(at))
        self.at = at
        self.filters["section"].extra["choices"] = [
            (section.slug, section.name) for section in sections
        ]
        self.languages = languages
        self.filters["language"].extra["choices"] = [
            (code, native_name(code)) for code in languages
        ]
        self.form.at = at
        if not languages and not data.get("language"):
            del self.form.fields["language"]

    def with_live_section(self, data):
        """What was asked, with the address that a section has now in the place of a former one."""
        slug = data.get("section")
        if not slug or slug in self.sections or not is_valid_name(slug):
            return data
        section = Section.objects.with_former_slug(slug).first()
        if section is None:
            return data
        data = data.copy()
        data["section"] = section.slug
        return data

    def offer(self, names):
        """Suggest names in the inputs: {field: [name]}."""
        for field, suggested in names.items():
            self.form.fields[field].widget.suggestions = suggested

    @property
    def chosen(self):
        """What is right among the filters: {topics, since, until, section, author}."""
        self.is_valid()
        data = self.form.cleaned_data
        return {
            "topics": self.form.topics,
            "since": data.get("from"),
            "until": data.get("to"),
            "section": self.sections.get(data.get("section")),
            "author": data.get("author") or None,
        }

    @property
    def lang(self):
        self.is_valid()
        return ListLanguage(
            self.form.cleaned_data.get("language") or "", several=bool(self.languages)
        )

    def filter_queryset(self, queryset):
        """Lines or editions that pass, walked along the shortest list that holds them all."""
        chosen = self.chosen
        lists = [(TopicListing, "topic", topic) for topic in chosen["topics"]]
        if chosen["author"]:
            lists.append((AuthorListing, "author", chosen["author"]))
        lists.sort(key=shortest_first)
        rows, edition = queryset, ""
        if lists:
            listing, field, thing = lists[0]
            rows = listing.objects.live(self.at).filter(**{field: thing})
            edition = "edition__"
        for listing, field, thing in lists[1:]:
            same = listing.objects.filter(edition=OuterRef("edition"), **{field: thing})
            rows = rows.filter(Exists(same))
        if chosen["section"]:
            rows = rows.filter(**{f"{edition}section": chosen["section"]})
        if chosen["since"]:
            rows = rows.filter(published_at__gte=starts(chosen["since"]))
        if chosen["until"]:
            rows = rows.filter(published_at__lt=ends(chosen["until"]))
        return self.lang.of(rows, at=self.at, edition=edition).cards()

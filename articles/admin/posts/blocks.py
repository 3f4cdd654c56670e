"""Inlines: one per kind of block."""

from content_editor.admin import ContentEditorInline
from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...desk.blocks import BLOCK_MODELS, Caption, Embed, PullQuote, RelatedLink, Text, UnknownKind
from ...desk.rich_text.sanitiser import clean_stored
from ...desk.workflow import may_change
from ...publishing.editions.edition import Edition
from ..pickers import RowPickersMixin, format_rights, preload, thumbnail_url
from ..saves.field_diff import UNCOMPARED_FIELDS
from ..saves.optimistic_form import OptimisticForm
from .stale_save import conflict_with_oneself


class BlockForm(OptimisticForm, forms.ModelForm):
    regions = frozenset({"body"})
    has_conflict = False

    def __init__(self, *args, may_replace=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.may_replace = may_replace

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk is not None and not self.may_replace:
            self.has_conflict = bool(set(self.conflicting_fields()) - UNCOMPARED_FIELDS)
            if self.has_conflict:
                raise conflict_with_oneself()
        return cleaned

    def clean_region(self):
        region = self.cleaned_data["region"]
        if region not in self.regions:
            raise forms.ValidationError(_("A block of this kind cannot stand here."), code="region")
        return region

    def preload(self, name):
        """Give a field's picker the chosen row."""
        if name in self.fields:
            chosen = getattr(self.instance, f"{name}_id")
            preload(self.fields[name], [getattr(self.instance, name)] if chosen else [])


class BlockInline(RowPickersMixin, ContentEditorInline):
    form = BlockForm
    template = "admin/blocks/inline.html"
    formfield_overrides = {
        models.URLField: {"assume_scheme": "https", "widget": forms.URLInput},
        models.TextField: {"widget": forms.Textarea(attrs={"rows": 2})},
    }

    @property
    def regions(self):
        return sorted(self.form.regions)

    def get_queryset(self, request):
        return self.model.with_related()


class TextInline(BlockInline):
    """Rich text; rendered for those who may not change it."""

    model = Text
    icon = "notes"
    formfield_overrides = {}
    readonly_fields = ["words"]

    def get_fields(self, request, obj=None):
        allowed = self.has_change_permission(request, obj)
        allowed = allowed and (obj is None or may_change(obj, request.user))
        return ["html" if allowed else "words", "region", "ordering"]

    @admin.display(description=gettext_lazy("Text"))
    def words(self, block):
        return mark_safe(clean_stored(block.html))


class CaptionForm(BlockForm):
    """A picture; empty fields show the library's own texts."""

    regions = frozenset({"lead", "body"})

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.preload("photo")
        if self.instance.photo_id:
            for name in ("caption", "credit", "alt"):
                if name in self.fields:
                    words = getattr(self.instance.photo, name)
                    self.fields[name].widget.attrs["placeholder"] = words

    @property
    def thumbnail(self):
        return thumbnail_url(self.instance.photo) if self.instance.photo_id else ""

    @property
    def rights(self):
        return format_rights(self.instance.photo) if self.instance.photo_id else ""


class CaptionInline(BlockInline):
    model = Caption
    form = CaptionForm
    icon = "photo_camera"
    autocomplete_fields = ["photo"]
    hidden_links = {"photo": ["change", "delete"]}
    fields = ["photo", "caption", ("credit", "alt"), "region", "ordering"]


class RelatedLinkForm(BlockForm):
    """A link to another story or to an outside URL, never to both."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.preload("story")

    def clean(self):
        # Inlines exclude the parent from model validation, so its checks are repeated here.
        data = super().clean()
        story, url, title = data.get("story"), data.get("url"), data.get("title")
        if "story" in self.errors or "url" in self.errors:
            return data
        if story and (url or title):
            self.add_error(
                None, _("Choose either a story or an outside address, and empty the other.")
            )
        elif story and story.pk == self.instance.parent_id:
            self.add_error("story", _("A story cannot be related to itself. Choose another one."))
        elif not story and not url:
            self.add_error("story", _("Choose a story, or give an outside address with a title."))
        elif not story and not title:
            self.add_error("title", _("Give the outside page a title: readers will see it."))
        return data

    def _get_validation_exclusions(self):
        # `clean` has better messages than the table's constraints.
        return super()._get_validation_exclusions() | {"story", "url", "title"}

    @property
    def warning(self):
        """That readers cannot open the target, for the block's head."""
        if self.instance.story_id and not getattr(self.instance, "story_is_live", True):
            return _("Readers do not see this yet")
        return ""


class RelatedLinkInline(BlockInline):
    model = RelatedLink
    form = RelatedLinkForm
    icon = "link"
    autocomplete_fields = ["story"]
    hidden_links = {"story": ["add", "change", "delete"]}
    fields = [("label", "story"), "headline", ("url", "title"), "region", "ordering"]

    def get_queryset(self, request):
        live = Edition.objects.live(timezone.now()).filter(post=OuterRef("story"))
        return super().get_queryset(request).annotate(story_is_live=Exists(live))


class PullQuoteInline(BlockInline):
    model = PullQuote
    icon = "format_quote"


class EmbedInline(BlockInline):
    model = Embed
    icon = "open_in_new"


INLINES = {
    inline.model.kind: inline
    for inline in (TextInline, CaptionInline, RelatedLinkInline, PullQuoteInline, EmbedInline)
}


def inlines():
    """One inline for each registered kind. Raises UnknownKind for one that has none."""
    if missing := BLOCK_MODELS.keys() ^ INLINES.keys():
        raise UnknownKind(min(missing))
    return [INLINES[kind] for kind in BLOCK_MODELS]

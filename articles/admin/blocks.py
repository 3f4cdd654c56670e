"""Inlines: one per kind of block."""

from content_editor.admin import ContentEditorInline

from ..desk.blocks import KINDS, Caption, Embed, PullQuote, RelatedLink, Text, UnknownKind

WHOLE_STORY = {"lead", "body"}


class BlockInline(ContentEditorInline):
    """What the inlines of all kinds have in common."""

    regions = {"body"}

    def get_queryset(self, request):
        return self.model.with_related()


class TextInline(BlockInline):
    model = Text
    icon = "notes"


class CaptionInline(BlockInline):
    model = Caption
    icon = "photo_camera"
    regions = WHOLE_STORY


class RelatedLinkInline(BlockInline):
    model = RelatedLink
    icon = "link"
    autocomplete_fields = ["story"]


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
    """One inline per registered kind. Raises UnknownKind for a kind that cannot be edited."""
    if missing := KINDS.keys() ^ INLINES.keys():
        raise UnknownKind(min(missing))
    return [INLINES[kind] for kind in KINDS]

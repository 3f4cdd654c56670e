"""Text: paragraphs, subheads, lists and quotations."""

from django.utils.translation import gettext_lazy as _
from django_prose_editor.fields import ProseEditorField

from .. import prose
from .base import Block


class Text(Block):
    """A run of rich text."""

    kind = "text"

    html = ProseEditorField(
        _("text"), extensions=prose.EXTENSIONS, sanitize=prose.clean, blank=True
    )

    class Meta(Block.Meta):
        verbose_name = _("text")
        verbose_name_plural = _("texts")

    def summary(self):
        return prose.excerpt(self.html)

    def as_data(self):
        return {"html": prose.clean(self.html)}

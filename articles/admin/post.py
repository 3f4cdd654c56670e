"""The post's form: where stories are written."""

from content_editor.admin import ContentEditor
from django.contrib import admin
from js_asset import Media

from ..desk.post import Post
from .blocks import inlines
from .change_list import ChangeListMixin
from .preview import PreviewMixin
from .saving import SavingMixin
from .workflow import WorkflowMixin


@admin.register(Post)
class PostAdmin(WorkflowMixin, SavingMixin, PreviewMixin, ChangeListMixin, ContentEditor):
    """Stories as editors write them."""

    inlines = inlines()
    search_fields = ["headline"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("section")

    def render_change_form(self, request, context, **kwargs):
        response = super().render_change_form(request, context, **kwargs)
        # The import map is an inline script: without the nonce both editors die silently.
        media = Media.from_media(response.context_data["media"], nonce=request.csp_nonce)
        response.context_data["media"] = media
        return response

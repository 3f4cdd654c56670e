"""The post's form: where stories are written."""

from content_editor.admin import ContentEditor
from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from js_asset import Media, Script

from ...desk.post import Post
from ..pickers import RowPicker
from ..saves.safe_saves import SafeSaves
from ..steps.step_buttons import WorkflowMixin
from .blocks import inlines
from .change_list import ChangeListMixin
from .post_form import PostForm
from .preview import PreviewMixin
from .saving import SavingMixin


class WritingScreen(ContentEditor):
    """The content editor as our desk uses it."""

    def save_related(self, request, form, formsets, change):
        # The content editor's own would clone any block into its old story, whoever asks.
        admin.ModelAdmin.save_related(self, request, form, formsets, change)

    def render_change_form(self, request, context, **kwargs):
        # A newsroom writes one story at a time; the room is for what can be done with this one.
        context["show_save_and_add_another"] = False
        response = super().render_change_form(request, context, **kwargs)
        # The import map is an inline script: without the nonce both editors die silently.
        media = Media.from_media(response.context_data["media"], nonce=request.csp_nonce)
        response.context_data["media"] = media
        return response


@admin.register(Post)
class PostAdmin(
    SafeSaves, WorkflowMixin, SavingMixin, PreviewMixin, ChangeListMixin, WritingScreen
):
    """Stories as editors write them."""

    form = PostForm
    inlines = inlines()
    search_fields = ["headline"]

    class Media:
        css = {"all": ["admin-desk/writing.css"]}
        js = [
            "admin/js/jquery.init.js",
            "admin/js/autocomplete.js",
            "admin-desk/pickers.js",
            Script("admin-desk/writing.js", type="module"),
        ]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("section", "translation_of")

    def get_fieldsets(self, request, obj=None):
        """The words first; then, for the sidebar, what is said about them."""
        sets = [
            (None, {"fields": ["kicker", "headline", "standfirst"], "classes": ["words"]}),
            (_("Story"), {"fields": ["section", "named_authors", "byline", "topics"]}),
            (_("Dates"), {"fields": ["published_at", "embargo_until", "embargo_note"]}),
            (_("Address"), {"fields": ["slug", "language", "translation_of"]}),
        ]
        if obj and obj.published_version is not None:
            told = (_("What readers are told"), {"fields": ["change_kind", "change_note"]})
            sets.insert(1, told)
        return sets

    def get_readonly_fields(self, request, obj=None):
        """Moments that decide what readers see are for those who may publish."""
        fields = list(super().get_readonly_fields(request, obj))
        if not request.user.has_perm("articles.publish_post"):
            fields += ["published_at", "embargo_until", "embargo_note"]
        return fields

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.may_add_topics = request.user.has_perm("articles.add_topic")
        return form

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name in PostForm.Meta.widgets:
            kwargs["widget"] = PostForm.Meta.widgets[db_field.name]
        if db_field.name in PostForm.Meta.field_classes:
            kwargs["form_class"] = PostForm.Meta.field_classes[db_field.name]
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name in ("section", "translation_of"):
            for power in ("add", "change", "delete", "view"):
                setattr(field.widget, f"can_{power}_related", False)
        return field

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "translation_of":
            kwargs["widget"] = RowPicker(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

"""The admin of posts."""

from content_editor.admin import ContentEditor
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from js_asset import Media, Script

from ...desk.optimistic_lock import claim_save
from ...desk.post import Post
from ...desk.workflow import FIELDS_FOR_PUBLISHERS, may_change, may_set_dates
from ...publishing.steps.checkpoint import keep
from ..pickers import ALL_LINKS, SCRIPTS, RowPickersMixin
from ..saves.save_guard import SaveGuard
from ..steps.hold_messages import hold_and_warn, warn_embargo_too_late
from ..steps.step_panel import StepPanel
from .blocks import inlines
from .change_list import PostList
from .history import HistoryPages
from .post_form import PostForm
from .previews import PreviewPages
from .stale_save import StaleSaves


@admin.register(Post)
class PostAdmin(
    StepPanel,
    HistoryPages,
    PreviewPages,
    PostList,
    StaleSaves,
    SaveGuard,
    RowPickersMixin,
    ContentEditor,
):
    form = PostForm
    inlines = inlines()
    autocomplete_fields = ["translation_of"]
    hidden_links = {"section": ALL_LINKS, "translation_of": ALL_LINKS}

    class Media:
        css = {"all": ["admin-desk/writing.css", "admin-desk/flow.css"]}
        js = [*SCRIPTS, Script("admin-desk/writing.js", type="module")]

    def has_change_permission(self, request, obj=None):
        # A new story belongs to no colleague.
        if obj is None or obj.pk is None:
            return super().has_change_permission(request)
        return may_change(obj, request.user)

    def post_or_404(self, request, object_id):
        """The post, for a page beside its form. Raises Http404 or PermissionDenied."""
        post = self.get_object(request, unquote(object_id))
        if not self.has_view_or_change_permission(request, post):
            raise PermissionDenied
        if post is None:
            raise Http404
        return post

    def delete_view(self, request, object_id, extra_context=None):
        post = self.get_object(request, object_id)
        has_past = post and (post.transitions.exists() or post.editions.exists())
        if has_past and self.has_delete_permission(request, post):
            why = _("“%s” has a history, so it is kept. Withdraw it to take it off the site.")
            messages.error(request, why % post)
            return redirect("admin:articles_post_change", post.pk)
        return super().delete_view(request, object_id, extra_context)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("section", "translation_of")

    def get_fieldsets(self, request, obj=None):
        """The texts first, then the metadata, which the sidebar shows."""
        sets = [
            (None, {"fields": ["kicker", "headline", "standfirst"], "classes": ["words"]}),
            (_("Story"), {"fields": ["section", "named_authors", "byline", "topics"]}),
            (_("Dates"), {"fields": FIELDS_FOR_PUBLISHERS}),
            (_("Address"), {"fields": ["slug", "language", "translation_of"]}),
        ]
        if obj and obj.published_version is not None:
            change = (_("What readers are told"), {"fields": ["change_kind", "change_note"]})
            sets.insert(1, change)
        return sets

    def get_readonly_fields(self, request, obj=None):
        return () if may_set_dates(request.user) else FIELDS_FOR_PUBLISHERS

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.may_add_topics = request.user.has_perm("articles.add_topic")
        return form

    def render_change_form(self, request, context, **kwargs):
        # A newsroom writes one story at a time.
        context["show_save_and_add_another"] = False
        response = super().render_change_form(request, context, **kwargs)
        # The import map is an inline script: without the nonce both editors die silently.
        media = Media.from_media(response.context_data["media"], nonce=request.csp_nonce)
        response.context_data["media"] = media
        return response

    def save_model(self, request, obj, form, change):
        # A change is written in save_related, where it is known whether anything changed.
        if not change:
            obj.created_by = obj.saved_by = request.user
            super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        post = form.instance
        if change and (form.has_changed() or any(formset.has_changed() for formset in formsets)):
            # No save destroys the version before it, not even one's own.
            keep(post)
            claim_save(post, started_from=form.started_from, by=request.user)
            super().save_model(request, post, form, change)
        # Bypass the content editor's own, which clones any block without checking permissions.
        admin.ModelAdmin.save_related(self, request, form, formsets, change)
        self.note_saved(request, post)
        if change:
            hold_and_warn(request, post=post)
        if change and "embargo_until" in form.changed_data:
            warn_embargo_too_late(request, post)

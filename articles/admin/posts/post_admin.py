"""The admin of posts."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from ...desk.post import Post
from ...desk.rights.may_do import at_desks, may_do, may_somewhere
from ...desk.steps_table import ADD, WRITE
from ...desk.workflow import FIELDS_FOR_PUBLISHERS, may_change, may_set_dates
from ...publishing.editions.reader_notes import CHANGE
from ...publishing.steps.deleting import deletion_refusal
from ..fields.pickers import ALL_LINKS, RowPickersMixin
from ..notes.note_pages import NotePages
from ..previews.share_pages import SharePages
from ..steps.approval_summary import has_link_approvals
from ..steps.step_pages import StepPages
from ..writing.screen import WritingScreen
from .change_list import PostList
from .history.pages import HistoryPages
from .post_form import PostForm
from .previews import PreviewPages


@admin.register(Post)
class PostAdmin(
    StepPages,
    NotePages,
    SharePages,
    HistoryPages,
    PreviewPages,
    PostList,
    WritingScreen,
    RowPickersMixin,
    admin.ModelAdmin,
):
    form = PostForm
    autocomplete_fields = ["translation_of"]
    hidden_links = {"section": ALL_LINKS, "translation_of": ALL_LINKS}

    def has_change_permission(self, request, obj=None):
        # A new story belongs to no colleague.
        if obj is None or obj.pk is None:
            return super().has_change_permission(request)
        return may_change(obj, request.user)

    def has_add_permission(self, request):
        return may_somewhere(request.user, ADD)

    def has_delete_permission(self, request, obj=None):
        if obj is None:
            return super().has_delete_permission(request)
        return may_do(request.user, "articles.delete_post", obj)

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
        may_delete = post and self.has_delete_permission(request, post)
        if why := may_delete and deletion_refusal(post):
            messages.error(request, why)
            return redirect("admin:articles_post_change", post.pk)
        return super().delete_view(request, object_id, extra_context)

    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .select_related("section", "translation_of", "plan__assigned_to", "saved_by")
            .annotate(has_link_approvals=has_link_approvals())
        )

    def get_fieldsets(self, request, obj=None):
        """The texts first, then the metadata, which the sidebar shows."""
        sets = [
            (None, {"fields": ["kicker", "headline", "standfirst"], "classes": ["words"]}),
            (_("Story"), {"fields": ["section", "named_authors", "byline", "topics"]}),
            (_("Dates"), {"fields": FIELDS_FOR_PUBLISHERS}),
            (_("Address"), {"fields": ["slug", "language", "translation_of"]}),
        ]
        if obj and obj.published_version is not None:
            sets.insert(1, (_("What readers are told"), {"fields": list(CHANGE)}))
        return sets

    def get_readonly_fields(self, request, obj=None):
        return () if may_set_dates(request.user, obj) else FIELDS_FOR_PUBLISHERS

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.own_sections = at_desks(request.user, WRITE, "pk")
        form.may_add_topics = request.user.has_perm("articles.add_topic")
        return form

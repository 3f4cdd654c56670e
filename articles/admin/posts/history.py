"""A post's history: transitions, editions, and checkpoints that can be restored."""

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ...desk.optimistic_lock import Stale
from ...publishing.dates import FOREVER
from ...publishing.editions.packing import WORDS
from ...publishing.steps.restore import apply_document, may_restore, restore
from ..datetime_fields import format_moment
from ..desk_page import desk_page
from ..steps.status_summary import display_name
from .previews import preview_response, unsaved_edition
from .stale_save import seen_version

MAX_ROWS = 200
"""Of each list on the history page, the newest."""


class HistoryPages:
    """Mixed into the PostAdmin: a post's history, and pages to see or restore a version."""

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path(
                "<path:object_id>/restore/<slug:kind>/<int:number>/",
                view(self.restore_view),
                name="articles_post_restore",
            ),
            path(
                "<path:object_id>/copy/<int:number>/",
                view(self.copy_view),
                name="articles_post_copy",
            ),
            *super().get_urls(),
        ]

    def history_view(self, request, object_id, extra_context=None):
        post = self.post_or_404(request, object_id)
        context = {"forever": FOREVER}
        if request.user.has_perm("articles.view_transition"):
            context["log"] = post.transitions.select_related("by")[:MAX_ROWS]
        if request.user.has_perm("articles.view_edition"):
            editions = post.editions.defer(*WORDS).select_related("made_by")
            copies = post.checkpoints.defer("document").select_related("saved_by")
            context["editions"] = editions.order_by("-number")[:MAX_ROWS]
            context["copies"] = copies.order_by("-version")[:MAX_ROWS]
            context["may_restore"] = may_restore(post, request.user)
        return super().history_view(request, object_id, context | (extra_context or {}))

    @method_decorator(require_safe)
    def copy_view(self, request, object_id, number):
        """A checkpoint as it would look on the site."""
        post = self.post_or_404(request, object_id)
        document = self.stored_or_404(request, post, "copy", number).document
        apply_document(post, document)
        return preview_response(request, unsaved_edition(post, timezone.now(), document))

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def restore_view(self, request, object_id, kind, number):
        """Ask whether to restore an edition or a checkpoint to the desk, then do it."""
        post = self.post_or_404(request, object_id)
        if not may_restore(post, request.user):
            raise PermissionDenied(_("You may not change this story now."))
        stored = self.stored_or_404(request, post, kind, number)
        if request.method == "POST":
            return self._restore(request, post, stored)
        return desk_page(
            self,
            request,
            "post/restore",
            title=_("Restore to the desk"),
            subtitle=str(post),
            post=post,
            kind=kind,
            number=number,
            saved=format_moment(post.saved_at),
            saved_by=display_name(post.saved_by),
        )

    def stored_or_404(self, request, post, kind, number):
        """The edition or checkpoint with this number, for those who may see editions."""
        if not request.user.has_perm("articles.view_edition"):
            raise Http404
        if kind == "edition":
            return get_object_or_404(post.editions, number=number)
        if kind == "copy":
            return get_object_or_404(post.checkpoints, version=number)
        raise Http404

    def _restore(self, request, post, stored):
        try:
            restore(stored, by=request.user, started_from=seen_version(request))
        except Stale:
            messages.error(request, _("A colleague saved this story meanwhile. Look at it first."))
        except ObjectDoesNotExist:
            messages.error(
                request,
                _("A photo, a story or an author that these words name is gone. Nothing changed."),
            )
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(
                request,
                _("Restored to the desk. Readers see nothing of it until you publish it."),
            )
        return redirect("admin:articles_post_change", post.pk)

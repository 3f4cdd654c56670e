"""Earlier words of a post: looked at, and put back on the desk."""

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ...desk.saving import Stale
from ...publishing.steps.checkpoint import Checkpoint
from ...publishing.steps.restore import apply_document, may_restore, restore
from ..datetime_fields import said
from ..steps.status_summary import name_of
from .preview import as_edition, shown
from .saving import SEEN, number_in

GREATEST = 2**31 - 1


def kept_copies(post):
    """The kept desk copies of a post, newest first."""
    rows = post.checkpoints.select_related("saved_by").defer("document")
    return rows.order_by("-version")[:200]


class RestoringMixin:
    """Pages beside the post's form: a kept desk copy, and the question whether to restore."""

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path(
                "<path:object_id>/restore/<slug:kind>/<int:number>/",
                view(self.restore_view),
                name="articles_post_restore",
            ),
            path("<path:object_id>/copy/<int:number>/", view(self.copy), name="articles_post_copy"),
            *super().get_urls(),
        ]

    @method_decorator(require_safe)
    def copy(self, request, object_id, number):
        """A kept desk copy, as it would look on the site."""
        now = timezone.now()
        post = self.post_or_404(request, object_id)
        document = self.kept_or_404(request, post, "copy", number).document
        apply_document(post, document)
        return shown(request, as_edition(post, now, document), at=now)

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def restore_view(self, request, object_id, kind, number):
        """Ask whether an edition or a kept copy is to go back to the desk; then do it."""
        post = self.post_or_404(request, object_id)
        if not may_restore(post, request.user):
            raise PermissionDenied(_("You may not change this story now."))
        kept = self.kept_or_404(request, post, kind, number)
        if request.method == "POST":
            return self._restore(request, post, kept)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Restore to the desk"),
            "subtitle": str(post),
            "opts": self.opts,
            "media": self.media,
            "post": post,
            "kind": kind,
            "number": number,
            "saved": said(post.saved_at),
            "saved_by": name_of(post.saved_by) if post.saved_by else _("a command"),
        }
        return TemplateResponse(request, "admin/articles/post/restore.html", context)

    def kept_or_404(self, request, post, kind, number):
        """The edition or the kept copy with this number, to those who may see editions."""
        if number > GREATEST or not request.user.has_perm("articles.view_edition"):
            raise Http404
        if kind == "edition":
            return get_object_or_404(post.editions, number=number)
        if kind == "copy":
            return get_object_or_404(Checkpoint, post=post, version=number)
        raise Http404

    def _restore(self, request, post, kept):
        try:
            restore(kept, by=request.user, started_from=number_in(request.POST.get(SEEN, "")))
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
        return HttpResponseRedirect(self.address_after_step(request, post))

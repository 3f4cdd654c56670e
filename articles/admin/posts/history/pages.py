"""The pages of a post's history: the line of time; looking at, comparing, naming and restoring."""

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ....desk.optimistic_lock import Stale
from ....library.whole_numbers import INTEGER_DIGITS, parse_whole_number
from ....publishing.editions.put_back import FIELDS, NothingToPutBack
from ....publishing.editions.unsaved import unsaved_edition
from ....publishing.steps.checkpoint import Checkpoint
from ....publishing.steps.restore import apply_document, may_restore, restore, restore_piece
from ...desk_page import desk_page
from ...fields.datetime_fields import format_moment
from ...keep_private import keep_private
from ...parameters import seen_version
from ...steps.status_summary import display_name
from ..previews import preview_response
from .both_sides_page import both_sides
from .comparison import compare
from .timeline import PAGE_SIZE, tell_changes, timeline
from .versions import NOW, find_version

NAME = Checkpoint._meta.get_field("name")


class HistoryPages:
    """Mixed into the PostAdmin: a post's history, and pages to see or restore a version."""

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path(
                "both-sides/<int:pk>/",
                view(lambda request, pk: both_sides(request, self, pk)),
                name="articles_post_both",
            ),
            path(
                "<path:object_id>/restore/<slug:kind>/<int:number>/",
                view(self.restore_view),
                name="articles_post_restore",
            ),
            path(
                "<path:object_id>/put-back/<slug:kind>/<int:number>/",
                view(self.put_back_view),
                name="articles_post_putback",
            ),
            path(
                "<path:object_id>/copy/<int:number>/",
                view(self.copy_view),
                name="articles_post_copy",
            ),
            path(
                "<path:object_id>/compare/", view(self.compare_view), name="articles_post_compare"
            ),
            path(
                "<path:object_id>/name-revision/",
                view(self.name_view),
                name="articles_post_name",
            ),
            *super().get_urls(),
        ]

    @method_decorator(require_safe)
    def history_view(self, request, object_id, extra_context=None):
        """The line of time."""
        post = self.post_or_404(request, object_id)
        entries = timeline(post, user=request.user)
        page = Paginator(entries, PAGE_SIZE).get_page(request.GET.get("page"))
        tell_changes(page)
        versions = [entry.version for entry in page if entry.version]
        return desk_page(
            self,
            request,
            "post/object_history",
            title=_("History"),
            subtitle=str(post),
            post=post,
            page=page,
            may_compare=sum(entry.version is not None for entry in entries) > 1,
            newest=versions[0].key if versions else "",
            second=versions[1].key if len(versions) > 1 else "",
            may_restore=may_restore(post, request.user),
            name_length=NAME.max_length,
            **(extra_context or {}),
        )

    @method_decorator(require_safe)
    def compare_view(self, request, object_id):
        """Two versions on the page as it looks, with what changed marked."""
        post = self.post_or_404(request, object_id)
        if not request.user.has_perm("articles.view_edition"):
            raise Http404
        older, newer = (
            find_version(post, request.GET.get(name, NOW)) for name in ("older", "newer")
        )
        page = TemplateResponse(
            request,
            "admin/articles/post/compare.html",
            {
                **self.admin_site.each_context(request),
                "post": post,
                "older": older,
                "newer": newer,
                "comparison": compare(older, newer),
                "may_restore": may_restore(post, request.user) and older.kind != NOW,
                "unfolded": "unfolded" in request.GET,
                "compared_at": timezone.now(),
            },
        )
        return keep_private(page)

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def put_back_view(self, request, object_id, kind, number):
        """Put one part of an edition or a revision back into the desk copy."""
        post = self.post_to_restore(request, object_id)
        stored = self.stored_or_404(request, post, kind, number)
        if request.method != "POST":
            return redirect("admin:articles_post_history", post.pk)
        part = request.POST.get("part", "")
        place = part if part in FIELDS else parse_whole_number(part, max_digits=INTEGER_DIGITS)
        try:
            self._try(
                request,
                lambda seen: restore_piece(stored, place, by=request.user, started_from=seen),
                _("Put back on the desk. Readers see nothing of it until you publish it."),
            )
        except NothingToPutBack as nothing:
            messages.info(request, str(nothing))
        compare_url = reverse("admin:articles_post_compare", args=[post.pk])
        return redirect(f"{compare_url}?older={kind}-{number}&newer={NOW}")

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def name_view(self, request, object_id):
        """Give a revision a name, or take it away."""
        post = self.post_to_restore(request, object_id)
        if request.method == "POST":
            number = parse_whole_number(request.POST.get("revision"), max_digits=INTEGER_DIGITS)
            revision = self.stored_or_404(request, post, "copy", number)
            try:
                name = request.POST.get(f"name-{number}", "").strip()
                revision.name = NAME.clean(name, revision)
            except ValidationError as error:
                messages.error(request, " ".join(error.messages))
            else:
                revision.save(update_fields=["name"])
                said = _("The revision has a name now, and stays for as long as the story.")
                messages.success(request, said if revision.name else _("The name is gone."))
        return redirect("admin:articles_post_history", post.pk)

    @method_decorator(require_safe)
    def copy_view(self, request, object_id, number):
        """A revision as it would look on the site."""
        post = self.post_or_404(request, object_id)
        document = self.stored_or_404(request, post, "copy", number).document
        apply_document(post, document)
        return preview_response(request, unsaved_edition(post, timezone.now(), document))

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def restore_view(self, request, object_id, kind, number):
        """Ask whether to restore an edition or a revision to the desk, then do it."""
        post = self.post_to_restore(request, object_id)
        stored = self.stored_or_404(request, post, kind, number)
        if request.method == "POST":
            self._try(
                request,
                lambda seen: restore(stored, by=request.user, started_from=seen),
                _("Restored to the desk. Readers see nothing of it until you publish it."),
            )
            return redirect("admin:articles_post_change", post.pk)
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

    def post_to_restore(self, request, object_id):
        """The post, for those who may replace its words. Raises Http404 or PermissionDenied."""
        post = self.post_or_404(request, object_id)
        if not may_restore(post, request.user):
            raise PermissionDenied(_("You may not change this story now."))
        return post

    def stored_or_404(self, request, post, kind, number):
        """The edition or revision with this number, for those who may see editions."""
        if not request.user.has_perm("articles.view_edition"):
            raise Http404
        if kind == "edition":
            return get_object_or_404(post.editions, number=number)
        if kind == "copy":
            return get_object_or_404(post.checkpoints, version=number)
        raise Http404

    def _try(self, request, write, done):
        """Call `write` with the version that the person saw, and say what came of it."""
        try:
            write(seen_version(request))
        except Stale:
            messages.error(request, _("A colleague saved this story meanwhile. Look at it first."))
        except ObjectDoesNotExist:
            messages.error(
                request,
                _("A picture, story or author that these words name is gone. Nothing changed."),
            )
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, done)

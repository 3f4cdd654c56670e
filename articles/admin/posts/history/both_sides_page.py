"""A story that changed there and here: theirs and ours on one page, and which is to stay."""

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ....desk.optimistic_lock import Stale
from ....desk.rights.may_do import may_do, may_somewhere
from ....importing.both_sides import Settled, keep_ours, take_theirs, theirs_of
from ....importing.import_run import IMPORT
from ....importing.imported_story import ImportedStory
from ....importing.moments import as_moment
from ....publishing.steps.restore import may_restore
from ...parameters import seen_version
from .comparison import compare
from .versions import Version


@require_http_methods(["GET", "HEAD", "POST"])
def both_sides(request, post_admin, pk):
    """GET: the two. POST: `keep` ours, or `take` theirs into the draft."""
    if not may_somewhere(request.user, IMPORT):
        raise PermissionDenied
    known = get_object_or_404(ImportedStory.objects.select_related("post__section"), pk=pk)
    if known.post is None:
        raise Http404
    if not may_do(request.user, IMPORT, known.post):
        raise PermissionDenied
    if request.method == "POST":
        answer(request, known)
        return redirect("admin:articles_post_change", known.post_id)
    if not known.theirs:
        messages.info(request, _("Nothing is left to decide about this story."))
        return redirect("admin:articles_post_change", known.post_id)
    theirs = theirs_of(known, known.post)
    context = post_admin.admin_site.each_context(request) | {
        "post": known.post,
        "known": known,
        "saved_there": as_moment(known.theirs["saved_at"]),
        "missing": theirs.missing,
        "comparison": compare(Version(known.post, known.post), theirs),
        "may_take": may_restore(known.post, request.user),
        "unfolded": "unfolded" in request.GET,
    }
    return TemplateResponse(request, "admin/articles/import/both_sides.html", context)


def answer(request, known):
    """Do what was chosen, and say what came of it."""
    seen = request.POST.get("seen_theirs", "")
    try:
        if "take" in request.POST:
            started_from = seen_version(request)
            take_theirs(known, seen=seen, started_from=started_from, by=request.user)
            done = _("Theirs is in the draft. Readers see nothing of it until you publish it.")
        else:
            keep_ours(known, seen=seen, by=request.user)
            done = _("Ours stays. It is named again when it changes there again.")
    except Settled as settled:
        messages.error(request, str(settled))
    except Stale:
        messages.error(request, _("A colleague saved this story meanwhile. Look at it first."))
    except ObjectDoesNotExist:
        messages.error(request, _("What these words name is gone. Nothing changed."))
    else:
        messages.success(request, done)

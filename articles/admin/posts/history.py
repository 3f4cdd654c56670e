"""A post's history: the desk's log and the editions, beside Django's own list of saves."""

from ...publishing.dates import FOREVER
from ...publishing.editions.edition import Edition
from ...publishing.steps.restore import may_restore
from .restore import kept_copies


class HistoryMixin:
    """Adds to the stock history page what this person may see of the log and the editions."""

    def history_view(self, request, object_id, extra_context=None):
        post = self.post_or_404(request, object_id)
        context = {"forever": FOREVER}
        if request.user.has_perm("articles.view_transition"):
            context["log"] = post.transitions.select_related("by")[:200]
        if request.user.has_perm("articles.view_edition"):
            editions = Edition.objects.filter(post=post).defer("document", "body")
            context["editions"] = editions.select_related("made_by").order_by("-number")[:200]
            context["copies"] = kept_copies(post)
            context["may_restore"] = may_restore(post, request.user)
        return super().history_view(request, object_id, context | (extra_context or {}))

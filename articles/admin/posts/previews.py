"""Previews: a post as readers would see it, and its editions as they saw them."""

from csp.constants import SELF
from csp.decorators import csp_replace
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from ...public.pages.story.page import preview_page
from ...public.pages.story.query import with_topics
from ...publishing.editions.edition import Edition
from ...publishing.editions.unsaved import unsaved_edition
from ..keep_private import keep_private
from .unsaved_preview import edition_on_screen

# The writing screen shows the preview beside the text.
framed_by_the_desk = csp_replace({"frame-ancestors": [SELF]})


class PreviewPages:
    """Mixed into the PostAdmin: pages that show a post as the site would."""

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path(
                "<path:object_id>/preview/",
                framed_by_the_desk(view(self.preview_view)),
                name="articles_post_preview",
            ),
            path(
                "<int:key>/preview/unsaved/",
                view(self.unsaved_preview_view),
                name="articles_post_unsaved",
            ),
            path(
                "<path:object_id>/edition/<int:number>/",
                view(self.edition_view),
                name="articles_post_edition",
            ),
            *super().get_urls(),
        ]

    @method_decorator([require_safe, xframe_options_sameorigin])
    def preview_view(self, request, object_id):
        """The desk copy as if it were published now."""
        post = self.post_or_404(request, object_id)
        return preview_response(request, unsaved_edition(post, timezone.now()))

    @method_decorator(require_POST)
    def unsaved_preview_view(self, request, key):
        """What stands on the writing screen, as if it were published now."""
        post = self.post_or_404(request, str(key))
        return preview_response(request, edition_on_screen(self, request, post))

    @method_decorator(require_safe)
    def edition_view(self, request, object_id, number):
        """An edition as readers saw it, or are to see it."""
        post = self.post_or_404(request, object_id)
        if not request.user.has_perm("articles.view_edition"):
            raise Http404
        editions = with_topics(Edition.objects.select_related("section"))
        edition = get_object_or_404(editions, post=post, number=number)
        return preview_response(request, edition)


def preview_response(request, edition):
    """The site's own story page with a banner, kept out of caches and search engines."""
    at = max(edition.live_from, edition.made_at)
    return keep_private(preview_page(request, edition, at=at))

"""Previews: a post as readers would see it, and its editions as they saw them."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ...library.section import Section
from ...public.pages.story.page import preview_page
from ...public.pages.story.query import with_topics
from ...publishing.editions.document import Parts, compose
from ...publishing.editions.edition import Edition
from ...publishing.editions.freeze import freeze
from ..keep_private import keep_private


class PreviewPages:
    """Mixed into the PostAdmin: pages that show a post as the site would."""

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path(
                "<path:object_id>/preview/", view(self.preview_view), name="articles_post_preview"
            ),
            path(
                "<path:object_id>/edition/<int:number>/",
                view(self.edition_view),
                name="articles_post_edition",
            ),
            *super().get_urls(),
        ]

    @method_decorator(require_safe)
    def preview_view(self, request, object_id):
        """The desk copy as if it were published now."""
        post = self.post_or_404(request, object_id)
        return preview_response(request, unsaved_edition(post, timezone.now()))

    @method_decorator(require_safe)
    def edition_view(self, request, object_id, number):
        """An edition as readers saw it, or are to see it."""
        post = self.post_or_404(request, object_id)
        if not request.user.has_perm("articles.view_edition"):
            raise Http404
        editions = with_topics(Edition.objects.select_related("section"))
        edition = get_object_or_404(editions, post=post, number=number)
        return preview_response(request, edition)


def unsaved_edition(post, now, document=None):
    """An unsaved edition of a post or of one of its documents, whatever is missing in it."""
    before = post.editions.order_by("-number").first()
    edition = freeze(
        post,
        document or compose(post, Parts([post])),
        number=before.number + 1 if before else 1,
        live_from=now,
        now=now,
        before=before,
    )
    edition.headline = edition.headline or _("(no headline yet)")
    edition.slug = edition.slug or "preview"
    if edition.section_id is None:
        edition.section = Section(name=_("(no section yet)"), slug="preview")
    return edition


def preview_response(request, edition):
    """The site's own story page with a banner, kept out of caches and search engines."""
    at = max(edition.live_from, edition.made_at)
    return keep_private(preview_page(request, edition, at=at))

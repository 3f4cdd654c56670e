"""Previews: a post as readers would see it, and as they saw it."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ...library.section import Section
from ...public.pages.story import page_of, with_topics
from ...publishing.editions.document import Parts, compose
from ...publishing.editions.edition import Edition
from ...publishing.editions.freeze import freeze


class PreviewMixin:
    """Pages beside the post's form that show it as the site would, to those who may see it."""

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("<path:object_id>/preview/", view(self.preview), name="articles_post_preview"),
            path(
                "<path:object_id>/edition/<int:number>/",
                view(self.edition),
                name="articles_post_edition",
            ),
            *super().get_urls(),
        ]

    def render_change_form(self, request, context, obj=None, **kwargs):
        if obj is not None:
            context["preview_url"] = self.preview_address(obj)
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def preview_address(self, post):
        """Where the desk copy of a post is shown as readers would see it."""
        return reverse(f"{self.admin_site.name}:articles_post_preview", args=[post.pk])

    @method_decorator(require_safe)
    def preview(self, request, object_id):
        """The desk copy, as it would look if it were published now."""
        now = timezone.now()
        post = self.post_or_404(request, object_id)
        return shown(request, as_edition(post, now), at=now)

    @method_decorator(require_safe)
    def edition(self, request, object_id, number):
        """An edition of the post, as readers saw it (or are to see it)."""
        post = self.post_or_404(request, object_id)
        if number > 2**31 - 1 or not request.user.has_perm("articles.view_edition"):
            raise Http404
        editions = with_topics(Edition.objects.select_related("section"))
        edition = get_object_or_404(editions, post=post, number=number)
        return shown(request, edition, at=max(edition.live_from, edition.made_at))


def as_edition(post, now, document=None):
    """The post as an edition that is not stored, whatever is still missing in it.

    Of a document, when one is given, else as the post stands.
    """
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


def shown(request, edition, *, at):
    """The site's own story page with a banner, kept out of every cache and search engine."""
    response = page_of(request, edition, at=at, preview=True)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response

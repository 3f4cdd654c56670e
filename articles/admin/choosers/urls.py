"""The addresses of the choosers, for PostAdmin.get_urls to put before its own."""

from django.urls import path

from ...library.photo import Photo
from ..json_view import json_view
from . import embeds, views


def chooser_urls(admin_site):
    """URL patterns, each for who may use the desk: articles_post_photos, articles_post_stories,
    articles_post_refs, articles_post_upload, articles_post_photo_words, articles_post_embed and
    articles_post_embed_fetch."""

    def page(address, view, name):
        return path(address, json_view(admin_site, view), name=f"articles_post_{name}")

    def with_photo_admin(view):
        # Asked for when it is used: the photo's admin may be registered after the post's.
        def answer(request):
            return view(request, admin_site.get_model_admin(Photo))

        return answer

    return [
        page("choose/photos/", views.photos, "photos"),
        page("choose/stories/", views.stories, "stories"),
        page("choose/refs/", views.refs, "refs"),
        page("choose/upload/", with_photo_admin(views.upload), "upload"),
        page("choose/photo-words/", with_photo_admin(views.photo_words), "photo_words"),
        page("choose/embed/", embeds.embed, "embed"),
        page("choose/embed/fetch/", with_photo_admin(embeds.fetch_embed), "embed_fetch"),
    ]

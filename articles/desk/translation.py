"""Translations: stories that tell another one in another language.

A family is an original and its translations, each in a different language. A translation cannot
have translations itself.
"""

from collections import defaultdict
from collections.abc import Collection

from django.db.models import Q
from django.utils.translation import gettext as _

from .post import Post

NAMED_BY = ("uuid", "headline", "slug_line", "language", "status", "translation_of")


def families_of(posts: Collection[Post]) -> dict[int, list[Post]]:
    """{post's primary key: the others of its family and its own translations}, in one query.

    Only what names these posts, and their status, is loaded.
    """
    keys = {post.pk for post in posts}
    originals = {post.translation_of_id for post in posts if post.translation_of_id}
    found = Post.objects.filter(Q(pk__in=originals) | Q(translation_of__in=keys | originals))
    by_key: dict[int, Post] = {}
    by_original: dict[int | None, list[Post]] = defaultdict(list)
    for other in found.only(*NAMED_BY).order_by():
        by_key[other.pk] = other
        by_original[other.translation_of_id].append(other)
    families = {}
    for post in posts:
        related = [*by_original[post.pk]]
        if post.translation_of_id:
            related += [by_key[post.translation_of_id], *by_original[post.translation_of_id]]
        families[post.pk] = [other for other in related if other.pk != post.pk]
    return families


def wrong_original(post: Post, original: Post, family: list[Post]) -> str:
    """Why a post cannot be a translation of that one, or ""; `family` is the post's own."""
    if original.pk == post.pk:
        return _("A story cannot be a translation of itself. Choose another one.")
    if original.translation_of_id:
        return _("“%s” is itself a translation: choose the story that it translates.") % original
    if any(other.translation_of_id == post.pk for other in family):
        return _("This story has translations, so it cannot be a translation of another one.")
    return ""


def language_taken(post: Post, family: list[Post]) -> str:
    """Which of the family readers have in the post's language, in a sentence, or ""."""
    for other in family:
        if other.language.lower() != post.language.lower():
            continue
        if other.pk == post.translation_of_id:
            return _("The story is a translation, but its language is that of “%s”.") % other
        if other.status == Post.Status.PUBLISHED:
            return _("“%s” is this story in the same language already.") % other
    return ""

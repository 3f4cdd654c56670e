"""Bringing a story up to date that changed on the other site and was left alone here."""

import datetime as dt

from django.utils.translation import gettext as _

from ...desk.blocks import BLOCK_MODELS
from ...desk.embargo.embargoed import is_embargoed
from ...desk.legal_hold.held import is_on_hold
from ...desk.post import Post
from ...desk.post_relations import PostAuthor, PostTopic
from ...desk.post_save import PostSave
from ...desk.search.index import index_posts
from ...publishing.bulk.publish_anew import publish_anew
from ...publishing.bulk_rows import insert, rows_of, update
from ...publishing.editions.edition import Edition
from ...publishing.steps.step import lock_post
from ..imported_story import ImportedStory
from ..old_addresses import note_addresses
from ..options import Options
from .plan import Plan

WRITTEN = ("headline", "standfirst", "section", "byline", "slug", "status", "published_at")
WRITTEN += ("saved_at", "version")


def was_worked_on(known: ImportedStory) -> bool:
    """Whether somebody here changed a story, took a step with it or stopped it since it was
    imported."""
    post = known.post
    if post is None or is_on_hold(post) or is_embargoed(post):
        return True
    return (post.version, post.status) != (known.version, known.status)


def renew(
    plan: Plan, known: ImportedStory, options: Options, *, now: dt.datetime
) -> tuple[str, str]:
    """Write a story over its desk copy, and publish it anew if it is live. Returns its outcome."""
    new = plan.post
    post = lock_post(known.post)
    known.post = post
    if was_worked_on(known):
        return "ours_stays", _("It is being worked on here.")
    is_public = post.status == Post.Status.PUBLISHED
    write_desk_copy(post, plan, is_public=is_public)
    is_put_off = is_public and is_to_wait(post, plan, now)
    if is_public and new.status == Post.Status.PUBLISHED and not is_put_off:
        publish_anew(post, first_at=plan.published_at or now, now=now)
    elif new.status == Post.Status.PUBLISHED and post.published_version is None:
        post.status = Post.Status.PUBLISHED
        publish_anew(post, first_at=plan.published_at or now, now=now)
    elif is_put_off or (is_public and not plan.wants_live):
        plan.tell("no_longer_public")
    known.fingerprint, known.version, known.status = plan.fingerprint, post.version, post.status
    known.missing = plan.missing or None
    note_addresses([plan], options)
    known.theirs, known.theirs_fingerprint = None, ""
    known.save()
    return "updated", ""


def is_to_wait(post: Post, plan: Plan, now: dt.datetime) -> bool:
    """Whether readers, who see a story here, are to see it there only later."""
    moment = plan.published_at
    if not plan.wants_live or moment is None or moment <= now:
        return False
    return Edition.objects.live(now).filter(post=post).exists()


def write_desk_copy(post: Post, plan: Plan, *, is_public: bool) -> None:
    new = plan.post
    for name in ("headline", "standfirst", "section", "byline", "saved_at"):
        setattr(post, name, getattr(new, name))
    if not is_public and post.published_version is None:
        post.slug, post.published_at = new.slug, new.published_at
        post.status = Post.Status.DRAFT if new.status == Post.Status.PUBLISHED else new.status
    post.version += 1
    update([post], WRITTEN)
    PostSave.objects.create(post=post, version=post.version, at=post.saved_at)
    for model in BLOCK_MODELS.values():
        model.objects.filter(parent=post).delete()
    PostAuthor.objects.filter(post=post).delete()
    PostTopic.objects.filter(content_object=post).delete()
    new.pk = post.pk
    for model, rows in rows_beside(plan).items():
        insert(model, rows_of(model, rows))
    index_posts([post.pk])


def rows_beside(plan: Plan) -> dict:
    """The rows of a plan beside its post, by model, in the order of their foreign keys."""
    pk = plan.post.pk
    rows: dict = {PostAuthor: [], PostTopic: []}
    for place, author in enumerate(plan.authors, start=1):
        rows[PostAuthor].append({"post_id": pk, "author_id": author.pk, "position": place})
    for topic in plan.topics:
        rows[PostTopic].append({"content_object_id": pk, "tag_id": topic.pk})
    for block in plan.blocks:
        block.parent_id = pk
        rows.setdefault(type(block), []).append(block)
    return rows

"""Publishing a story anew that a file changed: silently, and with what readers may see already."""

import datetime as dt

from ...desk.post import Post
from ..dates import whole_second
from ..editions.document import Parts, compose
from ..editions.edition import Edition
from ..editions.freeze import freeze
from ..editions.reader_notes import forget_change
from ..invalidation.affected_keys import keys_of_story
from ..invalidation.invalidate import invalidate
from ..steps.intervals import end, next_number, remove_pending
from ..steps.make_live import must_start_after, put_on_site


def publish_anew(post: Post, *, first_at: dt.datetime, now: dt.datetime) -> Edition:
    """Freeze a locked post, whose status is published, in the place of what is live or scheduled.

    Readers are told of no change, and a story that has been live keeps its moment and its address.
    One that has not is scheduled for `first_at`. There is no person whose permission is checked,
    and no entry in the log. Raises NotReady when the address is another story's.
    """
    before = remove_pending(post, now=now)
    at = now if before else first_at
    at = whole_second(at, after=must_start_after(before, at) if before else None)
    if before and before.live_until > at:
        end(before, at=at)
    post.published_at = before.published_at if before else first_at
    if before:
        post.slug = before.slug
    forget_change(post)
    parts = Parts([post])
    number = next_number(post, before)
    edition = freeze(
        post, compose(post, parts), number=number, live_from=at, now=now, before=before
    )
    put_on_site(post, edition, parts, before=before)
    post.slug, post.published_at = edition.slug, edition.published_at
    post.published_version = post.version
    is_later = at > now
    keys = keys_of_story(post, now=min(at, now))
    invalidate(keys, [at] if is_later else [], visible_now=not is_later)
    post.save()
    return edition

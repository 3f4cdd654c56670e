"""One change in many stories: each by its own rules, and live ones published again where that lets
nothing else out."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction

from ...desk.post import Post
from ...desk.workflow import Refusal
from ...desk.write_conflicts import tried_twice
from .publish import publish
from .step import lock_post

MOST_AT_ONCE = 200
"""Stories in one go; whoever has more goes on with the others."""

ChangeOne = Callable[[Post], list[str] | None]
"""Changes a locked post; returns what was held back because of it, in sentences, or None where
there was nothing to change."""


@dataclass
class Outcome:
    """What became of each story: `changed` ones, those of them that were `published` again, those
    that are still `to_publish`, and those that were `refused`, each with why."""

    changed: list[Post] = field(default_factory=list)
    published: list[Post] = field(default_factory=list)
    to_publish: list[tuple[Post, str]] = field(default_factory=list)
    refused: list[tuple[Post, str]] = field(default_factory=list)
    held: list[str] = field(default_factory=list)

    def add(self, other: "Outcome") -> None:
        for name, those in vars(other).items():
            getattr(self, name).extend(those)


def change_everywhere(
    posts: Iterable[Post], change: ChangeOne, *, by: User, publish_again: bool
) -> Outcome:
    """Change these stories, each in a transaction of its own.

    With `publish_again`, live stories without other changes are published at once, as a small
    change: nobody said that other words on the desk may go out.
    """
    outcome = Outcome()
    for post in posts:
        change_one = partial(_change_one, post, change, by=by, publish_again=publish_again)
        try:
            outcome.add(tried_twice(change_one))
        except Post.DoesNotExist:
            continue  # somebody deleted it meanwhile
        except (PermissionDenied, Refusal) as refusal:
            outcome.refused.append((post, str(refusal)))
    return outcome


@transaction.atomic
def _change_one(post: Post, change: ChangeOne, *, by: User, publish_again: bool) -> Outcome:
    outcome = Outcome()
    # As it is now: colleagues go on writing while stories before it in the list have their turn.
    post = lock_post(post)
    was_alone = post.status == Post.Status.PUBLISHED and not post.has_unpublished_changes
    if (held := change(post)) is not None:
        outcome.changed.append(post)
        outcome.held += held
        _publish(post, outcome, by=by, at_once=publish_again and was_alone)
    return outcome


def _publish(post: Post, outcome: Outcome, *, by: User, at_once: bool) -> None:
    """Publish a changed story again, or note that somebody has to."""
    if post.status != Post.Status.PUBLISHED:
        return
    if not at_once:
        outcome.to_publish.append((post, ""))
        return
    try:
        publish(post, by=by)
    except (PermissionDenied, Refusal) as refusal:
        outcome.to_publish.append((post, str(refusal)))
    else:
        outcome.published.append(post)

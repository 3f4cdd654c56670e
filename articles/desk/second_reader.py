"""A second reader: which version of a story was approved, and who wrote what since.

An approval is of a version. What a command let through counts as read: nobody typed it here.
"""

from functools import cached_property

from django.db.models import Exists, OuterRef, Q

from .post import Post
from .post_save import PostSave
from .transition import Transition

Action = Transition.Action

TO_READERS = (Action.PUBLISH, Action.SCHEDULE, Action.PUT_BACK)
ANSWERS = (Action.APPROVE, Action.SEND_BACK, *TO_READERS)
"""Steps after which nobody waits for a review any more."""


class Reading:
    """What of a version of a post (its newest, if none is named) its writers alone have read."""

    def __init__(self, post: Post, version: int | None = None):
        self.post, self.version = post, version or post.version

    @cached_property
    def approval(self) -> Transition | None:
        """The step that let out the newest version so far: an approval, or a command's.

        What was sent back afterwards, as it was, is approved no more.
        """
        read = Q(action=Action.APPROVE) | Q(action__in=TO_READERS, by=None)
        of_version = Q(version__lte=self.version)
        if self.version == self.post.version:
            # Logged by a release that noted no versions: of this one, if nobody saved since.
            of_version |= Q(version=None, at__gte=self.post.saved_at)
        sent_back = Transition.objects.filter(
            post=OuterRef("post"),
            action=Action.SEND_BACK,
            version=OuterRef("version"),
            pk__gt=OuterRef("pk"),
        )
        steps = self.post.transitions.filter(read, of_version).exclude(Exists(sent_back))
        return steps.select_related("by").first()

    @cached_property
    def read(self) -> int:
        """The newest version so far that somebody else than its writers has read; 0 for none."""
        approved = (self.approval.version or self.version) if self.approval else 0
        published = self.post.published_version or 0
        if approved >= published or published > self.version or self._was_published(published):
            return approved
        return published

    def _was_published(self, version):
        """Whether a person let out this version; else it came from a file."""
        steps = self.post.transitions.filter(action__in=TO_READERS, version=version)
        return steps.filter(by__isnull=False).exists()

    @cached_property
    def saves(self) -> list[PostSave]:
        """Who saved since, oldest first, as far as it is known."""
        since = self.post.saves.filter(version__gt=self.read, version__lte=self.version)
        found = list(since.select_related("by"))
        newest = self.version == self.post.version > self.read
        if newest and self.post.saved_by_id and self.version not in {row.version for row in found}:
            found.append(
                PostSave(
                    post=self.post,
                    version=self.version,
                    by=self.post.saved_by,
                    at=self.post.saved_at,
                )
            )
        return found

    @cached_property
    def writers(self) -> set[int]:
        """The keys of all who wrote what nobody else has read."""
        writers = {row.by_id for row in self.saves if row.by_id}
        if not self.read and self.post.created_by_id:
            writers.add(self.post.created_by_id)
        return writers

    @cached_property
    def is_complete(self) -> bool:
        """Whether somebody else than its writers has read every word."""
        if self.writers and not self.read:
            return False
        # The first version of a story that nobody here began came from a file, as it is.
        since = range(max(self.read, 1) + 1, self.version + 1)
        return {row.version for row in self.saves if row.by_id is None}.issuperset(since)

    @cached_property
    def asked(self) -> Transition | None:
        """The step that sent the post to review, while nobody has answered."""
        steps = self.post.transitions.filter(action__in=[Action.SEND_TO_REVIEW, *ANSWERS])
        last = steps.select_related("by").first()
        return last if last and last.action == Action.SEND_TO_REVIEW else None

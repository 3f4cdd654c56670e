"""The second reader: which version of a story was approved, and who wrote what since.

An approval is of a version, with the texts of the picture library at that time. A version that a
command published counts as read: nobody typed it here.
"""

import datetime as dt
from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from ..library.photo import Photo
from . import library_words
from .post import Post
from .post_save import PostSave
from .transition import Transition
from .writing.presence import opened_since_step

Action = Transition.Action

TO_READERS = (Action.PUBLISH, Action.SCHEDULE, Action.PUT_BACK, Action.BREAK_EMBARGO)
ANSWERS = (Action.APPROVE, Action.SEND_BACK, Action.TAKE_BACK, *TO_READERS)
"""Steps after which no review is pending."""
IN_REVIEW = (Action.SEND_TO_REVIEW, *ANSWERS)
LAST_STEPS = 20
"""Steps that are read beside those that decide, for the log."""


class ReviewState:
    """What still needs a second reader in one version of a post (by default the newest).

    `document` gives what readers would see, if it is asked for. Without it, the texts that the
    library has now are read.
    """

    def __init__(
        self,
        post: Post,
        version: int | None = None,
        document: Callable[[], dict[str, Any]] | None = None,
    ) -> None:
        self.post, self.version = post, version or post.version
        self.document = document

    @cached_property
    def steps(self) -> list[Transition]:
        """The last steps of the post, newest first, and those before them that decide here.

        One query, so that a page that shows the log, too, reads it once.
        """
        steps = self.post.transitions.order_by("-at", "-pk")
        reviewed = steps.filter(action__in=IN_REVIEW)
        let_out = steps.filter(
            action__in=TO_READERS, version=self.post.published_version, by__isnull=False
        )
        approval, last_of_review, last_let_out = (
            Subquery(rows.values("pk")[:1]) for rows in (self._approvals(), reviewed, let_out)
        )
        wanted = Q(pk__in=steps.values("pk")[:LAST_STEPS])
        for one in (approval, last_of_review, last_let_out):
            wanted |= Q(pk=one)
        rows = steps.filter(wanted).annotate(approval=approval, opened_since=opened_since_step())
        return list(rows.select_related("by"))

    def _approvals(self) -> QuerySet[Transition]:
        """The approvals of a version so far, and the steps in which a command published one.

        Sending the same version back voids them.
        """
        read = Q(action=Action.APPROVE) | Q(action__in=TO_READERS, by=None)
        of_version = Q(version__lte=self.version)
        if self.version == self.post.version:
            # Logged before steps had versions: of this one, if nobody saved since.
            of_version |= Q(version=None, at__gte=self.post.saved_at)
        sent_back = Transition.objects.filter(
            post=OuterRef("post"),
            action=Action.SEND_BACK,
            version=OuterRef("version"),
            pk__gt=OuterRef("pk"),
        )
        return self.post.transitions.filter(read, of_version).exclude(Exists(sent_back))

    @cached_property
    def approved_by_step(self) -> Transition | None:
        """The approval of the newest version so far, or the step by which a command let it out."""
        approval = self.steps and self.steps[0].approval  # type: ignore[attr-defined] # annotated
        return next((step for step in self.steps if step.pk == approval), None)

    @cached_property
    def read_version(self) -> int:
        """The newest version that somebody other than its writers has read; 0 for none."""
        approved = (self.approved_by_step.version or self.version) if self.approved_by_step else 0
        published = self.post.published_version or 0
        if approved >= published or published > self.version:
            return approved
        # A version that nobody published came from a file.
        let_out = (step for step in self.steps if step.action in TO_READERS)
        by_somebody = any(step.by_id for step in let_out if step.version == published)
        return approved if by_somebody else published

    @cached_property
    def saves(self) -> list[PostSave]:
        """Who saved since that version, oldest first, as far as it is known."""
        since = self.post.saves.filter(version__gt=self.read_version, version__lte=self.version)
        found = list(since.select_related("by"))
        newest = self.version == self.post.version > self.read_version
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
        """The primary keys of all who wrote what nobody else has read."""
        writers = {row.by_id for row in self.saves if row.by_id}
        if not self.read_version and self.post.created_by_id:
            writers.add(self.post.created_by_id)
        return writers | {entry.user_id for entry in self.picture_saves}

    @cached_property
    def is_complete(self) -> bool:
        """Whether somebody other than its writers has read every word."""
        return self.own_words_are_read and not self.changed_pictures

    @cached_property
    def own_words_are_read(self) -> bool:
        """The same for the story's own words, without the library's texts."""
        if self.writers and not self.read_version:
            return False
        # The first version of a story that nobody here began came from a file, as it is.
        since = range(max(self.read_version, 1) + 1, self.version + 1)
        return {row.version for row in self.saves if row.by_id is None}.issuperset(since)

    @cached_property
    def pictures_read(self) -> tuple[library_words.LibraryWords, dt.datetime | None]:
        """The library's texts in what was read, and when that was; empty if not logged."""
        approval = self.approved_by_step
        if approval and approval.version == self.read_version and approval.pictures is not None:
            return approval.pictures, approval.at
        if not self.read_version:
            return {}, None
        editions = self.post.editions.filter(version=self.read_version).order_by("number")
        if edition := editions.only("document", "packed", "made_at").first():
            return library_words.of_document(edition.document), edition.made_at
        return {}, None

    @cached_property
    def changed_pictures(self) -> dict[str, dict[str, tuple[str, str]]]:
        """Texts changed in the library since: {photo's slug: {field: (then, now)}}."""
        read, _at = self.pictures_read
        if not read:
            return {}
        changed: dict[str, dict[str, tuple[str, str]]] = {}
        if self.document:
            now = library_words.of_document(self.document())
        else:
            now = library_words.of_post(self.post)
        for slug in now.keys() & read.keys():
            for name in now[slug].keys() & read[slug].keys():
                if now[slug][name] != read[slug][name]:
                    changed.setdefault(slug, {})[name] = read[slug][name], now[slug][name]
        return changed

    @cached_property
    def picture_saves(self) -> list[LogEntry]:
        """Who saved those photos since, oldest first, as far as it is known."""
        if not self.changed_pictures:
            return []
        photos = Photo.objects.filter(slug__in=self.changed_pictures)
        entries = LogEntry.objects.filter(
            content_type=ContentType.objects.get_for_model(Photo),
            object_id__in=photos.values(key=Cast("pk", TextField())),
            action_time__gte=self.pictures_read[1],
        )
        return list(entries.select_related("user").order_by("action_time", "pk"))

    @cached_property
    def pending_request(self) -> Transition | None:
        """The step that sent the post to review, unless somebody has answered it."""
        last = next((step for step in self.steps if step.action in IN_REVIEW), None)
        return last if last and last.action == Action.SEND_TO_REVIEW else None

    def refusal(self, action: str, by: User) -> str:
        """Why this person may not approve or publish the version, or "".

        Always "" unless NEWSROOM_SECOND_READER is on.
        """
        if not settings.SECOND_READER:
            return ""
        if action in TO_READERS and not self.is_complete:
            return self.unread_message
        if action == Action.APPROVE and by.pk in self.writers:
            return _("You wrote some of these words; a colleague has to approve them.")
        request = self.pending_request
        if action == Action.APPROVE and request and request.by_id == by.pk:
            return _("You sent this story to review; a colleague has to approve it.")
        return ""

    @property
    def unread_message(self) -> str:
        """What nobody else has read, and what to do, in two sentences."""
        what = _("Only its authors have read this story so far.")
        if self.read_version:
            what = _("This story was changed after it was approved.")
        if self.read_version and self.own_words_are_read:
            what = _(
                "Words of one of its pictures, films or sounds were changed in the library "
                "after it was approved."
            )
        return what + " " + _("Send it to review: a colleague has to approve it as it is now.")

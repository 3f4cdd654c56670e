"""A story as one request reads it: each thing once, when it is first asked for."""

from functools import cached_property

from django.db.models import Max, OuterRef, Q, Subquery

from ...desk.second_reader_rule import ReviewState
from ...publishing.editions.document import Parts, compose
from ...publishing.editions.edition import Edition
from ...publishing.editions.packing import WORDS
from .status_summary import site_status


class StoryAtHand:
    """A post with its editions, its parts and its review, as they are now.

    Made anew when the post may have changed. With `words` its editions are read with theirs, for a
    page that says what readers see now.
    """

    def __init__(self, post, now, *, words=False):
        self.post, self.now, self.words = post, now, words

    @cached_property
    def editions(self):
        """What is live or still to come, and the newest in any case, in order."""
        of_post = Edition.objects.filter(post=OuterRef("post")).order_by().values("post")
        newest = Subquery(of_post.values(newest=Max("number")))
        wanted = Q(live_until__gt=self.now) | Q(number=newest)
        rows = self.post.editions.filter(wanted).select_related("made_by").order_by("number")
        return list(rows if self.words else rows.defer(*WORDS))

    @property
    def newest(self):
        return self.editions[-1] if self.editions else None

    @cached_property
    def on_site(self):
        current = [edition for edition in self.editions if edition.live_until > self.now]
        return site_status(current, self.now)

    @cached_property
    def parts(self):
        return Parts([self.post])

    @cached_property
    def document(self):
        return compose(self.post, self.parts)

    @cached_property
    def review(self):
        return ReviewState(self.post, document=lambda: self.document)

    @cached_property
    def live_document(self):
        """What readers see now; None while that is nothing."""
        return self.on_site.live and self.on_site.live.document

    def kept_document(self, version):
        """The document of an earlier version, or None."""
        if self.on_site.live and self.on_site.live.version == version:
            return self.live_document
        rows = (self.post.editions, self.post.checkpoints)
        found = (each.filter(version=version).first() for each in rows)
        return next((kept.document for kept in found if kept), None)

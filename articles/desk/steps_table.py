"""The table of steps: from which states each leads, to which, and what it takes."""

from collections.abc import Set
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import User

from .embargo.embargoed import BREAK_EMBARGO
from .legal_hold.held import LIFT_HOLD, PLACE_HOLD
from .post import Post
from .rights.may_do import may_do, may_somewhere
from .second_reader_rule import ReviewState
from .transition import Transition

Status, Action = Post.Status, Transition.Action


@dataclass(frozen=True)
class Step:
    """One row of the table: from which states, to which (None: they stay as they are, or depend on
    what readers see), and the permissions it takes, all of them.

    `reread_origins` are further origins while words wait for a second reader
    (NEWSROOM_SECOND_READER). A step without permissions is taken by no person: a rule takes it.
    One that `lets_out` words is refused while the story is on legal hold.
    """

    origins: Set[str]
    target: str | None
    permissions: tuple[str, ...]
    needs_note: bool = False
    reread_origins: Set[str] = frozenset()
    lets_out: bool = False

    def is_for(self, user: User, post: Post) -> bool:
        """Whether somebody's role allows the step, in the section of a post."""
        return bool(self.permissions) and all(may_do(user, each, post) for each in self.permissions)

    def is_for_some(self, user: User) -> bool:
        """Whether somebody's role allows the step in some section."""
        return bool(self.permissions) and all(
            may_somewhere(user, each) for each in self.permissions
        )

    def fits(self, action: str, post: Post, review: ReviewState) -> bool:
        """Whether the step is possible from where the post is."""
        if post.status in self.origins:
            return True
        if post.status not in self.reread_origins or not settings.SECOND_READER:
            return False
        if action == Action.SEND_BACK:
            return review.pending_request is not None
        return not review.is_complete

    def status_after(self, post: Post) -> str:
        """The status of a post after the step. A published or withdrawn story keeps its own
        while it is reviewed."""
        return self.target if self.target and post.status in ON_THE_DESK else post.status


ON_THE_DESK = {Status.PLANNED, Status.DRAFT, Status.IN_REVIEW, Status.READY}
ON_THE_SITE = {Status.PUBLISHED, Status.WITHDRAWN}
MOVES = {Action.SEND_TO_REVIEW, Action.TAKE_BACK, Action.SEND_BACK, Action.APPROVE}
"""Steps that stay on the desk."""
ANYWHERE = ON_THE_DESK | ON_THE_SITE
"""Where a story can be stopped and let go on; one that is killed is beyond that."""

ADD, WRITE = "articles.add_post", "articles.change_post"
REVIEW, APPROVE = "articles.send_post_to_review", "articles.approve_post"
PUBLISH, KILL = "articles.publish_post", "articles.kill_post"
CHANGE_ANY = "articles.change_any_post"

STEPS: dict[str, Step] = {
    # To begin a planned story takes what a story without a plan takes.
    Action.BEGIN: Step({Status.PLANNED}, Status.DRAFT, (ADD,)),
    # For a draft that was begun by mistake: nothing is written in it.
    Action.BACK_TO_PLAN: Step({Status.DRAFT}, Status.PLANNED, (ADD,)),
    Action.SEND_TO_REVIEW: Step(
        {Status.DRAFT},
        Status.IN_REVIEW,
        (REVIEW,),
        reread_origins={Status.READY, *ON_THE_SITE},
    ),
    # By who sent it, until somebody reads it.
    Action.TAKE_BACK: Step({Status.IN_REVIEW}, Status.DRAFT, (REVIEW,)),
    Action.SEND_BACK: Step(
        {Status.IN_REVIEW, Status.READY},
        Status.DRAFT,
        (APPROVE,),
        needs_note=True,
        reread_origins=ON_THE_SITE,
    ),
    Action.APPROVE: Step(
        {Status.IN_REVIEW},
        Status.READY,
        (APPROVE,),
        reread_origins={Status.READY, *ON_THE_SITE},
    ),
    Action.PUBLISH: Step(
        {Status.READY, Status.PUBLISHED}, Status.PUBLISHED, (PUBLISH,), lets_out=True
    ),
    Action.SCHEDULE: Step(
        {Status.READY, Status.PUBLISHED}, Status.PUBLISHED, (PUBLISH,), lets_out=True
    ),
    # Where a cancelled post goes back to depends on what readers see without it.
    Action.CANCEL: Step(ON_THE_SITE, None, (PUBLISH,)),
    Action.WITHDRAW: Step({Status.PUBLISHED}, Status.WITHDRAWN, (PUBLISH,)),
    Action.PUT_BACK: Step({Status.WITHDRAWN}, Status.PUBLISHED, (PUBLISH,), lets_out=True),
    # Taken by whatever made a schedule wrong; it goes back to where a cancelled one does.
    Action.HOLD: Step(ON_THE_SITE, None, ()),
    Action.PLACE_HOLD: Step(ANYWHERE, None, (PLACE_HOLD,), needs_note=True),
    Action.LIFT_HOLD: Step(ANYWHERE, None, (LIFT_HOLD,), needs_note=True),
    Action.EMBARGO: Step(ANYWHERE, None, (WRITE,)),
    # An end that comes sooner, or no embargo any more, while it lasts.
    Action.EASE_EMBARGO: Step(ANYWHERE, None, (BREAK_EMBARGO,), needs_note=True),
    # Publishes at once.
    Action.BREAK_EMBARGO: Step(
        {Status.READY, Status.PUBLISHED},
        Status.PUBLISHED,
        (PUBLISH, BREAK_EMBARGO),
        needs_note=True,
        lets_out=True,
    ),
    # It leaves the site at once; a second person kills it, or declines.
    Action.ASK_KILL: Step(
        {Status.DRAFT, Status.IN_REVIEW, Status.READY, *ON_THE_SITE},
        Status.KILL_ASKED,
        (KILL,),
        needs_note=True,
    ),
    Action.DECLINE_KILL: Step({Status.KILL_ASKED}, None, (KILL,), needs_note=True),
    Action.KILL: Step({Status.KILL_ASKED}, Status.KILLED, (KILL,)),
    Action.OPEN_SEALED: Step({Status.KILLED}, None, ("articles.open_sealed",), needs_note=True),
}

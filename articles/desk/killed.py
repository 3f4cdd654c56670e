"""Killed stories: removed for legal reasons, for good."""

from .post import Post

KILLED_STATES = frozenset({Post.Status.KILL_ASKED, Post.Status.KILLED})
"""A story is out of everybody's sight from the moment that a kill was asked for."""


def is_killed(post: Post) -> bool:
    """Whether nobody may read a story any more, on the site or by any other way out of the desk: it
    is killed, or somebody asked for that and a second person has not answered yet."""
    return post.status in KILLED_STATES

"""What many people may do with a story, in as many queries as for one."""

from collections.abc import Collection

from django.contrib.auth.models import User

from ..colleagues import BACKEND
from ..post import Post
from .desk_right import DeskRight
from .may_do import may_do


class RightsOfMany:
    """Answers as `may_do` does, for people who are named beforehand."""

    def __init__(self, people: Collection[int]) -> None:
        self.people = people
        self.holders: dict[str, set[int]] = {}
        lines = DeskRight.objects.filter(user__in=people)
        self.with_lines = set(lines.values_list("user", flat=True))

    def may_do(self, user: User, permission: str, post: Post) -> bool:
        if user.pk in self.with_lines:
            return may_do(user, permission, post)
        if permission not in self.holders:
            found = User.objects.with_perm(permission, backend=BACKEND).filter(pk__in=self.people)
            self.holders[permission] = set(found.values_list("pk", flat=True))
        return user.pk in self.holders[permission]

"""Django's back end of accounts, which knows with each account whether it has lines of its own."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Group, Permission, User
from django.db.models import Exists, OuterRef, QuerySet

from ..accounts.second_factor.factor import rules_that_ask
from .desk_right import DeskRight


class DeskBackend(ModelBackend):
    """Reads whoever signed in with `has_desk_rights` and `has_own_permissions`: so that the many
    who have their rights everywhere, and all by their roles, cost no query more. `needs_factor`
    says, for each request anew, whether a role of theirs asks for a second factor."""

    def get_user(self, user_id: Any) -> User | None:
        lines = DeskRight.objects.filter(user=OuterRef("pk"))
        own = User.user_permissions.through.objects.filter(user=OuterRef("pk"))
        people = User.objects.annotate(
            has_desk_rights=Exists(lines),
            has_own_permissions=Exists(own),
            needs_factor=Exists(rules_that_ask(OuterRef(OuterRef("pk")))),
        )
        user = people.filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None

    def read_together(self, *users: Any) -> None:
        """Read what their roles give to several accounts in one query, as each would be asked."""
        asked = {user.pk: user for user in users if user.is_active and not user.is_superuser}
        names = "permissions__content_type__app_label", "permissions__codename"
        rows = Group.objects.filter(user__in=asked).values_list("user", *names)
        found: dict[int, set[str]] = {key: set() for key in asked}
        for key, app, code in rows:
            if code:
                found[key].add(f"{app}.{code}")
        for key, user in asked.items():
            user._group_perm_cache = found[key]  # where ModelBackend looks first

    def _get_user_permissions(self, user_obj: User) -> QuerySet[Permission]:
        has_own = getattr(user_obj, "has_own_permissions", True)
        return user_obj.user_permissions.all() if has_own else Permission.objects.none()

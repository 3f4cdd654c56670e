"""Ranks: nobody may change the account of somebody who may do more than they."""

from django.contrib.auth.models import Group, Permission, User
from django.db.models import Q, QuerySet

from ..rights.may_do import rights_of


def permission_names(permissions: QuerySet[Permission]) -> set[str]:
    """{"app.codename"} of some permissions."""
    names = permissions.values_list("content_type__app_label", "codename")
    return {f"{app}.{name}" for app, name in names}


def is_outranked(user: User, other: User) -> bool:
    """Whether the account `other` holds a permission, active or not and if at one desk only, that
    `user` lacks. Who has rights at some desks only lacks those at the others."""
    if user.is_superuser:
        return False
    if other.is_superuser or (rights_of(user) and user != other):
        return True
    if other.is_active and getattr(other, "has_desk_rights", True) is False:
        return not other.get_all_permissions() <= user.get_all_permissions()
    at_desks = Q(group__desk_rights__user=other)
    of_other = Permission.objects.filter(Q(user=other) | Q(group__user=other) | at_desks)
    return not permission_names(of_other) <= user.get_all_permissions()


def roles_within(user: User) -> dict[int, str]:
    """{key: name} of the roles that hold no permission that somebody lacks."""
    held = "permissions__content_type__app_label", "permissions__codename"
    rows = list(Group.objects.order_by("name").values_list("pk", "name", *held))
    if user.is_superuser:
        return {role: name for role, name, *_held in rows}
    own = user.get_all_permissions()
    wide = {role for role, _name, app, code in rows if code and f"{app}.{code}" not in own}
    return {role: name for role, name, *_held in rows if role not in wide}

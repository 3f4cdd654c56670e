"""Whether somebody may do something with a story: all that asks, asks here.

A permission that is about stories is asked with the story, or with the section that it is to be in.
Who may read is not asked here: a newsroom reads itself.
"""

from collections import defaultdict

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet

from ...library.section import Section
from ..post import Post
from .desk_right import DeskRight

ELSEWHERE = None
"""In place of a section's key: all that have no line of their own."""

ALL, NONE = ~Q(pk__in=()), Q(pk__in=())

Rights = dict[int | None, set[str] | None]
"""{key of a section, or ELSEWHERE: the permissions there, or None for those of the account}"""


def may_do(user: User, permission: str, where: Post | Section) -> bool:
    """Whether somebody may do what a permission allows, with this story or in this section.

    A story that is in no section yet is at nobody's desk: who may do it at any may.
    """
    key = where.section_id if isinstance(where, Post) else where.pk
    if key is None:
        return may_somewhere(user, permission)
    return _holds(user, permission, rights_of(user), key)


def may_somewhere(user: User, permission: str) -> bool:
    """Whether somebody may do it with some story: whether to offer a page or a button at all."""
    rights = rights_of(user)
    if not rights:
        return user.has_perm(permission)
    return any(_holds(user, permission, rights, key) for key in rights)


def may_everywhere(user: User, permission: str) -> bool:
    """Whether somebody may do it in sections that they have no line for, such as the newest, and
    with what belongs to no section, such as the front page."""
    return _holds(user, permission, rights_of(user), ELSEWHERE)


def is_limited(user: User) -> bool:
    """Whether an account has its rights at some desks only."""
    return ELSEWHERE not in rights_of(user) and bool(rights_of(user))


def sections_where(user: User, permission: str) -> QuerySet[Section]:
    """The sections in which somebody may do it."""
    return Section.objects.filter(at_desks(user, permission, "pk"))


def at_desks(user: User, permission: str, section: str = "section") -> Q:
    """The stories with which somebody may do it, for a query; `section` is the way to their
    section."""
    rights = rights_of(user)
    if not rights:
        return ALL if user.has_perm(permission) else NONE
    in_none = Q(**{section: None}) if may_somewhere(user, permission) else NONE
    named = {key for key in rights if key is not None}
    allowed = {key for key in named if _holds(user, permission, rights, key)}
    if _holds(user, permission, rights, ELSEWHERE):
        return in_none | ~Q(**{f"{section}__in": named - allowed})
    return in_none | Q(**{f"{section}__in": allowed})


def theirs(user: User, permission: str, *, of: str = "") -> Q:
    """The stories that somebody began, and all with which they may do it, for a query; `of` is the
    way to the story."""
    return at_desks(user, permission, f"{of}section") | Q(**{f"{of}created_by": user})


def rights_of(user: User) -> Rights:
    """The lines of an account; empty for one that has its rights everywhere.

    Read once for each object, as Django reads permissions: a request has one. `DeskBackend` tells
    with whoever signed in whether there are any.
    """
    if user.is_superuser or not user.pk or not getattr(user, "has_desk_rights", True):
        return {}
    if "_desk_rights" not in user.__dict__:
        user.__dict__["_desk_rights"] = _read_rights(user)
    return user.__dict__["_desk_rights"]


def _read_rights(user: User) -> Rights:
    granted = DeskRight.objects.filter(user=user).values_list(
        "section",
        "role",
        "role__permissions__content_type__app_label",
        "role__permissions__codename",
    )
    rights: Rights = {}
    of_role: dict[int | None, set[str]] = defaultdict(set)
    for section, role, app, codename in granted:
        of_role[section].add(f"{app}.{codename}")
        rights[section] = of_role[section] if role else None
    return rights


def _holds(user: User, permission: str, rights: Rights, section: int | None) -> bool:
    if not rights:
        return user.has_perm(permission)
    if section not in rights and ELSEWHERE not in rights:
        return False
    of_line = rights[section] if section in rights else rights[ELSEWHERE]
    if of_line is None:
        return user.has_perm(permission)
    return user.is_active and permission in of_line

"""Which colleagues may do something with a story: whom to ask."""

from collections.abc import Collection

from django.contrib.auth.models import User
from django.db.models import Q

from ..colleagues import BACKEND
from ..post import Post
from .of_many import RightsOfMany

MOST_NAMED = 4
MOST_ASKED = 50
"""Colleagues whose rights are looked at."""


def names_of_who_may(permission: str, post: Post, *, but: Collection[User] = ()) -> list[str]:
    """The names of some colleagues who may do what a permission allows with a story, but of
    these."""
    app, codename = permission.split(".")
    at_a_desk = Q(
        desk_rights__role__permissions__content_type__app_label=app,
        desk_rights__role__permissions__codename=codename,
    )
    holders = User.objects.with_perm(permission, backend=BACKEND).values("pk")
    people = User.objects.filter(Q(pk__in=holders) | at_a_desk, is_active=True, is_staff=True)
    people = people.exclude(pk__in=[person.pk for person in but]).distinct()
    asked = list(people.order_by("first_name", "last_name", "username")[:MOST_ASKED])
    rights = RightsOfMany([person.pk for person in asked])
    found = [person for person in asked if rights.may_do(person, permission, post)]
    return [person.get_full_name() or person.get_username() for person in found[:MOST_NAMED]]

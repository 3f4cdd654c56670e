"""Colleagues: who works on the desk and may do something there."""

from django.contrib.auth.models import User
from django.db.models import QuerySet

# `with_perm` asks which of the back ends gives permissions: the other one counts failed sign-ins.
BACKEND = "articles.desk.rights.backend.DeskBackend"


def colleagues_who_may(permission: str) -> QuerySet[User]:
    """Accounts in use that have a permission, by name."""
    people = User.objects.with_perm(permission, backend=BACKEND)
    return people.filter(is_staff=True).order_by("first_name", "last_name", "username")

"""What a role or an account may do, as a table that an editor can read."""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission, User
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ...desk.rights.desk_right import DeskRight
from ...desk.roles import BLOCK_TABLES

VERBS = ("view", "add", "change", "delete")
VERB_WORDS = {
    "view": _("See: %s"),
    "add": _("Add: %s"),
    "change": _("Change: %s"),
    "delete": _("Delete: %s"),
}
CALLED = {
    "auth.user": _("accounts"),
    "auth.group": _("roles"),
    "articles.transition": _("steps of stories"),
    "articles.topicalias": _("other names of topics"),
    "articles.authoralias": _("other names of authors"),
}
"""What the desk calls some kinds otherwise than their tables."""
PARTS = (*BLOCK_TABLES, "postauthor")
"""Parts of a story: who may change stories may change these."""


OF_STORIES = {"post", "previewlink", "plan"}
"""Kinds that belong to a story: lines by section limit what may be done with them."""


def in_order(permissions: QuerySet[Permission]) -> QuerySet[Permission]:
    return permissions.select_related("content_type").order_by("codename").distinct()


def is_told(permission: Permission) -> bool:
    kind = permission.content_type
    return kind.model not in (*PARTS, "posttopic") and kind.model_class() is not None


def kind_of(permission: Permission) -> str:
    kind = permission.content_type
    named = CALLED.get(f"{kind.app_label}.{kind.model}")
    return str(capfirst(named or kind.model_class()._meta.verbose_name_plural))


def verb_of(permission: Permission) -> str | None:
    """“view”, “add”, “change” or “delete”; None for a right of another kind."""
    verb, _line, of = permission.codename.partition("_")
    return verb if verb in VERBS and of == permission.content_type.model else None


def sentence_of(permission: Permission) -> str:
    model = permission.content_type.model_class()
    return str(dict(model._meta.permissions).get(permission.codename, permission.name))


def rights_in(permissions: Iterable[Permission]) -> list[dict]:
    """[{name, of_stories, verbs: [whether it may see, add, change, delete], also: [sentences]}],
    by name."""
    rows: dict[str, dict] = {}
    for permission in filter(is_told, permissions):
        name = kind_of(permission)
        row = rows.setdefault(name, _empty_row(name, permission))
        if verb := verb_of(permission):
            row["verbs"][VERBS.index(verb)] = True
        else:
            row["also"].append(sentence_of(permission))
    return sorted(rows.values(), key=lambda row: row["name"])


def _empty_row(name: str, permission: Permission) -> dict:
    of_stories = permission.content_type.model in OF_STORIES
    return {"name": name, "of_stories": of_stories, "verbs": [False] * len(VERBS), "also": []}


def rights_table(role: Group) -> str:
    return _rendered(rows=rights_in(in_order(role.permissions.all())))


def account_table(user: User) -> str:
    """What an account may do: by its roles and of its own, and at which desks."""
    if user.is_superuser:
        return gettext("Everything.")
    granted = Permission.objects.filter(Q(group__user=user) | Q(user=user))
    desks = DeskRight.objects.filter(user=user).select_related("section", "role")
    return _rendered(rows=rights_in(in_order(granted)), desks=list(desks))


def _rendered(**context) -> str:
    return render_to_string("admin/auth/group/rights.html", context)


def rights_by_role() -> dict:
    """{roles: [{pk, name, needs_factor}], kinds: [{name, rights: [{name, held: [bool]}]}]}: every
    right that any role gives, and which roles do. Two queries."""
    roles = list(Group.objects.select_related("rule").order_by("pk"))
    by_right: dict[int, set[int]] = {}
    for permission, role in Group.permissions.through.objects.values_list("permission", "group"):
        by_right.setdefault(permission, set()).add(role)
    kinds: dict[str, list] = {}
    for permission in filter(is_told, in_order(Permission.objects.filter(pk__in=by_right))):
        verb, kind = verb_of(permission), kind_of(permission)
        name = VERB_WORDS[verb] % kind.lower() if verb else sentence_of(permission)
        held = [role.pk in by_right[permission.pk] for role in roles]
        place = VERBS.index(verb) if verb else len(VERBS)
        kinds.setdefault(kind, []).append({"name": name, "held": held, "place": place})
    return {
        "roles": [
            {"pk": role.pk, "name": gettext(role.name), "needs_factor": _needs_factor(role)}
            for role in roles
        ],
        "kinds": [
            {"name": name, "rights": sorted(rights, key=lambda right: right["place"])}
            for name, rights in sorted(kinds.items())
        ],
    }


def _needs_factor(role: Group) -> bool:
    return hasattr(role, "rule") and role.rule.needs_second_factor

"""People: authors and accounts in one list, with role and last sign-in."""

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, Concat, NullIf, Trim
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ...library.author import Author
from ...library.whole_numbers import parse_whole_number
from ...publishing.names.counts import with_uses
from ...publishing.names.kinds import AUTHORS
from ..desk_page import desk_page
from ..fields.pickers import thumbnail_url
from ..folded_search import patterns_in, search_condition

PER_PAGE = 50
MOST_PAGES = 100
MOST_TYPED = 100

FULL_NAME = Coalesce(
    NullIf(Trim(Concat("first_name", Value(" "), "last_name")), Value("")), F("username")
)


class PeoplePage:
    """Mixed into the admin of authors."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.people_view)
        return [path("people/", view, name="articles_author_people"), *super().get_urls()]

    def people_view(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied
        typed = request.GET.get("q", "")[:MOST_TYPED]
        number = min(parse_whole_number(request.GET.get("page")) or 1, MOST_PAGES)
        sees_accounts = request.user.has_perm("auth.view_user")
        start = (number - 1) * PER_PAGE
        found = list(named(typed, sees_accounts)[start : start + PER_PAGE + 1])
        context = {
            "title": _("People"),
            "people": people_of(found[:PER_PAGE], sees_accounts),
            "typed": typed,
            "newer": number - 1,
            "older": number + 1 if len(found) > PER_PAGE and number < MOST_PAGES else None,
            "sees_accounts": sees_accounts,
            "may_add_author": self.has_add_permission(request),
            "may_add_account": request.user.has_perm("auth.add_user"),
            "may_merge": self.has_delete_permission(request),
        }
        return desk_page(self, request, "author/people", **context)


def named(typed, sees_accounts):
    """(kind, key, name) of the authors, and of the accounts without one, by name."""
    patterns = patterns_in(typed)
    authors = Author.objects.filter(search_condition(Author, ["name"], patterns))
    rows = authors.order_by().values_list(Value("author"), "pk", "name")
    if sees_accounts:
        fields = ["username", "first_name", "last_name"]
        accounts = User.objects.filter(Q(author=None), search_condition(User, fields, patterns))
        accounts = accounts.order_by().annotate(called=FULL_NAME)
        rows = rows.union(accounts.values_list(Value("account"), "pk", "called"), all=True)
    return rows.order_by("name", "pk")


def people_of(found, sees_accounts):
    """[{name, url, picture, author, account}] of rows of `named`."""
    keys = {"author": [], "account": []}
    for kind, key, _name in found:
        keys[kind].append(key)
    counted = with_uses(AUTHORS, Author.objects.filter(pk__in=keys["author"]), at=timezone.now())
    authors = {row.pk: row for row in counted.select_related("picture", "pen_name_of").order_by()}
    accounts = {}
    if sees_accounts:
        wanted = {row.user_id for row in authors.values()} - {None} | set(keys["account"])
        users = User.objects.filter(pk__in=wanted).prefetch_related("groups")
        accounts = {user.pk: user for user in users}
    return [
        person
        for kind, key, name in found
        if (person := _person(kind, key, name, authors, accounts))
    ]


def _person(kind, key, name, authors, accounts):
    if kind == "account":
        url = reverse("admin:auth_user_change", args=[key])
        return {"name": name, "url": url, "account": accounts.get(key)}
    if (author := authors.get(key)) is None:
        return None
    return {
        "name": name,
        "url": reverse("admin:articles_author_change", args=[key]),
        "picture": thumbnail_url(author.picture) if author.picture else "",
        "author": author,
        "account": accounts.get(author.user_id),
    }

"""Saved views: what somebody asks the list of stories again and again, by a name."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..library.characters import tidy_line
from ..library.fields import LineField
from .audit_log.log import log_action
from .audit_log.verbs import Verb
from .rights.may_do import may_somewhere
from .steps_table import APPROVE
from .workflow import Refusal

MAX_VIEWS = 40
MAX_QUERY = 600
MAX_COLUMNS = 20


class StoryView(models.Model):
    """What somebody asks of the list of stories. Without a name: the columns that they chose."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    name = LineField(gettext_lazy("name"), max_length=60, blank=True)
    query = models.CharField(max_length=MAX_QUERY, blank=True)
    is_shared = models.BooleanField(gettext_lazy("everybody sees it"), default=False)

    class Meta:
        default_permissions = ()
        indexes = [
            # The list of stories: what is shared, beside one's own.
            models.Index(
                fields=["name"], name="story_view_shared", condition=models.Q(is_shared=True)
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="story_view_once"),
        ]

    def __str__(self) -> str:
        return self.name


def views_of(user: Any) -> models.QuerySet[StoryView]:
    """The views of a person, by their key, and those that are shared."""
    return StoryView.objects.filter(models.Q(owner=user) | models.Q(is_shared=True))


def in_order(views: Iterable[StoryView]) -> list[StoryView]:
    """Views by name; the columns that somebody chose come first."""
    return sorted(views, key=lambda view: (view.name.casefold(), view.pk))


def may_share(user: User) -> bool:
    """Whether somebody decides which views everybody sees."""
    return may_somewhere(user, APPROVE)


@transaction.atomic
def save_view(name: str, query: str, *, by: User, is_shared: bool = False) -> StoryView:
    """Keep what the list was asked under a name, in place of one's own view of this name.

    Raises PermissionDenied or Refusal.
    """
    # As it is stored: a name of invisible characters is none.
    name = " ".join(tidy_line(name).split())[:60].strip()
    if is_shared and not may_share(by):
        raise PermissionDenied(_("Your role does not allow you to share views."))
    if not name:
        raise Refusal(_("Give the view a name, so that you find it again."))
    if len(query) > MAX_QUERY:
        raise Refusal(_("This view asks too much to be kept. Leave something out."))
    own = StoryView.objects.filter(owner=by)
    if own.exclude(name=name).count() > MAX_VIEWS:
        too_many = ngettext(
            "You have %s view. Remove it before you keep another.",
            "You have %s views. Remove one before you keep another.",
            MAX_VIEWS,
        )
        raise Refusal(too_many % MAX_VIEWS)
    values = {"query": query, "is_shared": is_shared}
    view, is_new = StoryView.objects.update_or_create(owner=by, name=name, defaults=values)
    log_action(Verb.ADD if is_new else Verb.CHANGE, view, by=by)
    return view


@transaction.atomic
def remove_view(key: int, *, by: User) -> str:
    """Remove one's own view, or, as who may share, a shared one; returns its name.

    Raises PermissionDenied, and Refusal when it is gone.
    """
    view = StoryView.objects.exclude(name="").filter(pk=key).first()
    if view is None:
        raise Refusal(_("This view was removed already."))
    if view.owner_id != by.pk and not (view.is_shared and may_share(by)):
        raise PermissionDenied(_("This view belongs to a colleague."))
    log_action(Verb.DELETE, view, by=by)
    view.delete()
    return view.name


def choose_columns(keys: Iterable[str], *, by: User) -> None:
    """Keep which columns somebody wants to see; none means those of the beginning."""
    chosen = " ".join(list(keys)[:MAX_COLUMNS])[:MAX_QUERY]
    StoryView.objects.update_or_create(owner=by, name="", defaults={"query": chosen})

"""House style as it is set: which rule warns, which keeps from publishing, and its number."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..audit_log.log import log_action
from ..audit_log.verbs import Verb
from ..rights.may_do import may_everywhere
from .finding import LEVELS, Finding, Level
from .house_word import HouseWord
from .names import Names
from .rules import RULES, StyledStory

SET_STYLE = "articles.set_house_style"
MOST_FOUND = 200
"""What is told of one story."""


class HouseStyle(models.Model):
    """The one row that says how the rules are set: as in the table, as far as it says nothing.

    `rules` is {code: {language, or "" for all: {"level": …, "number": …}}}. `stamp` is another one
    after every change of the rules or the words.
    """

    key = models.CharField(max_length=5, unique=True, default="house", editable=False)
    rules = models.JSONField(gettext_lazy("rules"), default=dict)
    stamp = models.CharField(max_length=16, blank=True)

    class Meta:
        verbose_name = gettext_lazy("house style")
        verbose_name_plural = gettext_lazy("house style")
        default_permissions = ()
        permissions = [("set_house_style", gettext_lazy("Can set the rules of the house"))]

    def __str__(self) -> str:
        return _("House style")


class Setting(NamedTuple):
    """How one rule is set."""

    level: str
    number: int


@dataclass(frozen=True)
class Style:
    """House style at this moment, for the stories of one language."""

    rules: dict[str, Any]
    language: str
    names: Names

    def setting(self, code: str) -> Setting:
        """How a rule is set for the language, or for all."""
        return setting_of(self.rules, code, self.language)

    def findings(self, story: StyledStory) -> list[Finding]:
        """What is wrong with a story, what keeps it from being published first."""
        found = sorted(self._findings(story), key=lambda each: each.level != Level.BLOCK)
        return found[:MOST_FOUND]

    def _findings(self, story: StyledStory) -> Iterator[Finding]:
        for code, rule in RULES.items():
            level, number = self.setting(code)
            if level == Level.OFF:
                continue
            for found in rule.finds(story, number):
                weaker = min(level, found.level, key=lambda each: LEVELS[each])
                yield Finding(code, weaker, found.place, found.sentence, found.words)


def setting_of(rules: dict[str, Any], code: str, language: str = "") -> Setting:
    """How a rule is set: for the language itself, for the one that it is a variant of, for all, or
    as in the table."""
    rule, stored = RULES[code], rules.get(code, {})
    of_language = [language, language.split("-")[0]] if rule.by_language else []
    none: dict[str, Any] = {}
    found = next((stored[each] for each in (*of_language, "") if each in stored), none)
    return Setting(found.get("level", rule.default), found.get("number") or rule.number or 0)


_kept: dict[str, tuple[str, Names]] = {}
"""The list of each language, compiled, with the stamp of the style that it is of."""


def style_of(row: HouseStyle | None, language: str) -> Style:
    """House style, as the row says that it is set, for the stories of a language: no query, but
    after it was changed."""
    stamp = row.stamp if row else ""
    kept_stamp, names = _kept.get(language, ("", None))
    if names is None or not stamp or kept_stamp != stamp:
        names = Names(words_for(language))
        if len(_kept) > 50:
            _kept.clear()  # languages are chosen from a list, but not by this function
        _kept[language] = (stamp, names)
    return Style(row.rules if row else {}, language, names)


def words_for(language: str) -> models.QuerySet[HouseWord]:
    """The words that are looked for in stories of a language."""
    languages = {"", language, language.split("-")[0]}
    return HouseWord.objects.filter(language__in=languages).order_by("pk")


@transaction.atomic
def set_rule(
    code: str, *, level: str | None, number: int | None = None, language: str = "", by: User | None
) -> bool:
    """Set a rule, for one language or for all; without a level, for the language as for all.

    Says whether anything changed. Raises PermissionDenied, and ValidationError for a level or a
    number that the rule cannot have.
    """
    if by is not None and not may_everywhere(by, SET_STYLE):
        raise PermissionDenied(_("Your role does not allow you to set the rules of the house."))
    rule = RULES[code]
    if language and not rule.by_language:
        raise ValidationError(_("“%s” is the same in every language.") % rule.name)
    row = locked_style()
    before = setting_of(row.rules, code, language)
    of_rule = {**row.rules.get(code, {})}
    if level is None:
        of_rule.pop(language, None)
    else:
        of_rule[language] = _checked(code, level, number)
    if of_rule == row.rules.get(code, {}):
        return False
    row.rules = {**row.rules, code: of_rule}
    after = setting_of(row.rules, code, language)
    stamp_anew(row)
    named = f"{rule.name} ({language})" if language else str(rule.name)
    change = {"field": named, "from": in_words(code, before), "to": in_words(code, after)}
    log_action(Verb.CHANGE, row, by=by, changes=[change])
    return True


def _checked(code: str, level: str, number: int | None) -> dict[str, Any]:
    rule = RULES[code]
    if level not in Level.values:
        raise ValidationError(_("Choose what “%s” does.") % rule.name)
    if rule.number is None:
        return {"level": level}
    least, most = rule.numbers
    if number is None or not least <= number <= most:
        raise ValidationError(
            _("“%(rule)s”: a number from %(least)s to %(most)s.")
            % {"rule": rule.name, "least": least, "most": most}
        )
    return {"level": level, "number": number}


def in_words(code: str, setting: Setting) -> str:
    level = str(Level(setting.level).label)
    return level if RULES[code].number is None else f"{level}, {setting.number}"


def locked_style() -> HouseStyle:
    """The row, made if it is missing, and locked in the transaction of the caller."""
    HouseStyle.objects.get_or_create(key="house")
    return HouseStyle.objects.select_for_update().get(key="house")


def stamp_anew(row: HouseStyle) -> None:
    """Store the row; from now on nothing that was kept of the style holds."""
    row.stamp = secrets.token_hex(8)
    row.save()


def words_changed() -> None:
    """Call it in the transaction that changes a word of the house."""
    stamp_anew(locked_style())

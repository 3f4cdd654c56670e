"""Words of the house: names and others that a newsroom writes in one way."""

from functools import cached_property
from itertools import islice

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ...library.fields import LineField
from ...library.natural_keys import NaturalKeyManager
from .finding import Level
from .patterns import LONGEST, compile_pattern

MOST_PATTERNS = 50
"""Each reads the whole story by itself."""
MOST_OFFSETS = 5
"""Places in a right form at which words are looked for: each costs something wherever they stand in
a story."""


class HouseWord(models.Model):
    """Words, or a pattern of words, that are found in stories, and how they are written here."""

    wrong = LineField(
        _("what is found"),
        max_length=LONGEST,
        help_text=_("As whole words: “Kiev” is not found in “Kievan”."),
    )
    is_pattern = models.BooleanField(
        _("it is a pattern"),
        default=False,
        help_text=_(
            "A regular expression (RE2), such as “Al[- ]?Qa[ei]da”. It finds whole words too."
        ),
    )
    right = LineField(
        _("how it is written here"),
        max_length=200,
        blank=True,
        help_text=_("Empty: it is not written at all."),
    )
    reason = LineField(_("why"), max_length=200, blank=True)
    language = models.CharField(
        _("language"),
        max_length=12,
        blank=True,
        help_text=_("Empty: in stories of every language."),
    )
    level = models.CharField(
        _("what it does"),
        max_length=5,
        choices=[(level.value, level.label) for level in (Level.WARN, Level.BLOCK)],
        default=Level.WARN,
    )
    case_sensitive = models.BooleanField(
        _("only with these capitals"),
        default=False,
        help_text=_("For words that are right with others: “us” and “US”."),
    )

    objects = NaturalKeyManager("wrong", "language")

    class Meta:
        ordering = ["wrong", "pk"]
        verbose_name = _("word of the house")
        verbose_name_plural = _("words of the house")
        constraints = [
            models.UniqueConstraint(
                fields=["wrong", "language"],
                name="house_word_once",
                violation_error_message=_("These words are on the list already."),
            ),
        ]

    def __str__(self) -> str:
        return self.wrong

    def natural_key(self) -> tuple[str, str]:
        return (self.wrong, self.language)

    def clean(self) -> None:
        """Raise ValidationError for what could find nothing, or the right form itself."""
        if not self.is_pattern:
            if self.wrong and self.wrong == self.right:
                raise ValidationError({"right": gettext("This is what is found. Write the other.")})
            return
        try:
            compiled = compile_pattern(self.wrong, case_sensitive=self.case_sensitive)
        except ValidationError as error:
            raise ValidationError({"wrong": error.messages}) from None
        if self.right and compiled.fullmatch(self.right):
            raise ValidationError(
                {"right": gettext("The pattern finds this too, so nobody could put it right.")}
            )
        others = HouseWord.objects.filter(is_pattern=True).exclude(pk=self.pk)
        if others.count() >= MOST_PATTERNS:
            raise ValidationError(
                {"is_pattern": gettext("There are %s patterns already: no more.") % MOST_PATTERNS}
            )

    def offsets_in_right(self) -> list[int]:
        """Where in the right form the words stand, as “Obama” does in “President Obama”."""
        return self._offsets

    @cached_property
    def _offsets(self) -> list[int]:
        right, wrong = self.right.lower(), self.wrong.lower()
        found = (at for at in range(len(right)) if wrong and right.startswith(wrong, at))
        return list(islice(found, MOST_OFFSETS))

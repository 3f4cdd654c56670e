"""Words that are kept in the database for all to read, such as the lines of a log, are those of the
site's language, whoever's page caused them."""

from collections.abc import Iterable

from django.conf import settings
from django.contrib.admin.utils import label_for_field
from django.db import models
from django.utils.translation import override


def in_site_language() -> override:
    """A context in which texts are translated for the site, not for whoever asks."""
    return override(settings.LANGUAGE_CODE)


def untranslated(model: type[models.Model], names: Iterable[str]) -> list[str]:
    """What fields are called as Django's log keeps it: translated where it is read."""
    with override(None):
        return [str(label_for_field(name, model)) for name in names]

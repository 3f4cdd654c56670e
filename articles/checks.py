"""Checks of combinations of settings, for `manage.py check --deploy`, and of the search index, for
`check --database default`, which `migrate` runs too."""

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register  # noqa: A004
from django.db import DatabaseError, transaction

from .publishing.search.index import is_outdated

TOKENS = {"fastly": "FASTLY_TOKEN", "cloudflare": "CLOUDFLARE_TOKEN"}


@register(Tags.caches, deploy=True)
def check_caches_in_front(app_configs, **kwargs):
    found = [
        Error(f"NEWSROOM_PURGE names {kind}, so NEWSROOM_{token} must be set.", id="articles.E001")
        for kind, token in TOKENS.items()
        if any(cache.startswith(f"{kind}://") for cache in settings.PURGE)
        and not getattr(settings, token)
    ]
    if settings.PURGE and not settings.SHARED_CACHE_SECONDS:
        found.append(
            Warning(
                "NEWSROOM_PURGE names caches, which keep nothing, because "
                "NEWSROOM_SHARED_CACHE_SECONDS is 0.",
                id="articles.W001",
            )
        )
    return found


@register(Tags.database)
def check_search_index(app_configs, databases=None, **kwargs):
    if "default" not in (databases or ()):
        return []
    try:
        with transaction.atomic():
            outdated = is_outdated()
    except DatabaseError:  # before the tables are made
        return []
    if not outdated:
        return []
    hint = "Run manage.py reindex --missing; the site stays up, and search keeps answering."
    message = "Part of the search index was written by an older release and finds less."
    return [Warning(message, hint=hint, id="articles.W002")]

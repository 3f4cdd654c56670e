"""Checks of what the settings say together, for `manage.py check --deploy`."""

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register  # noqa: A004

TOKENS = {"fastly": "FASTLY_TOKEN", "cloudflare": "CLOUDFLARE_TOKEN"}


@register(Tags.caches, deploy=True)
def check_caches_in_front(app_configs, **kwargs):
    """Caches that are told what to forget keep something, and let us tell them."""
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

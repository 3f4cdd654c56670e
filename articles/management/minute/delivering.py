"""Telling caches in front and the feed hub what changed."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.publishing.machine.run import Done
from articles.publishing.outbox.sender import send_due


def deliver(now, place):
    """Send what is due in the outbox."""
    report = send_due(now=now)
    if settings.WEBSUB_HUB and not settings.SITE_URL:
        raise ImproperlyConfigured(
            "NEWSROOM_SITE_URL must be set, so that the hub can be told where."
        )
    if not report:
        said = _(
            "No cache and no hub are set (NEWSROOM_PURGE, NEWSROOM_WEBSUB_HUB): nothing to do."
        )
        return Done(said)
    lines = [
        ngettext(
            "Told %(name)s of %(sent)d change; %(left)d left for later runs.",
            "Told %(name)s of %(sent)d changes; %(left)d left for later runs.",
            sent,
        )
        % {"name": name, "sent": sent, "left": left}
        for name, (sent, left) in report.items()
        if sent or left
    ]
    return Done("\n".join(lines) or _("There was nothing to tell."), notable=bool(lines))

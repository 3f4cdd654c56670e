"""send_pings: send what is in the outbox."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from articles.desk.sign_in_throttle import delete_expired
from articles.publishing.outbox.sender import send_due


class Command(BaseCommand):
    help = (
        "Tells the caches in front what to forget, and the WebSub hub which feeds have changed; "
        "and removes sessions that have ended and old failures to sign in. "
        "Safe to run every minute."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("clearsessions")
        delete_expired(now=timezone.now())
        report = send_due(now=timezone.now())
        for destination, (sent, left) in report.items():
            self.stdout.write(f"Told {destination} of {sent} changes; {left} left for later runs.")
        if not report:
            self.stdout.write(
                "No cache and no hub are set (NEWSROOM_PURGE, NEWSROOM_WEBSUB_HUB): nothing to do."
            )
        if settings.WEBSUB_HUB and not settings.SITE_URL:
            raise CommandError("NEWSROOM_SITE_URL must be set, so that the hub can be told where.")

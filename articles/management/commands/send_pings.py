"""Tell others what has changed: the caches in front, and the WebSub hub."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from articles.desk.sign_in_throttle import delete_expired
from articles.publishing.outbox.announcing import announce
from articles.publishing.outbox.purging import purge_due


class Command(BaseCommand):
    help = (
        "Tells the caches in front what to forget, and the WebSub hub which feeds have changed; "
        "and removes sessions that have ended and old failures to sign in. "
        "Safe to run every minute."
    )

    def handle(self, *args, **options):
        call_command("clearsessions")
        delete_expired(now=timezone.now())
        if settings.PURGE:
            told, left = purge_due(now=timezone.now())
            self.stdout.write(f"Told caches of {told} changes; {left} are told again.")
        if settings.WEBSUB_HUB:
            self.tell_hub()
        elif not settings.PURGE:
            self.stdout.write(
                "No cache and no hub are set (NEWSROOM_PURGE, NEWSROOM_WEBSUB_HUB): nothing to do."
            )

    def tell_hub(self):
        if not settings.SITE_URL:
            raise CommandError("NEWSROOM_SITE_URL must be set, so that the hub can be told where.")
        told, left = announce(now=timezone.now())
        self.stdout.write(f"Told the hub of {told} changed feeds; {left} left for the next run.")

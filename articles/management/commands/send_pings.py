"""Tell the WebSub hub what has changed."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from articles.publishing.announcing import announce


class Command(BaseCommand):
    help = "Tells the WebSub hub which feeds have changed. Safe to run every minute."

    def handle(self, *args, **options):
        if not settings.WEBSUB_HUB:
            self.stdout.write("No hub is set (NEWSROOM_WEBSUB_HUB): nothing to do.")
            return
        if not settings.SITE_URL:
            raise CommandError("NEWSROOM_SITE_URL must be set, so that the hub can be told where.")
        told, left = announce(now=timezone.now())
        self.stdout.write(f"Told the hub of {told} changed feeds; {left} left for the next run.")

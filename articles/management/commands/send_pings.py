"""send_pings: send what is in the outbox."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ..minute.cleaning import forget_sign_ins
from ..minute.delivering import deliver


class Command(BaseCommand):
    help = (
        "Tells the caches in front what to forget, and the WebSub hub which feeds have changed; "
        "and removes sessions that have ended and old failures to sign in. every_minute does this "
        "and more: run that instead."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        forget_sign_ins(timezone.now(), "")
        try:
            self.stdout.write(deliver(timezone.now(), "").result)
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error

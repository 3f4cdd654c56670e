"""Serving the site on this machine."""

import os

from django.conf import settings
from granian import Granian
from granian.constants import Interfaces


def serve(host, port):
    """Serve until Ctrl-C, static files and pictures included."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    # For the site's own error pages in place of Django's.
    settings.DEBUG = False
    Granian(
        "newsroom.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=2,
        log_access=False,
        log_level="warning",
    ).serve()

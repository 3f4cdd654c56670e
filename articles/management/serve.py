"""Serving the site on this machine."""

import os

from django.conf import settings
from granian import Granian
from granian.constants import Interfaces


def serve(host, port):
    """Serve until Ctrl-C. Static files and pictures are served by the project itself."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    # Whoever tries the site should see its own pages for what goes wrong, not Django's.
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

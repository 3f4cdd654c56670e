"""Serving static files from this process."""

import os

from django.conf import settings
from whitenoise.middleware import WhiteNoiseMiddleware


class StaticFiles(WhiteNoiseMiddleware):
    """WhiteNoise, which without production serves files from where they lie."""

    def add_files(self, root, prefix=None):
        # It would warn that nothing was collected, which only production has to do.
        if settings.PRODUCTION or os.path.isdir(root):
            super().add_files(root, prefix)

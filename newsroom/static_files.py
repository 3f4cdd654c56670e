"""Serving static files from this process."""

import os

from django.conf import settings
from whitenoise.middleware import WhiteNoiseMiddleware


class StaticFiles(WhiteNoiseMiddleware):
    def add_files(self, root, prefix=None):
        # Only production has a folder of collected files; WhiteNoise warns if it is missing.
        if settings.PRODUCTION or os.path.isdir(root):
            super().add_files(root, prefix)

"""HTML that is rendered once in a process, because what it shows never changes."""

from django.conf import settings
from django.core.signals import setting_changed

from ..library.bounded_dict import BoundedDict

PLACE = "<!--place-->"
"""Where something is put into markup that is rendered ahead. No words of an editor's hold it, since
theirs are escaped or cleaned."""


class RenderedOnce:
    """At most so many pieces of HTML by their keys, which name all that they are made of, but for
    the code and the settings."""

    def __init__(self, most):
        self._html = BoundedDict(most)
        # Only tests change settings.
        setting_changed.connect(self._forget)

    def get(self, key):
        """The HTML under a key, or None; in development always None, so that a changed template is
        seen at once."""
        return None if settings.DEBUG else self._html.get(key)

    def once(self, key, render):
        """The HTML under a key, or what `render()` returns, kept from now on."""
        html = self.get(key)
        if html is None:
            html = self._html[key] = render()
        return html

    def _forget(self, **signal):
        self._html.clear()

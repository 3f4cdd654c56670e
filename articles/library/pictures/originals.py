"""Where pictures are kept as they were uploaded."""

from django.conf import settings

from .whole_files import WholeFiles


class Originals(WholeFiles):
    """Files on a disk that no address leads to: they tell where and with what they were taken."""

    @property
    def base_location(self):
        return settings.ORIGINALS_ROOT

    @property
    def location(self):
        return str(settings.ORIGINALS_ROOT)

    def url(self, name):
        raise ValueError("A picture as uploaded has no address; show one of its renditions.")

"""JSON for dumps: moments to the microsecond, where Django's own cuts them to the thousandth.

An interval may be shorter than that, and the order of two stories may hang on it.
"""

import datetime as dt

from django.core.serializers import json
from django.core.serializers.json import Deserializer, DjangoJSONEncoder

__all__ = ["Deserializer", "Encoder", "Serializer"]


class Encoder(DjangoJSONEncoder):
    def default(self, value):
        return (
            value.isoformat()
            if isinstance(value, dt.datetime | dt.time)
            else super().default(value)
        )


class Exact:
    """Stands before a serializer that writes JSON."""

    def _init_options(self):
        super()._init_options()
        self.json_kwargs["cls"] = Encoder


class Serializer(Exact, json.Serializer):
    pass

"""JSON Lines as dumps need them; see exact_json.py."""

from django.core.serializers import jsonl
from django.core.serializers.jsonl import Deserializer

from .exact_json import Exact

__all__ = ["Deserializer", "Serializer"]


class Serializer(Exact, jsonl.Serializer):
    pass

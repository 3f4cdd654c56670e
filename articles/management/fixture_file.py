"""The file of a fixture, as rows; what cannot be read is said in a sentence."""

import json
import lzma
import zipfile
import zlib

from django.core.serializers import get_serializer

from .broken import Broken

READS = {"json", "jsonl", "yaml"}
UNREADABLE = (OSError, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile)


def text_of(opener, path, mode, name):
    """The text of a file, or of what comes by a pipe. Raises Broken."""
    try:
        with opener(path, mode) as stream:
            text = stream.read()
        return text if isinstance(text, str) else text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Broken(name, "", f"this is not UTF-8: {error}") from error
    except (*UNREADABLE, ValueError) as error:
        said = getattr(error, "strerror", None) or error
        raise Broken(name, "", f"the file cannot be read: {said}") from error


def nodes_of(text, kind, name):
    """The rows of a fixture as Django's serializers write them: {model, fields, pk}."""
    try:
        nodes = PARSERS[kind](text)
    except RecursionError as error:
        raise Broken(name, "", "its values lie too deep within each other") from error
    except ValueError as error:
        raise Broken(name, "", f"this is not {kind.upper()}: {error}") from error
    if not isinstance(nodes, list):
        raise Broken(name, "", "a fixture is a list of objects")
    return nodes


def _json(text):
    return json.loads(text, parse_constant=_no_number, object_pairs_hook=_object)


def _json_lines(text):
    return [_json(line) for line in text.split("\n") if line.strip()]


def _yaml(text):
    get_serializer("yaml")
    import yaml

    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise ValueError(error) from error


def _no_number(name):
    raise ValueError(f"{name} is no number")


def _object(pairs):
    """A JSON object; of two values for one name, one would be lost without a word."""
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"“{twice}” stands twice in one object")
    return made


PARSERS = {"json": _json, "jsonl": _json_lines, "yaml": _yaml}

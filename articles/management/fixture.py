"""Reading fixtures: rows from a file, whose faults are named by object and field.

Rows may stand in any order: one that names a row further on waits for it.
"""

import json
import os

from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist, ValidationError
from django.core.serializers import base, get_serializer
from django.core.serializers.python import Deserializer
from django.db import models

READS = {"json", "jsonl", "yaml"}


class Broken(Exception):
    """A fixture that cannot be loaded; says which object, which field, and why."""

    def __init__(self, where, field, reason):
        super().__init__(": ".join(part for part in (where, field, reason) if part))


class Missing(Broken):
    """An object names another that is not there (yet)."""


def nodes_of(stream, kind, name):
    """The rows of a fixture as Django's serializers write them: {model, fields, pk}."""
    text = stream.read()
    if isinstance(text, bytes):
        text = text.decode()
    try:
        if kind == "json":
            nodes = json.loads(text)
        elif kind == "jsonl":
            nodes = [json.loads(line) for line in text.splitlines() if line.strip()]
        else:
            get_serializer("yaml")
            import yaml

            nodes = yaml.safe_load(text)
    except ValueError as error:
        raise Broken(name, "", f"this is not {kind.upper()}: {error}") from error
    if not isinstance(nodes, list):
        raise Broken(name, "", "a fixture is a list of objects")
    return nodes


class Reader(Deserializer):
    """Makes objects from rows, and says in plain words what is wrong with one."""

    def __init__(self, nodes, *, file_name, **options):
        super().__init__(nodes, **options)
        self.file_name, self.found, self.waiting = os.path.basename(file_name), {}, []

    def __iter__(self):
        """The objects that can be made; rows that name what is not there are left waiting."""
        nodes = list(self.stream)
        while nodes:
            self.waiting = []
            for node in nodes:
                try:
                    yield from self._handle_object(node)
                except Missing as missing:
                    self.waiting.append((node, missing))
            if len(self.waiting) == len(nodes):
                return
            nodes = [node for node, _missing in self.waiting]

    def rest(self):
        """The objects left waiting, now that all files are read. Raises Missing."""
        self.stream = [node for node, _missing in self.waiting]
        yield from self
        for _node, missing in self.waiting:
            raise missing

    def _handle_object(self, node):
        where = self.name(node)
        if not isinstance(node, dict) or not isinstance(node.get("fields"), dict):
            raise Broken(where, "", "an object has a “model” and “fields”")
        self.where = where
        try:
            made = list(super()._handle_object(node))
        except base.DeserializationError as error:
            raise self.explained(node, error) from error
        except FieldDoesNotExist as error:
            field = str(error).rsplit("'", 2)[-2]
            raise Broken(where, field, "there is no field of this name") from error
        except ObjectDoesNotExist as error:  # while its own natural key was made
            raise Missing(where, "", str(error)) from error
        for each in made:
            self.check(each, node["fields"])
            each.node = node
            each.where = where
        yield from made

    def explained(self, node, error):
        cause = error.__cause__ or error.__context__
        if isinstance(cause, Broken):
            return cause
        value = str(error).rsplit("field_value was ", 1)[-1]
        if cause is None or isinstance(cause, LookupError):
            return Broken(self.where, "model", "there is no model of this name")
        reason = " ".join(getattr(cause, "messages", [str(cause)]))
        field = next((k for k, v in node["fields"].items() if f"'{v}'" == value), "")
        return Broken(self.where, field, reason)

    def _handle_fk_field_node(self, field, field_value):
        if not isinstance(field_value, list | tuple):
            return super()._handle_fk_field_node(field, field_value)
        target = field.remote_field.model
        key = target, tuple(field_value)
        if key not in self.found:
            try:
                self.found[key] = super()._handle_fk_field_node(field, field_value)
            except ObjectDoesNotExist as error:
                said = "/".join(map(str, field_value))
                reason = f"there is no {target._meta.verbose_name} “{said}”"
                raise Missing(self.where, field.name, reason) from error
            except (TypeError, ValueError) as error:
                reason = f"{field_value!r} is not how a {target._meta.verbose_name} is named"
                raise Broken(self.where, field.name, reason) from error
        return self.found[key]

    def check(self, made, fields):
        """Values must be those that the desk's own forms would let in."""
        row = made.object
        if row._meta.app_label != "articles":
            return
        skipped = {
            field.name
            for field in row._meta.fields
            if isinstance(field, models.ForeignKey | models.FileField) or field.name not in fields
        }
        for field in row._meta.fields:
            # A null is refused by the database in words that nobody reads.
            value = getattr(row, field.attname)
            if value is None and not field.null and not field.primary_key and field.name in fields:
                raise Broken(self.where, field.name, "it cannot be empty (null)")
            if not field.editable and field.choices and value not in dict(field.flatchoices):
                said = ", ".join(str(choice) for choice in dict(field.flatchoices))
                raise Broken(self.where, field.name, f"“{value}” is none of: {said}")
        try:
            row.clean_fields(exclude=skipped)
        except ValidationError as error:
            field, messages = next(iter(error.message_dict.items()))
            raise Broken(self.where, field, " ".join(messages)) from error

    def name(self, node):
        """What people call an object: “demo.json: related link of demo/aleppo (body, 20)”."""
        return f"{self.file_name}: {name_of(node)}"


def name_of(node):
    """What people call a row of a fixture, from its own fields."""
    if not isinstance(node, dict):
        return repr(node)[:60]
    fields = node.get("fields") if isinstance(node.get("fields"), dict) else {}
    model = str(node.get("model", "object without a model")).removeprefix("articles.")
    if "source_id" in fields:
        return f"{model} {fields.get('source', 'desk')}/{fields['source_id']}"
    owner = fields.get("parent") or fields.get("post") or fields.get("content_object")
    if isinstance(owner, list):
        name = f"{model} of {'/'.join(map(str, owner))}"
        if "region" in fields:
            name += f" ({fields['region']}, {fields.get('ordering')})"
        return name
    for key in ("slug", "username", "name"):
        if key in fields:
            return f"{model} {fields[key]}"
    return f"{model} {node.get('pk', '')}".strip()

"""Reading fixtures: rows from a file, whose faults are named by object and field.

Rows may stand in any order: one that names a row further on waits for it.
"""

import os

from django.core.exceptions import (
    FieldDoesNotExist,
    MultipleObjectsReturned,
    ObjectDoesNotExist,
)
from django.core.serializers import base
from django.core.serializers.python import Deserializer

from .broken import Broken, Missing
from .fixture_checks import refuse_unknown_parts, refuse_what_no_database_stores


class Reader(Deserializer):
    """Makes objects from rows, and says in plain words what is wrong with one.

    `check` is called with where a row stands, the row, and the fields that the file names.
    """

    def __init__(self, nodes, *, file_name, check, **options):
        super().__init__(nodes, **options)
        self.file_name, self.check = os.path.basename(file_name), check
        self.found, self.waiting, self.seen = {}, [], {}
        # Rows that got no number in the file get any that is free here.
        self.unnumbered = {str(node.get("model")) for node in nodes if is_unnumbered(node)}

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
        self.where = where = self.name(node)
        try:
            refuse_unknown_parts(where, node)
            refuse_what_no_database_stores(where, node["fields"])
            made = list(super()._handle_object(node))
            for each in made:
                self.refuse_a_second(each.object, node)
                self.check(where, each.object, node["fields"])
        except base.DeserializationError as error:
            raise self.explained(node, error) from error
        except FieldDoesNotExist as error:
            field = str(error).rsplit("'", 2)[-2]
            raise Broken(where, field, "there is no field of this name") from error
        except MultipleObjectsReturned as error:
            raise Broken(where, "", "more than one row has this name here") from error
        except ObjectDoesNotExist as error:  # while its own natural key was made
            raise Missing(where, "", str(error)) from error
        except UNFIT as error:
            raise Broken(where, "", f"it holds a value that cannot be stored: {error}") from error
        for each in made:
            each.node, each.where = node, where
        yield from made

    def refuse_a_second(self, row, node):
        """Raise Broken for a row that stands in the file already: one of the two would be lost."""
        identity = identity_of(type(row), node)
        if identity and self.seen.setdefault(identity, node["fields"]) != node["fields"]:
            raise Broken(self.where, "", "it stands twice in this file, and not the same")

    def explained(self, node, error):
        cause = error.__cause__ or error.__context__
        cause = getattr(cause, "original_exc", cause)  # of one in a list
        if isinstance(cause, Broken):
            return cause
        value = str(error).rsplit("field_value was ", 1)[-1]
        if cause is None or isinstance(cause, LookupError):
            return Broken(self.where, "model", "there is no model of this name")
        reason = " ".join(getattr(cause, "messages", [str(cause)]))
        field = next((k for k, v in node["fields"].items() if f"'{v}'" == value), "")
        if isinstance(cause, ObjectDoesNotExist):
            return Missing(self.where, field, reason)
        return Broken(self.where, field, reason)

    def _handle_m2m_field_node(self, field, field_value):
        through = field.remote_field.through._meta
        if not through.auto_created:
            reason = f"each is an object of its own, of the model {through.label_lower}"
            raise Broken(self.where, field.name, reason)
        return super()._handle_m2m_field_node(field, field_value)

    def _handle_fk_field_node(self, field, field_value):
        target = field.remote_field.model
        if not isinstance(field_value, list | tuple):
            if field_value is not None and target._meta.label_lower in self.unnumbered:
                reason = f"it is named by a number, but a {target._meta.verbose_name} has none here"
                raise Broken(self.where, field.name, f"{reason}; dump with --natural-foreign too")
            return super()._handle_fk_field_node(field, field_value)
        key = target, repr(field_value)
        if key not in self.found:
            try:
                self.found[key] = super()._handle_fk_field_node(field, field_value)
            except ObjectDoesNotExist as error:
                said = "/".join(map(str, field_value))
                reason = f"there is no {target._meta.verbose_name} “{said}”"
                raise Missing(self.where, field.name, reason) from error
            except UNFIT as error:
                reason = f"{field_value!r} is not how a {target._meta.verbose_name} is named"
                raise Broken(self.where, field.name, reason) from error
        return self.found[key]

    def name(self, node):
        """What people call an object: “demo.json: related link of demo/aleppo (body, 20)”."""
        return f"{self.file_name}: {name_of(node)}"


UNFIT = (TypeError, ValueError, AttributeError, ArithmeticError, RecursionError)
"""What Python says of values that a row cannot have."""


def is_unnumbered(node):
    return isinstance(node, dict) and node.get("pk") is None


def identity_of(model, node):
    """What a row of a file is told from others by: its number, or else its name; or None."""
    if not is_unnumbered(node):
        return model, "pk", repr(node["pk"])
    names = getattr(model._default_manager, "names", ())
    said = [node["fields"].get(name) for name in names]
    return (model, repr(said)) if said and said[-1] is not None else None


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

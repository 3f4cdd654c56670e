"""Writes that lose against another's, where a test cannot have two people write at once."""

from contextlib import contextmanager
from itertools import count

from django.db import IntegrityError, connection


@contextmanager
def before_statement(verb, model, do):
    """`do(n)` before the nth statement of this verb about a model's table, counted from 1."""
    table, numbers = f'"{model._meta.db_table}"', count(1)
    start = {"INSERT": "INSERT INTO ", "UPDATE": "UPDATE "}.get(verb)

    def watch(execute, sql, params, many, context):
        if sql.startswith(start + table if start else verb) and table in sql:
            do(next(numbers))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield


@contextmanager
def losing(verb, model, tries):
    """The statements of these numbers lose."""

    def lose(number):
        if number in tries:
            raise IntegrityError("Somebody else was first.")

    with before_statement(verb, model, lose):
        yield

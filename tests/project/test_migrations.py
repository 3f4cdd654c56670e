"""Migrations: the release before runs on with the tables of the next (docs/deploy.md)."""

import pytest
from django.db import models
from django.db.migrations import AddField, RenameField, RenameModel
from django.db.migrations.loader import MigrationLoader
from django.db.models import NOT_PROVIDED

FIRST_RELEASE = 21
"""The number of the last migration that no running site had to follow."""


def too_much(operation):
    """Why the code of the release before would not run on after this operation, or None."""
    if isinstance(operation, RenameField | RenameModel):
        return "renames what it asks for"
    if isinstance(operation, AddField) and not may_be_left_out(operation.field):
        return "adds a column that it does not fill"
    return None


def may_be_left_out(field):
    return field.null or field.many_to_many or field.db_default is not NOT_PROVIDED


def test_every_migration_since_the_first_release_only_expands():
    loader = MigrationLoader(None)
    found = {
        f"{name}: {operation.describe()}": why
        for (app, name), migration in loader.disk_migrations.items()
        if app == "articles" and int(name[:4]) > FIRST_RELEASE
        for operation in migration.operations
        if (why := too_much(operation))
    }

    assert found == {}


@pytest.mark.parametrize(
    ("field", "why"),
    [
        (models.UUIDField(), "adds a column that it does not fill"),
        (models.IntegerField(default=0), "adds a column that it does not fill"),
        (models.UUIDField(null=True), None),
        (models.IntegerField(db_default=0), None),
    ],
)
def test_a_column_that_the_former_release_cannot_fill_is_noticed(field, why):
    assert too_much(AddField("edition", "column", field)) == why

"""What every test may ask for."""

import gc
from contextlib import ExitStack

import pytest
from django.db import connection, transaction

from articles.desk import roles
from articles.library.pictures import worker
from newsroom.static_files import StaticFiles

from .builders import make_user
from .template_database import template_database


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request, django_db_modify_db_settings_parallel_suffix, django_db_keepdb, django_db_blocker
):
    """Until the test database is there, Django copies a template where it would migrate."""
    with ExitStack() as stack:
        if not django_db_keepdb:
            folder = request.config.cache.mkdir("template-database")
            with django_db_blocker.unblock():
                stack.enter_context(template_database(folder))
        yield stack


@pytest.fixture(scope="session")
def django_db_setup(django_db_modify_db_settings, django_db_setup):
    """The test database is there: from now on `migrate` migrates."""
    django_db_modify_db_settings.close()


@pytest.fixture(autouse=True, scope="session")
def media_of_the_tests(tmp_path_factory):
    """Pictures made by tests go to a folder of their own."""
    from django.conf import settings

    from articles.library.pictures import machine_lock

    settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")
    settings.ORIGINALS_ROOT = tmp_path_factory.mktemp("originals")
    # Others on this machine may be reading pictures too.
    machine_lock.FOLDER = tmp_path_factory.mktemp("turns")


@pytest.fixture(autouse=True, scope="session")
def quick_passwords():
    """Making a person costs nothing: tests guard no real password."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True, scope="session")
def static_files_listed_once(django_test_environment):
    """Every client of a test makes its middleware anew; the static files stay where they are."""
    files = StaticFiles().files
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StaticFiles, "add_files", lambda *args, **options: None)
        patch.setattr(StaticFiles, "add_files_from_finders", lambda self: self.files.update(files))
        yield


@pytest.fixture(autouse=True, scope="session")
def tables_emptied_by_deleting():
    """A test that commits leaves a few rows, and its tables are emptied of them.

    PostgreSQL would truncate: make the files of all tables and indexes anew, whatever they hold.
    """

    truncating = connection.ops.sql_flush

    def deleting(style, tables, *, reset_sequences=False, **options):
        if reset_sequences:
            return truncating(style, tables, reset_sequences=True, **options)
        return [f"DELETE FROM {connection.ops.quote_name(table)}" for table in tables]  # noqa: S608

    with pytest.MonkeyPatch.context() as patch:
        if on_postgresql():
            patch.setattr(connection.ops, "sql_flush", deleting)
        yield


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    """Every test has a site of its own, at versions that another test's site may have had."""
    keep_nothing(monkeypatch)


def keep_nothing(patch):
    """Whatever a process keeps of a site is kept elsewhere until the patch is undone."""
    patch.setattr("articles.public.memo._held", {})
    patch.setattr("articles.publishing.search.matching._common", {})


@pytest.fixture(scope="module")
def once(django_db_setup, django_db_blocker):
    """`once(make)` gives what `make()` puts into the database, for all tests of a module.

    Asked for by a fixture of the module's scope. What a test changes in the database is undone
    after that test, and what was made is after the last of the module. Until then every test of
    the module has it: it is for modules whose tests all want it.
    """

    def make_once(make):
        with pytest.MonkeyPatch.context() as patch:
            keep_nothing(patch)
            return make()

    with django_db_blocker.unblock(), transaction.atomic():
        yield make_once
        transaction.set_rollback(True)


@pytest.fixture
def pictures_read_here(monkeypatch):
    """Pictures are read in this process: another takes longer to start than to read a small one."""
    monkeypatch.setattr("articles.library.pictures.sandbox.run_worker", worker.answer)


@pytest.fixture
def reporter(db):
    return make_user(roles.REPORTER, "reporter")


@pytest.fixture
def editor(db):
    return make_user(roles.EDITOR, "editor")


@pytest.fixture
def picture_editor(db):
    return make_user(roles.PICTURE_EDITOR, "picture-editor")


@pytest.fixture
def administrator(db):
    return make_user(roles.ADMINISTRATOR, "administrator")


def pytest_configure():
    # Rows, forms and contexts come by the ten thousand and hardly ever refer back to each other:
    # looking for those that do, after every seven hundred, took a tenth of the time.
    gc.set_threshold(50_000)


def pytest_addoption(parser):
    parser.addoption("--browser", action="store_true", help="run the tests that drive Chromium")
    parser.addoption("--caches", action="store_true", help="run the tests behind real caches")


def pytest_collection_modifyitems(config, items):
    """Skip, and say why, what this run or this machine has no means for."""
    for item in items:
        if item.get_closest_marker("browser") and not config.getoption("--browser"):
            item.add_marker(pytest.mark.skip(reason="drives Chromium: run with --browser"))
        if item.get_closest_marker("caches") and not config.getoption("--caches"):
            item.add_marker(pytest.mark.skip(reason="needs real caches: run with --caches"))
        if item.get_closest_marker("postgresql") and not on_postgresql():
            item.add_marker(pytest.mark.skip(reason="needs PostgreSQL: set DATABASE_URL"))


def on_postgresql():
    """Whether this run uses PostgreSQL."""
    from django.conf import settings

    return settings.DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql"

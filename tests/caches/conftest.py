"""Real caches in front of a real site, which shares a database with the tests.

Nothing is rolled back or emptied between tests: each has stories of its own.
"""

import os

import pytest
from django.conf import settings
from django.db import connections
from django.test.utils import setup_databases, teardown_databases

from . import servers


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/caches" in item.path.as_posix():
            item.add_marker(pytest.mark.caches)


@pytest.fixture(scope="session", autouse=True)
def database_url(tmp_path_factory, programs, django_test_environment, django_db_blocker):
    """The address of a database of these tests' own, which every one may use and none empties."""
    stored = connections["default"].settings_dict
    on_sqlite = stored["ENGINE"] == "django.db.backends.sqlite3"
    if on_sqlite:
        # One that another process can open too.
        stored["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "news.sqlite3")
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, aliases={"default"})
        place = "sqlite:///" if on_sqlite else os.environ["DATABASE_URL"].rpartition("/")[0] + "/"
        yield f"{place}{stored['NAME']}"
        teardown_databases(made, verbosity=0)


@pytest.fixture(scope="session")
def programs():
    """Skip without the caches' programs, except where the gate runs: there it is a failure."""
    if without := servers.missing():
        reason = f"not on this machine: {', '.join(without)}"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)


@pytest.fixture(autouse=True)
def purge():
    """Which caches this process tells; each test says which it has."""
    settings.PURGE = []
    yield
    settings.PURGE = []

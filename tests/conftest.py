"""What every test may ask for."""

from collections import OrderedDict
import gc

import pytest
from whitenoise.middleware import WhiteNoiseMiddleware

from articles.desk import roles

from .builders import make_user


@pytest.fixture(autouse=True, scope="session")
def media_of_the_tests(tmp_path_factory):
    """Pictures made by tests go to a folder of their own."""
    from django.conf import settings

    settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")
    settings.ORIGINALS_ROOT = tmp_path_factory.mktemp("originals")


@pytest.fixture(autouse=True, scope="session")
def quick_passwords():
    """Making a person costs nothing: tests guard no real password."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True, scope="session")
def static_files_listed_once(django_test_environment):
    """Every client of a test makes its middleware anew; the static files stay where they are."""
    files = WhiteNoiseMiddleware().files
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            WhiteNoiseMiddleware, "add_files_from_finders", lambda self: self.files.update(files)
        )
        yield


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    """Every test has a site of its own, at versions that another test's site may have had."""
    monkeypatch.setattr("articles.public.keeping.known._known", OrderedDict())
    monkeypatch.setattr("articles.public.keeping.per_version._kept", {})
    monkeypatch.setattr("articles.publishing.site_version._kept", {})


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

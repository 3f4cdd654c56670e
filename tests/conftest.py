"""What every test may ask for."""

import pytest

from articles.desk import roles

from .builders import make_user


@pytest.fixture(autouse=True, scope="session")
def media_of_the_tests(tmp_path_factory):
    """Pictures made by tests go to a folder of their own."""
    from django.conf import settings

    settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")


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

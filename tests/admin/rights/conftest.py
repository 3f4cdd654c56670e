"""Somebody with rights at one desk, and their desk."""

import pytest

from articles.desk import roles
from articles.models import DeskRight
from tests.builders import make_section, make_user


@pytest.fixture
def sport(db):
    return make_section("Sport")


@pytest.fixture
def of_sport(sport):
    """An editor with rights in Sport only."""
    user = make_user(roles.EDITOR, "of-sport")
    DeskRight.objects.create(user=user, section=sport)
    return type(user).objects.get(pk=user.pk)


@pytest.fixture
def desk(client, of_sport):
    client.force_login(of_sport)
    return client

"""What each role may do, of which too much would be noticed late."""

import pytest

from articles.desk import roles
from tests.builders import make_user

pytestmark = pytest.mark.django_db

MAY = {
    "articles.delete_photo": {roles.EDITOR, roles.PICTURE_EDITOR, roles.ADMINISTRATOR},
    "articles.delete_post": {roles.EDITOR, roles.ADMINISTRATOR},
    "articles.publish_post": {roles.EDITOR, roles.ADMINISTRATOR},
    "articles.approve_post": {roles.EDITOR, roles.ADMINISTRATOR},
    "articles.change_any_post": {roles.EDITOR, roles.PICTURE_EDITOR, roles.ADMINISTRATOR},
    "articles.plan_post": {roles.EDITOR, roles.ADMINISTRATOR},
    "articles.kill_post": {roles.EDITOR, roles.ADMINISTRATOR},
    "articles.open_sealed": {roles.LAWYER, roles.ADMINISTRATOR},
    "articles.break_embargo": {roles.ADMINISTRATOR},
    "articles.place_hold": {roles.EDITOR, roles.LAWYER, roles.ADMINISTRATOR},
    "articles.lift_hold": {roles.LAWYER, roles.ADMINISTRATOR},
    "articles.delete_section": {roles.ADMINISTRATOR},
    "articles.view_machine": {roles.ADMINISTRATOR},
    "articles.view_log": {roles.ADMINISTRATOR},
    "articles.see_as": {roles.ADMINISTRATOR},
    "auth.change_user": {roles.ADMINISTRATOR},
}


@pytest.mark.parametrize("permission", MAY)
def test_just_these_roles_may(permission):
    people = {role: make_user(role) for role in (*roles.PERMISSIONS, None)}

    assert {role for role in people if people[role].has_perm(permission)} == MAY[permission]

"""What accounts and roles may do, in tables; and the role that needs a second factor."""

import re

import pytest
from django.contrib.auth.models import Group, Permission

from articles.desk import roles
from articles.desk.accounts.second_factor.sign_in import needs_second_factor
from articles.desk.rights.desk_right import DeskRight
from tests.builders import make_section, make_user

pytestmark = pytest.mark.django_db


def row_of(page, right):
    """The cells of a right in the table of roles: {role: “Yes” or “No”}."""
    head = re.search(r"<thead>.*?</thead>", page, re.DOTALL)[0]
    names = re.findall(r"<a href=[^>]*>(.*?)</a>", head)
    row = re.search(rf'<th scope="row">{re.escape(right)}</th>(.*?)</tr>', page, re.DOTALL)[1]
    return dict(zip(names, re.findall(r'visually-hidden">(\w+)<', row), strict=True))


def test_one_table_says_which_roles_give_which_right(client, administrator):
    client.force_login(administrator)

    cells = row_of(client.get("/admin/auth/group/rights/").text, "Delete: sections")

    assert {role for role, may in cells.items() if may == "Yes"} == {roles.ADMINISTRATOR}
    assert cells.keys() == set(roles.PERMISSIONS)


def test_the_page_of_an_account_says_what_it_may_do_and_where(client, administrator, reporter):
    client.force_login(administrator)
    account = f"/admin/auth/user/{reporter.pk}/change/"
    assert "publish" not in client.get(account).text.lower()
    reporter.user_permissions.add(Permission.objects.get(codename="publish_post"))
    DeskRight.objects.create(user=reporter, section=make_section("Culture"))

    page = client.get(account).text

    assert "publish" in page.lower()
    assert "Culture: own roles" in page
    limited = re.findall(r'<th scope="row">\s*([^<]+?)\s*<small', page)
    assert "Stories" in limited
    assert "Topics" not in limited


def test_an_administrator_has_a_role_need_a_second_factor(client, administrator, editor):
    client.force_login(administrator)
    role = Group.objects.get(name=roles.EDITOR)
    page = f"/admin/auth/group/{role.pk}/change/"
    assert "Require a second factor" in client.get(page).text
    assert "Colleagues without one are asked to set it up at once" in client.get(page).text

    client.post(f"/admin/auth/group/{role.pk}/second-factor/", {"needed": ""})

    assert needs_second_factor(editor)
    assert "Stop requiring it" in client.get(page).text
    cells = row_of(client.get("/admin/auth/group/rights/").text, "Two-factor needed")
    assert {name for name, need in cells.items() if need == "Yes"} == {roles.EDITOR}
    client.post(f"/admin/auth/group/{role.pk}/second-factor/")
    assert not needs_second_factor(editor)


@pytest.mark.parametrize("role", [roles.REPORTER, roles.EDITOR, roles.LAWYER, None])
def test_nobody_else_decides_that(client, editor, role):
    client.force_login(make_user(role))
    group = Group.objects.get(name=roles.EDITOR)

    answer = client.post(f"/admin/auth/group/{group.pk}/second-factor/", {"needed": ""})

    assert answer.status_code == 403
    assert not needs_second_factor(editor)

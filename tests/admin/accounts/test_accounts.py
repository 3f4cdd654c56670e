"""Accounts and signing in."""

import re

import pytest
from django.contrib.auth.models import Group, Permission, User

from articles.desk import roles
from articles.models import DeskRight
from tests.admin.browsing import sent_by
from tests.builders import make_section, make_user

pytestmark = pytest.mark.django_db


def account(user):
    return f"/admin/auth/user/{user.pk}/change/"


def test_an_administrator_makes_nobody_a_superuser(client, administrator):
    someone = make_user(None, "someone")
    client.force_login(administrator)
    fields = {"username": "someone", "is_superuser": "on", "is_active": "on", "is_staff": "on"}
    every = [permission.pk for permission in Permission.objects.all()]

    client.post(account(someone), fields | {"user_permissions": every})

    someone.refresh_from_db()
    assert not someone.is_superuser
    assert not someone.user_permissions.exists()


def test_an_administrator_changes_no_superuser(client, administrator):
    chief = User.objects.create_superuser("chief")
    client.force_login(administrator)
    client.raise_request_exception = False

    client.post(account(chief), {"username": "taken", "is_active": "on"})
    client.post(
        f"/admin/auth/user/{chief.pk}/password/",
        {"password1": "another-long-word-9", "password2": "another-long-word-9"},
    )

    chief.refresh_from_db()
    assert chief.username == "chief"
    assert not chief.check_password("another-long-word-9")


def test_the_list_of_accounts_says_who_has_which_role_at_which_desk(
    client, administrator, django_assert_max_num_queries
):
    client.force_login(administrator)
    for number in range(3):
        user = make_user(roles.REPORTER, f"reporter-{number}")
        editor = Group.objects.get(name=roles.EDITOR)
        DeskRight.objects.create(user=user, section=make_section("World"), role=editor)
        DeskRight.objects.create(user=user)

    client.get("/admin/settings/")  # stores the session
    with django_assert_max_num_queries(12):
        page = client.get("/admin/auth/user/").text

    row = re.sub(r"<[^>]*>", " ", page[page.index("reporter-0") :].split("</tr>")[0])
    said = "reporter-0 - Reporter All other sections, World: Editor"
    assert said in " ".join(row.split())
    headings = re.sub(r"<[^>]*>", " ", page.split("<thead>")[1].split("</thead>")[0])
    assert "Name to sign in with" in headings
    assert "May sign in" in headings
    assert "Username" not in headings


def test_a_line_to_be_added_is_named_in_the_middle_of_a_sentence(client, administrator):
    client.force_login(administrator)
    page = client.get(account(make_user(roles.REPORTER, "someone"))).text
    assert "Add another right in a section" in page


def test_an_administrator_gives_roles_but_none_above_their_own(client, administrator):
    someone, above = make_user(None, "someone"), Group.objects.create(name="Above")
    above.permissions.set(Permission.objects.filter(codename="delete_group"))
    client.force_login(administrator)
    fields = {"username": "someone", "is_active": "on", "is_staff": "on"}
    fields |= {"desk_rights-TOTAL_FORMS": 0, "desk_rights-INITIAL_FORMS": 0}

    client.post(account(someone), fields | {"groups": [above.pk]})
    assert not someone.groups.exists()

    client.post(account(someone), fields | {"groups": [Group.objects.get(name="Editor").pk]})
    assert someone.groups.get().name == "Editor"


def test_roles_are_boxes_to_tick_and_none_above_ones_own(client, administrator):
    someone = make_user("Reporter", "someone")
    Group.objects.create(name="Above").permissions.set(
        Permission.objects.filter(codename="delete_group")
    )
    client.force_login(administrator)

    page = client.get(account(someone))

    boxes = re.findall(r'<input type="checkbox" name="groups".*?>', page.text, re.DOTALL)
    assert len(boxes) == Group.objects.exclude(name="Above").count()
    assert ["checked" in box for box in boxes].count(True) == 1
    assert "Above" not in page.text


def test_who_has_a_new_account_and_a_role_signs_in_at_the_desk(client, administrator):
    client.force_login(administrator)
    add, password = "/admin/auth/user/add/", "harbour-wall-77"
    words = {"username": "nora", "password1": password, "password2": password}
    client.post(add, sent_by(client.get(add)) | words)
    nora = User.objects.get(username="nora")
    page = sent_by(client.get(account(nora)))
    client.post(account(nora), page | {"groups": [Group.objects.get(name="Reporter").pk]})
    client.logout()

    answer = client.post("/admin/login/", {"username": "nora", "password": password}, follow=True)

    assert answer.status_code == 200
    assert "Waiting for you" in client.get("/admin/").text


def test_an_account_that_is_closed_says_so_and_how_it_is_opened(client, administrator):
    closed, opened = make_user(is_active=False), make_user()
    client.force_login(administrator)

    assert "Nobody can sign in" in client.get(account(closed)).text
    assert "Nobody can sign in" not in client.get(account(opened)).text


def test_whoever_guesses_a_password_locks_nobody_out_who_is_elsewhere(client, db, settings):
    settings.AXES_CLIENT_IP_CALLABLE = "newsroom.operations.client_address.client_address"
    make_user(username="someone")

    def attempt(came_from):
        fields = {"username": "someone", "password": "wrong"}
        return client.post("/admin/login/", fields, headers={"X-Forwarded-For": came_from})

    for number in range(10):
        # What a stranger writes there stands before what the server in front adds.
        guess = attempt(f"192.0.2.{number}, 203.0.113.9")

    assert guess.status_code == 429
    assert attempt("203.0.113.10").status_code == 200
    assert attempt("2001:db8::1").status_code == 200


def test_signing_in_too_often_is_answered_with_a_page(client, db):
    make_user(username="someone")
    for _attempt in range(10):
        page = client.post("/admin/login/", {"username": "someone", "password": "wrong"})

    assert page.status_code == 429
    assert "Too many attempts" in page.text


@pytest.mark.parametrize(
    ("address", "field", "said"),
    [
        ("/admin/auth/user/add/", "username", "Another account has this name."),
        ("/admin/auth/group/add/", "name", "Another role has this name."),
    ],
)
def test_a_name_that_is_taken_is_said_in_the_desks_words(client, address, field, said):
    client.force_login(User.objects.create_superuser("Editor"))

    page = client.post(address, {field: "Editor"})

    assert said in page.text

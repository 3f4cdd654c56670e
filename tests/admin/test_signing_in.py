"""Signing in at the desk, and where it leads."""

from urllib.parse import urlencode

import pytest

pytestmark = pytest.mark.django_db

NOWHERE = [
    "/nonsense/",
    "/admin/nonsense/",
    "/admin/articles/poem/",
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "javascript:alert(1)",
    "/admin/\x00/",
    "/2016/13/45/slug/",
    "/admin/logout/",
    "/admin/login/?next=/nonsense/",
    "http://[/",
    "",
]


def sign_in(client, target, *, where="both"):
    address = "/admin/login/"
    data = {"username": "editor", "password": "in-tests-only"}
    if where != "form":
        address += "?" + urlencode({"next": target})
    if where != "address":
        data["next"] = target
    return client.post(address, data)


@pytest.mark.parametrize("where", ["both", "form", "address"])
@pytest.mark.parametrize("target", NOWHERE)
def test_an_unknown_target_leads_to_the_desk(client, editor, target, where):
    answer = sign_in(client, target, where=where)

    assert (answer.status_code, answer["Location"]) == (302, "/admin/")


@pytest.mark.parametrize(
    "target", ["/admin/articles/post/", "/admin/articles/post/add/?headline=A", "/admin/"]
)
def test_a_known_target_is_where_signing_in_leads(client, editor, target):
    page = client.get("/admin/login/", {"next": target})
    assert page.context["next"] == target

    assert sign_in(client, target)["Location"] == target

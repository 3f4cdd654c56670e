"""What holds for every public page."""

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLResolver

from articles.models import DESK_MODELS
from newsroom.urls import urlpatterns

from .addresses import FIXED, HOUR, MACHINES, NOON, WITHOUT_HEADLINES, make_site, walk

pytestmark = pytest.mark.django_db

BESIDE = ("/healthz", "/readyz", "/metrics", "/media/renditions/none/320.webp")
"""Public addresses that no reader looks at as a page."""

DESK_TABLES = {model._meta.db_table for model in DESK_MODELS}


@pytest.fixture(autouse=True)
def moment():
    with time_machine.travel(NOON + HOUR, tick=False):
        yield


def test_every_page_answers_and_asks_no_table_of_the_desk(client):
    make_site()

    for address in walk():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(address).status_code == 200, address
        for query in queries:
            assert not any(f'"{table}"' in query["sql"] for table in DESK_TABLES), query["sql"]


@pytest.mark.parametrize("address", [*FIXED, *MACHINES, *WITHOUT_HEADLINES])
def test_an_empty_site_has_pages(client, address):
    assert client.get(address).status_code in {200, 302, 404}


def test_no_page_sets_a_cookie_or_depends_on_one(client):
    make_site()

    for address in walk():
        answer = client.get(address)
        assert not answer.cookies
        assert "Cookie" not in answer.headers.get("Vary", "")


def test_a_page_that_has_not_changed_is_not_sent_again(client):
    make_site()

    for address in walk():
        tag = client.get(address).headers["ETag"]
        assert client.get(address, headers={"if-none-match": tag}).status_code == 304


def test_head_is_answered_without_words_and_other_methods_are_refused():
    client = Client(enforce_csrf_checks=True)
    make_site()

    for address in [*walk(), *BESIDE]:
        assert client.head(address).status_code == client.get(address).status_code, address
        assert client.head(address).content == b""
        for method in ("POST", "PUT", "PATCH", "DELETE", "TRACE", "NONSENSE"):
            answer = client.generic(method, address)
            assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD"), address


def views(patterns, path=""):
    """Every view of an address table, as (path, view)."""
    for pattern in patterns:
        at = path + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns, at)
        else:
            yield at, pattern.callback


# It takes forms that it signed itself (tests/guests/test_answers.py).
SIGNED_FORMS = {"preview/<str:token>/"}


def test_what_is_not_checked_for_forgery_refuses_all_that_could_be_forged(rf):
    unchecked = {
        path: view for path, view in views(urlpatterns) if getattr(view, "csrf_exempt", False)
    }

    assert not any(path.startswith("admin/") for path in unchecked)
    assert unchecked.keys() >= SIGNED_FORMS
    for path in unchecked.keys() - SIGNED_FORMS:
        view = unchecked[path]
        for method in ("POST", "PUT", "PATCH", "DELETE", "NONSENSE"):
            assert view(rf.generic(method, "/")).status_code == 405, path


def test_the_desk_refuses_what_may_be_forged():
    client = Client(enforce_csrf_checks=True)

    for address in ("/admin/login/", "/admin/", "/admin/articles/post/add/"):
        for method in ("POST", "PUT", "DELETE", "NONSENSE"):
            assert client.generic(method, address).status_code == 403, (method, address)


@pytest.mark.parametrize(
    "path",
    [
        "/0000/",
        "/9999/",
        "/2999/",
        "/2999/12/31/",
        "/2016/13/",
        "/2016/00/",
        "/2016/13/45/",
        "/2016/13/45/slug/",
        "/2016/02/30/slug/",
        "/0000/01/01/slug/",
        "/topics/%00/",
        "/topics/nothing/",
        "/authors/nobody/",
        "/sections/nowhere/",
        "/2016/12/13/%ed%a0%80/",
        "/2016/12/13/" + "x" * 5_000 + "/",
    ],
)
def test_an_address_of_nothing_is_not_found(client, path):
    assert client.get(path).status_code == 404

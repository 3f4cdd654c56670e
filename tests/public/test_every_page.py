"""What holds for every public page."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import DESK

from .addresses import FIXED, HOUR, MACHINES, NOON, WITHOUT_HEADLINES, make_site, walk

pytestmark = pytest.mark.django_db

DESK_TABLES = {model._meta.db_table for model in DESK}


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


def test_head_is_answered_without_words_and_other_methods_are_refused(client):
    make_site()

    for address in walk():
        assert client.head(address).status_code == 200
        assert client.head(address).content == b""
        for method in ("POST", "PUT", "DELETE", "TRACE", "NONSENSE"):
            assert client.generic(method, address).status_code == 405


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

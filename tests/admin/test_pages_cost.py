"""What a page of the desk costs: twelve queries at most, whoever opens it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.desk import roles
from articles.desk.house_style.house_style import HouseStyle, style_of
from tests.builders import make_user

from .test_permissions import ONLY_POSTED, SENT_BY_SCRIPT, addresses, rows

pytestmark = pytest.mark.django_db
__all__ = ["rows"]

MOST = 12
# What is deleted names all that goes with it, or stays because of it: each table is asked.
DELETION = {"articles_author_delete": 16, "articles_topic_delete": 17} | {
    "articles_post_delete": 49,
    "auth_user_delete": 28,
}
NO_PAGES = ONLY_POSTED | SENT_BY_SCRIPT | {"jsi18n"}


def costs(client, rows):
    """{name: queries} of every page of the desk that is there to be looked at."""
    pages = [each for each in addresses(rows) if each[0] not in NO_PAGES]
    for _name, address in pages:
        client.get(address)  # a process asks some things once
    return {name: cost(client, address) for name, address in pages}


def cost(client, address):
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
        if answer.streaming:
            b"".join(answer.streaming_content)
    return len([each for each in asked if "SAVEPOINT" not in each["sql"][:20]])


@pytest.fixture
def colleague(db):
    return make_user(roles.EDITOR, "colleague")


@pytest.mark.parametrize("second_reader", [False, True])
@pytest.mark.parametrize("seen_as", [False, True])
def test_no_page_costs_more_than_twelve_queries(
    client, rows, administrator, colleague, settings, second_reader, seen_as
):
    settings.SECOND_READER = second_reader
    client.force_login(administrator)
    for language in ("en-gb", "fr"):
        style_of(HouseStyle.objects.get(), language)
    if seen_as:
        client.post(f"/admin/auth/user/{colleague.pk}/see/")

    found = costs(client, rows)

    most = dict.fromkeys(found, MOST) | DELETION
    assert {name: queries for name, queries in found.items() if queries > most[name]} == {}

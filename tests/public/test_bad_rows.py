"""One bad row, from before there were checks, takes no page down with it."""

import pytest
import time_machine

from articles.models import Author, Section, Topic

from .addresses import HOUR, NOON, make_site, walk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def moment():
    with time_machine.travel(NOON + HOUR, tick=False):
        yield


@pytest.mark.parametrize("slug", ["", "-", "a b/c", "🔥", "x" * 100, "\u0301"])
@pytest.mark.parametrize("model", [Topic, Author, Section])
def test_a_row_without_a_fit_address_breaks_no_page(client, model, slug):
    make_site()
    addresses = walk()
    row = model.objects.order_by("pk").first()
    model.objects.filter(pk=row.pk).update(slug=slug[:60])

    for address in [*addresses, *walk()]:
        assert client.get(address).status_code < 500, address

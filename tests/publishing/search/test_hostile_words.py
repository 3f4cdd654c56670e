"""Whatever a reader types is answered."""

import pytest
import time_machine

from tests.builders import make_story

from .conftest import LATER, NOON

pytestmark = pytest.mark.django_db

HOSTILE = [
    "%00",
    "%ed%a0%80",
    "%ff%fe",
    "x" * 100_000,
    "%22" * 5_000,
    "OR+OR+OR",
    "-a+-b",
    "%22unbalanced",
    "NEAR(a+b)*^%7Bheadline%7D:",
    "%27%3B+DROP+TABLE+x--",
    "%5C",
    "%E2%80%AE",
    "%E2%80%9C" * 5_000,
    "%E2%80%98a+" * 2_000,
    "%C2%B7who+%C2%B7%C2%B7who+%C2%B7",
    "_+__+_-_",
    "the+who+" * 2_000,
    "2016+" * 2_000,
    "9999-99-99+0000+31+February+2016+13+December",
    "+".join(f"a{number}b-c{number}d" for number in range(12)),
    "+".join(f"{day}+December+2016" for day in range(1, 13)),
    "a-" * 5_000,
    "a1" * 5_000,
    "%22a+b%22+" * 2_000,
    "-the+-who",
    "%E2%88%92%E2%88%92flood",
]


@pytest.fixture(scope="module")
def flood(once):
    """A story to be found, for all tests of this file."""
    once(lambda: make_story("Flood", at=NOON))


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize(
    "address", ["/search/?q={}", "/search/suggest/?q={}", "/search/complete/?q={}"]
)
def test_hostile_words_are_answered(client, flood, words, address):
    with time_machine.travel(LATER, tick=False):
        assert client.get(address.format(words), follow=True).status_code == 200

"""Which names are nearly the same, and which only look so."""

import pytest

from articles.library.naming.near_doubles import near_doubles


def are_near(*names):
    return near_doubles(enumerate(names)) == [(0, 1)]


@pytest.mark.parametrize(
    "names",
    [
        ("United Nations", "Nations, United"),
        ("U.N.", "UN"),
        ("Ukraine", "Urkaine"),
        ("Covid-19", "Covid 19"),
        ("Émile Zola", "Emile Zola"),
        ("The Beatles", "Beatles"),
        ("Climate change", "Climate changes"),
        ("Kyiv city council", "Kyev city council"),
    ],
)
def test_a_slip_an_accent_or_another_order_makes_a_near_double(names):
    assert are_near(*names)


@pytest.mark.parametrize(
    "names",
    [
        ("North Korea", "South Korea"),
        ("Election 2019", "Election 2024"),
        ("Austria", "Australia"),
        ("Iran", "Iraq"),
        ("Tax", "Taxi"),
        ("!!!", "???"),
        ("", " "),
    ],
)
def test_two_things_with_similar_names_are_no_doubles(names):
    assert near_doubles(enumerate(names)) == []


def test_two_names_of_one_topic_are_no_pair():
    assert near_doubles([(1, "Ukraine"), (1, "Ukrayne"), (2, "Syria")]) == []


def test_the_same_but_for_order_comes_before_a_slip():
    names = ["Ukraine", "Ukrayne", "Émile Zola", "Zola, Emile"]

    assert near_doubles(enumerate(names)) == [(2, 3), (0, 1)]


def test_a_thousand_alike_give_no_million_pairs():
    assert len(near_doubles((key, f"Same {'x' * 20}") for key in range(1000))) < 10_000

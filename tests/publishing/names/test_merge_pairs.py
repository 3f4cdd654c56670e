"""Merging several pairs of names in one go."""

import pytest

from articles.models import NameChange, Topic
from articles.publishing.names.merge_pairs import merge_pairs
from tests.builders import make_topic
from tests.losing import losing

pytestmark = pytest.mark.django_db


def pairs():
    names = ["Rail", "Railway", "Bus", "Buses"]
    rail, railway, bus, buses = map(make_topic, names)
    return [(railway, rail), (buses, bus)]


def test_a_pair_that_loses_against_a_colleague_is_tried_again_by_itself():
    with losing("INSERT", NameChange, tries={2}):
        done, refused = merge_pairs(pairs(), by=None)

    assert [change.name for change in done] == ["Railway", "Buses"]
    assert refused == []


def test_a_pair_that_loses_twice_is_told_of_and_keeps_no_other_back():
    with losing("INSERT", NameChange, tries={1, 2}):
        done, refused = merge_pairs(pairs(), by=None)

    assert [change.name for change in done] == ["Buses"]
    assert len(refused) == 1
    assert sorted(Topic.objects.values_list("name", flat=True)) == ["Bus", "Rail", "Railway"]

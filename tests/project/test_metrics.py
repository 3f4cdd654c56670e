"""What Prometheus is told."""

import pytest
from django.conf import settings as own
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

TOKEN = "a-secret-of-the-machines"


@pytest.fixture
def counted(settings):
    """A client of a site that counts."""
    settings.METRICS_TOKEN = TOKEN
    settings.MIDDLEWARE = ["newsroom.operations.metrics.Metrics", *own.MIDDLEWARE]
    return Client()


def figures(client):
    """Every figure that is told: {(name, labels): value}."""
    answer = client.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def count(client, **labels):
    return figures(client).get(("newsroom_requests_total", frozenset(labels.items())), 0)


@pytest.mark.django_db
def test_every_answer_is_counted_under_the_name_of_its_page(counted):
    found = {"method": "GET", "page": "front", "status": "200"}
    lost = {"method": "GET", "page": "topic", "status": "404"}
    before = count(counted, **found), count(counted, **lost)

    counted.get("/")
    counted.get("/topics/nothing/")
    counted.get("/topics/nothing-else/")

    assert count(counted, **found) == before[0] + 1
    assert count(counted, **lost) == before[1] + 2
    assert figures(counted)["newsroom_request_seconds_count", frozenset({("page", "front")})] >= 1


@pytest.mark.django_db
def test_what_a_stranger_asks_for_makes_no_new_line(counted):
    counted.get("/nothing/here/")
    counted.generic("NONSENSE", "/")
    figures(counted)
    lines = len(figures(counted))

    for turn in range(20):
        counted.get(f"/nothing/{turn}/")
        counted.generic(f"NONSENSE{turn}", "/")

    assert len(figures(counted)) == lines


@pytest.mark.django_db
@pytest.mark.parametrize("authorization", ["", "Bearer", "Bearer wrong", f"Basic {TOKEN}", "é\x00"])
def test_a_stranger_is_told_nothing(counted, authorization):
    answer = counted.get("/metrics", headers={"authorization": authorization})

    assert answer.status_code == 404
    assert b"newsroom_requests" not in answer.content


@pytest.mark.django_db
def test_without_a_token_nobody_is_told_anything(client):
    assert client.get("/metrics", headers={"authorization": "Bearer "}).status_code == 404

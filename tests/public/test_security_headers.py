"""What every answer tells a browser to refuse."""

import pytest
import time_machine
from django.test import Client

from .addresses import HOUR, NOON, make_site, walk

pytestmark = pytest.mark.django_db

POWERS = ("camera", "geolocation", "microphone", "payment", "usb")


@pytest.fixture(scope="module")
def answers(once):
    """An answer of every public address, of one that is not there, and of the desk's door."""
    return once(ask_everywhere)


def ask_everywhere():
    client = Client()
    with time_machine.travel(NOON + HOUR, tick=False):
        make_site()
        paths = [*walk(), "/nothing/here/", "/admin/login/", "/healthz", "/readyz"]
        return {path: client.get(path) for path in paths}


def test_no_answer_may_be_framed_sniffed_or_given_powers(answers):
    for path, answer in answers.items():
        assert answer.headers["X-Content-Type-Options"] == "nosniff", path
        assert answer.headers["X-Frame-Options"] == "DENY", path
        assert answer.headers["Referrer-Policy"] == "strict-origin-when-cross-origin", path
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin", path
        for power in POWERS:
            assert f"{power}=()" in answer.headers["Permissions-Policy"], path


def test_only_the_desk_allows_styles_that_a_script_sets(answers):
    for path, answer in answers.items():
        policy = answer.headers["Content-Security-Policy"]
        assert "script-src 'self'" in policy, path
        assert "unsafe-eval" not in policy, path
        assert ("'unsafe-inline'" in policy) == path.startswith("/admin/"), path
        assert "frame-ancestors 'none'" in policy, path


def test_readers_are_given_no_cookie_and_nothing_varies_by_one(answers):
    for path, answer in answers.items():
        if not path.startswith("/admin/"):
            assert not answer.cookies, path
            assert answer.headers.get("Vary", "Accept-Encoding") == "Accept-Encoding", path

"""A headless Chromium, and a site with one page of every kind to look at with it."""

import os
import threading
from collections import Counter

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import connection
from pytest_django.live_server_helper import LiveServer

from articles.desk.roles import make_roles

from . import chromium

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


def do_without(reason):
    """Skip, except where the gate runs: there a missing browser is a failure."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser():
    """One Chromium for all tests."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        do_without("Playwright for Python is not installed.")
    if chromium.where() is None:
        do_without("There is no Chromium on this machine.")
    with sync_playwright() as playwright:
        browser = chromium.launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser):
    """Gives pages of a new browser context each; `open_page(width=320, color_scheme="dark")`."""
    contexts = []

    def open_one(width=1280, height=800, **options):
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def serving(django_db_setup, django_db_blocker):
    """`serving(make)` gives the address of a server, and what `make()` has put into its database.

    Made once for a module whose tests only look; emptied when the last of them has looked.
    """
    servers = []
    made_for_tests = connection.creation._get_test_db_name()

    def serve(make):
        # Without the mark no test database is made, and this would empty the newsroom's own.
        if connection.settings_dict["NAME"] != made_for_tests:
            pytest.fail("Mark the module with pytest.mark.django_db.")
        made = make()
        servers.append(LiveServer("localhost"))
        return servers[0].url, made

    with django_db_blocker.unblock():
        yield serve
        for server in servers:
            server.stop()
            call_command("flush", interactive=False, verbosity=0)
            make_roles(apps)


@pytest.fixture
def desk_server(roles, live_server):
    """The address of a server; when the pages are closed, it has answered all that they asked.

    Pages of the desk ask by themselves, and a table that is being read cannot be emptied.
    """
    answered, asked = threading.Condition(), Counter()

    def count(number):
        def counted(**signal):
            with answered:
                asked["now"] += number
                answered.notify_all()

        return counted

    begun, ended = count(1), count(-1)
    request_started.connect(begun)
    request_finished.connect(ended)
    yield live_server.url
    with answered:
        answered.wait_for(lambda: asked["now"] <= 0, timeout=10)
        # What was asked last may not have begun to be answered yet.
        while answered.wait(timeout=0.1):
            answered.wait_for(lambda: asked["now"] <= 0, timeout=10)
    request_started.disconnect(begun)
    request_finished.disconnect(ended)


@pytest.fixture
def roles(transactional_db):
    """The roles, which a migration makes, again after the test before has emptied everything."""
    make_roles(apps)

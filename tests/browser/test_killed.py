"""A browser or a server that is killed costs no words that were typed two seconds ago."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from articles.desk import roles as names
from tests.builders import make_post, make_user
from tests.file_database import environment_with_a_copy

from . import chromium
from .desk import enter, expect_saved, html_of, open_story, paragraph, type_at_end
from .test_writing_screen import SAVES

ROOT = Path(__file__).resolve().parents[2]
MILLISECONDS_UNTIL_KEPT = """words => new Promise((resolve) => {
  const began = performance.now();
  const opening = indexedDB.open("newsroom-writing");
  const look = () => {
    const all = opening.result.transaction("copies").objectStore("copies").getAll();
    all.onsuccess = () => {
      if (!JSON.stringify(all.result).includes(words)) setTimeout(look, 20);
      else resolve(performance.now() - began);
    };
  };
  opening.onsuccess = look;
})"""
"""Resolves when the browser keeps a copy with these words."""


@pytest.fixture
def post(roles):
    return make_post("Talks", text="<p>One is here.</p><p>Two is here.</p>", status="draft")


def browser_of(browser, folder):
    """A browser with a folder of its own, as people have: it is there after the browser ended."""
    return browser.browser_type.launch_persistent_context(
        folder, executable_path=chromium.where(), args=chromium.ARGUMENTS
    )


def kill_browser(folder):
    """SIGKILL to the browser that uses a folder."""
    mine = f"--user-data-dir={folder}".encode()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            arguments = (process / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if mine in arguments and not any(each.startswith(b"--type=") for each in arguments):
            os.kill(int(process.name), signal.SIGKILL)


def page_of(context, base):
    page = context.pages[0]
    page.set_default_timeout(10_000)
    page.base = base
    return page


def test_words_typed_two_seconds_before_a_browser_is_killed_are_offered(
    desk_server, browser, post, tmp_path
):
    make_user(names.EDITOR, "editor")
    context = browser_of(browser, tmp_path)
    page = page_of(context, desk_server)
    enter(page, "editor")
    open_story(page, post)
    page.route(SAVES, lambda route: route.abort())
    type_at_end(page, 0, " Typed before the end.")
    assert page.evaluate(MILLISECONDS_UNTIL_KEPT, "before the end.") < 2_000
    with context.expect_event("close"):
        kill_browser(tmp_path)
    assert "before the end" not in html_of(post)

    context = browser_of(browser, tmp_path)
    page = page_of(context, desk_server)
    page.goto(f"{page.base}/admin/articles/post/{post.pk}/change/")
    if page.locator("#id_username").count():
        enter(page, "editor")
        page.goto(f"{page.base}/admin/articles/post/{post.pk}/change/")
    expect(page.locator("dialog[open]")).to_contain_text("Typed before the end.")
    page.click("text=Put them back")
    expect_saved(page)
    context.close()

    assert "One is here. Typed before the end." in html_of(post)


class Server:
    """A server in a process of its own, which can be killed and started again."""

    def __init__(self, environment):
        self.environment = environment
        with closing(socket.socket()) as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.base = f"http://127.0.0.1:{self.port}"
        self.start()

    def start(self):
        self.process = subprocess.Popen(  # noqa: S603
            [sys.executable, "manage.py", "runserver", f"127.0.0.1:{self.port}", "--noreload"],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + 30
        while time.monotonic() < until and self.process.poll() is None:
            with closing(socket.socket()) as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise TimeoutError("the server does not start")

    def kill(self):
        self.process.kill()
        self.process.wait(10)


def test_a_page_saves_by_itself_what_was_typed_while_its_server_was_killed(
    open_page, post, tmp_path
):
    client = Client()
    client.force_login(
        make_user(names.EDITOR, "editor"), backend="articles.desk.rights.backend.DeskBackend"
    )
    server = Server(environment_with_a_copy(tmp_path))
    try:
        page = open_page()
        page.set_default_timeout(10_000)
        page.base = server.base
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": server.base}]
        )
        open_story(page, post)
        type_at_end(page, 0, " Saved.")
        expect_saved(page)
        type_at_end(page, 1, " Typed when it died.")
        server.kill()
        expect(page.locator("#story-saved")).to_contain_text("trying again", timeout=8_000)
        page.keyboard.type(" And on.")

        server.start()

        expect_saved(page)
        page.reload()
        page.wait_for_selector("body.writing-ready")
        expect(paragraph(page, 0)).to_have_text("One is here. Saved.")
        expect(paragraph(page, 1)).to_have_text("Two is here. Typed when it died. And on.")
    finally:
        server.kill()

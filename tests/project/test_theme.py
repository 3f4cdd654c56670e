"""A site's own look: one style sheet and a logo, without touching ours."""

import pytest
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command

from articles.public.http.code_fingerprint import fingerprint

from .test_settings import start

IN_PRODUCTION = {"staticfiles": {"BACKEND": "newsroom.static_storage.StaticFiles"}}


@pytest.fixture
def theme(tmp_path, settings):
    """A theme of a style sheet and a logo, as the settings hold it."""
    settings.THEME_CSS, settings.LOGO = tmp_path / "house.css", tmp_path / "logo.svg"
    settings.THEME_FILES = [settings.THEME_CSS, settings.LOGO]
    settings.SITE_NAME = "The <Daily>"
    settings.THEME_CSS.write_text(":root { --accent: #00594c; }")
    settings.LOGO.write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    finders.get_finder.cache_clear()
    return settings


@pytest.mark.django_db
def test_without_a_theme_pages_name_no_file_of_it(client):
    assert "/theme/" not in client.get("/").text


@pytest.mark.django_db
def test_the_style_sheet_comes_after_ours_and_the_logo_stands_for_the_name(client, theme):
    before = client.get("/healthz").headers["Content-Security-Policy"]
    page = client.get("/")

    head, body = page.text.split("<body")
    assert head.rindex("/static/theme/house.css") > head.rindex("css/print.css")
    assert '<img src="/static/theme/logo.svg" alt="The &lt;Daily&gt;">' in body
    assert page.headers["Content-Security-Policy"] == before


def test_the_theme_is_found_and_nothing_beside_it(theme):
    (theme.LOGO.parent / "secret.txt").write_text("not for readers")

    assert finders.find("theme/house.css") == str(theme.THEME_CSS)
    assert finders.find("theme/secret.txt") is None


def test_production_serves_the_theme_by_its_hash(theme, tmp_path):
    theme.STATIC_ROOT = tmp_path / "root"
    theme.STORAGES = theme.STORAGES | IN_PRODUCTION
    call_command("collectstatic", interactive=False, verbosity=0)

    url = staticfiles_storage.url("theme/house.css")
    assert url != "/static/theme/house.css"
    assert (theme.STATIC_ROOT / url.removeprefix("/static/")).is_file()


def test_cached_pages_do_not_outlive_a_change_of_the_theme(theme, tmp_path):
    before = fingerprint(tmp_path / "no-code", theme.THEME_FILES)
    theme.THEME_CSS.write_text(":root { --accent: #123456; }")

    assert fingerprint(tmp_path / "no-code", theme.THEME_FILES) != before


def test_a_theme_that_is_not_there_stops_the_start():
    code, said = start(NEWSROOM_THEME_CSS="/no/such/house.css")

    assert code != 0
    assert "NEWSROOM_THEME_CSS must be the path of an existing file" in said

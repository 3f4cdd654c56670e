"""Style sheets as a deployment collects them."""

import re

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command

IN_PRODUCTION = {"staticfiles": {"BACKEND": "newsroom.static_storage.StaticFiles"}}


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """The folder of static files in production."""
    from django.conf import settings
    from django.test import override_settings

    root = tmp_path_factory.mktemp("static")
    with override_settings(STATIC_ROOT=root, STORAGES=settings.STORAGES | IN_PRODUCTION):
        call_command("collectstatic", interactive=False, verbosity=0)
        yield root


def read(root, address):
    return (root / address.removeprefix("/static/")).read_text()


def test_what_every_page_needs_is_one_file_without_comments(collected):
    sheet = read(collected, staticfiles_storage.url("css/site.css"))

    assert sheet.startswith("@layer")
    assert ".card-headline" in sheet
    assert "@import" not in sheet
    assert "/*" not in sheet


def test_a_sheet_names_files_by_their_contents(collected):
    sheet = read(collected, staticfiles_storage.url("css/site.css"))

    fonts = re.findall(r'url\("\.\./(fonts/[^"]+)"\)', sheet)
    assert fonts
    for font in fonts:
        assert re.search(r"\.[0-9a-f]{12}\.woff2$", font)
        assert (collected / font).is_file()


def test_a_sheet_is_packed_beforehand(collected):
    address = staticfiles_storage.url("css/site.css").removeprefix("/static/")

    assert (collected / f"{address}.gz").stat().st_size < (collected / address).stat().st_size / 3


def test_a_change_of_an_imported_sheet_gives_the_whole_another_name(tmp_path, settings):
    names = []
    for number, colour in enumerate(("red", "green")):
        source = tmp_path / f"source-{number}"
        (source / "css").mkdir(parents=True)
        (source / "css" / "site.css").write_text('@import url("part.css");')
        (source / "css" / "part.css").write_text(f"p {{ color: {colour}; }}")
        settings.STATICFILES_DIRS = [source]
        settings.STATIC_ROOT = tmp_path / f"root-{number}"
        settings.STORAGES = settings.STORAGES | IN_PRODUCTION
        call_command("collectstatic", interactive=False, verbosity=0)
        names.append(staticfiles_storage.url("css/site.css"))

    assert names[0] != names[1]

"""The rules of the house, held against the code."""

import re
import subprocess
import sys

from django.conf import settings

from articles.desk.blocks import BLOCK_MODELS
from articles.models import DESK_MODELS, IMPORT_MODELS, LIBRARY_MODELS, SITE_MODELS


def test_imports_go_one_way():
    # As a command, because the linter configures logging for the whole process.
    checked = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )

    assert checked.returncode == 0, checked.stdout


def test_every_table_has_its_place_on_the_map():
    from django.apps import apps

    tables = set(apps.get_app_config("articles").get_models())

    assert tables == {*LIBRARY_MODELS, *DESK_MODELS, *SITE_MODELS, *IMPORT_MODELS}


def test_every_kind_of_block_has_a_template_and_is_documented():
    documented = (settings.BASE_DIR / "docs/adding-a-block.md").read_text()
    [listed] = re.findall(
        r"^export const kinds = \[(.*)\];$",
        (settings.BASE_DIR / "static/admin-desk/writing/kinds/index.js").read_text(),
        re.MULTILINE,
    )

    for kind in BLOCK_MODELS:
        if kind != "relatedlink":
            assert (settings.BASE_DIR / f"templates/blocks/{kind}.html").exists()
        assert f"`{kind}`" in documented
        if kind != "text":
            assert kind in listed.split(", ")


def test_every_index_says_who_reads_it():
    for path in (settings.BASE_DIR / "articles").rglob("*.py"):
        if "migrations" in path.parts:
            continue
        lines = path.read_text().splitlines()
        for number, line in enumerate(lines):
            if re.match(r"\s+models\.Index\(", line):
                assert lines[number - 1].strip().startswith("#"), f"{path.name}:{number + 1}"

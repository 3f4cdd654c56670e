"""A server that is killed in the middle of many uploads: the same batch again brings the rest."""

import json
import subprocess
import sys

import pytest
from django.conf import settings

from tests.builders import make_user
from tests.file_database import environment_with_a_copy
from tests.library.pictures.files import picture_file


@pytest.mark.django_db(transaction=True)
def test_a_batch_that_was_killed_at_any_moment_is_sent_again_and_nothing_is_there_twice(tmp_path):
    from django.apps import apps

    from articles.desk.roles import make_roles

    make_roles(apps)
    editor, files = make_user(), []
    for name, colour in (("one.jpg", "teal"), ("two.jpg", "maroon")):
        files.append(tmp_path / name)
        files[-1].write_bytes(picture_file(name, size=(240, 160), colour=colour).read())

    environment = environment_with_a_copy(tmp_path)
    printed = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "tests.admin.photos.killed_in_a_batch", str(editor.pk), *files],
        env=environment | {"NEWSROOM_ORIGINALS_ROOT": str(tmp_path / "originals")},
        cwd=settings.BASE_DIR,
        check=True,
        stdout=subprocess.PIPE,
    ).stdout

    found = [json.loads(line) for line in printed.splitlines()]
    # Killed before the first, between the two, and after both.
    assert {each["before"] for each in found} == {0, 1, 2}
    for each in found:
        assert (each["status"], each["credits"], each["whole"]) == (200, ["PA", "PA"], True)
        assert each["known"] == each["before"]

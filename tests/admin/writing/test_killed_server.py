"""A server that is killed in the middle of a save leaves the old or the new story."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.builders import make_photo, make_post, make_user
from tests.file_database import environment_with_a_copy

from .sending import document_of, paragraph, words

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.django_db(transaction=True)
def test_a_server_killed_at_any_statement_of_a_save_leaves_the_old_or_the_new_story(tmp_path):
    from django.apps import apps

    from articles.desk.roles import make_roles

    make_roles(apps)
    post = make_post("Talks", text="<p>One is here.</p><p>Two is here.</p>", status="draft")
    editor, photo = make_user(), make_photo()
    old = document_of(post)
    picture = {"type": "caption", "attrs": {"id": "p", "photo": photo.slug, "caption": "Seen."}}
    new = {"lead": [], "body": [paragraph("a", "Three."), picture, *old["body"][1:]]}

    arguments = [json.dumps(each) for each in (post.pk, editor.pk, new)]
    printed = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "tests.admin.writing.killed_in_a_save", *arguments],
        env=environment_with_a_copy(tmp_path),
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
    ).stdout

    *killed, whole = json.loads(printed)
    assert len(killed) > 8
    assert words({"body": whole["body"][:1]}) == ["Three."]
    assert all(each in (old, whole) for each in killed)

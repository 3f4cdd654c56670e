"""No file brings the words of a killed story back: no dump, no import."""

import json

import pytest
from django.core.management import CommandError, call_command

from articles.models import ImportedStory, Post
from articles.publishing.kill.ask import ask_kill
from articles.publishing.kill.kill import kill
from tests.builders import make_story, make_user
from tests.everywhere.surfaces import in_tables
from tests.importing.conftest import imports
from tests.importing.wxr import item

pytestmark = pytest.mark.django_db
__all__ = ["imports"]


def killed(post):
    ask_kill(post, by=make_user(), reason="A court order.", words="Removed.")
    kill(post, by=make_user())
    post.refresh_from_db()
    return post


@pytest.mark.parametrize("model", ["articles.post", "articles.text", "articles.edition"])
def test_a_dump_from_before_is_refused(tmp_path, model):
    post = make_story("MARKER", text="<p>MARKER.</p>")
    file = tmp_path / "before.json"
    call_command("dumpdata", model, output=str(file), natural_primary=True, natural_foreign=True)
    assert "MARKER" in file.read_text()
    killed(post)

    with pytest.raises(CommandError, match="was killed here"):
        call_command("loaddata", str(file), verbosity=0)

    assert in_tables("MARKER") == set()


def test_an_archive_that_is_imported_again_brings_nothing_back(imports):
    archive = [item(1, title="MARKER", html="<p>MARKER.</p>"), item(2, title="Another")]
    imports.items(*archive)
    killed(Post.objects.get(headline="MARKER"))
    assert in_tables("MARKER") == set()

    archive[0] = item(1, title="MARKER", html="<p>MARKER and more.</p>")
    imports.items(*archive)

    assert Post.objects.filter(headline="MARKER").count() == 0
    found = in_tables("MARKER")
    assert not {place for place in found if not place.startswith("articles_importproblem")}
    assert ImportedStory.objects.filter(post=None).count() == 1


def test_the_words_are_not_in_a_dump_but_its_rest_is(tmp_path):
    killed(make_story("MARKER"))
    file = tmp_path / "after.json"
    call_command("dumpdata", output=str(file))
    rows = json.loads(file.read_text())
    assert [row["fields"].keys() for row in rows if row["model"] == "articles.sealedstory"] == [
        {"post", "sealed_at"}
    ]

"""Nothing secret arrives: marked secrets in every corner of an export, and a look everywhere."""

import logging
import tempfile
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError
from django.urls import reverse

from articles.models import ImportedStory, ImportRun, Post

from . import ghost, wxr
from .readers.test_feed import entry, rss
from .test_pictures import zipped
from .wxr import item

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pictures_read_here")]

CORNERS = {
    "members": [
        {"id": "1", "email": "SECRET@a.example", "note": "SECRET", "subscribed": [{"k": "SECRET"}]}
    ],
    "members_stripe_customers": [{"customer_id": "SECRET-stripe", "email": "SECRET@b.example"}],
    "tokens": [{"token": "SECRET-token"}],
    "invites": [{"email": "SECRET@c.example", "token": "SECRET"}],
    "snippets": [{"mobiledoc": "SECRET-snippet"}],
    "custom_theme_settings": [{"value": "SECRET-theme"}],
    "newsletters": [{"sender_email": "SECRET@d.example"}],
    "emails": [{"recipient": "SECRET@e.example", "html": "SECRET"}],
    "mobiledoc_revisions": [{"mobiledoc": "SECRET-revision"}],
    "post_revisions": [{"lexical": "SECRET-revision"}],
    "comments": [{"html": "SECRET-comment"}],
}
IN_A_POST = {
    "email_subject": "SECRET-subject",
    "plaintext": "SECRET-plain",
    "email_recipient_filter": "SECRET",
    "comment_id": "SECRET",
    "newsletter": {"sender_email": "SECRET@f.example", "title": "SECRET"},
    "authors": [{"name": "SECRET", "email": "SECRET@g.example"}],
    "codeinjection_head": "<script>SECRET</script>",
    "codeinjection_foot": "<script>SECRET</script>",
}


def whole_ghost():
    return ghost.export(
        ghost.post("p1", **IN_A_POST),
        ghost.post("p2", status="broken", visibility="paid", **IN_A_POST),
        ghost.post("p3", type="page", **IN_A_POST),
        ghost.post("p4", html="", lexical="{SECRET", **IN_A_POST),
        meta=[{"post_id": "p1", "email_subject": "SECRET", "frontmatter": "SECRET"}],
        **CORNERS,
    )


def wordpress():
    secret = (
        "<wp:comment><wp:comment_author_email>SECRET@h.example</wp:comment_author_email>"
        "<wp:comment_author_IP>SECRET-ip</wp:comment_author_IP>"
        "<wp:comment_content>SECRET</wp:comment_content></wp:comment>"
    )
    meta = [("_api_key", "SECRET-key"), ("_edit_lock", "SECRET"), ("stripe", "SECRET-stripe")]
    return wxr.export(
        item(1, meta=meta, extra=secret, password="SECRET-password"),
        item(2, creator="SECRET@i.example", status="broken", meta=meta),
        item(3, people=[("SECRET@j.example", "SECRET@j.example")]),
        authors=[("SECRET@i.example", "SECRET@i.example"), ("anna", "Anna Brown")],
    )


def feed():
    people = (
        "<author>SECRET@k.example (Anna Brown)</author><managingEditor>SECRET@l.example"
        "</managingEditor><dc:creator>SECRET@m.example</dc:creator>"
    )
    return rss("<webMaster>SECRET@n.example</webMaster>", entry(extra=people))


EXPORTS = {"ghost": whole_ghost, "wordpress": wordpress, "feed": feed}


@pytest.fixture
def look_everywhere(imports, caplog, capsys, client, administrator, monkeypatch):
    """Whether a secret is in a row, a log, the screen, a file, or a page of the desk."""
    caplog.set_level(logging.DEBUG)
    monkeypatch.setattr(tempfile, "tempdir", None)
    client.force_login(administrator)

    def everywhere():
        found = [str(list(model._base_manager.values())) for model in apps.get_models()]
        found += [caplog.text, *capsys.readouterr()]
        given = imports.folder / "export-0.xml"
        files = [path for path in imports.folder.rglob("*") if path.is_file() and path != given]
        found += [path.read_text(errors="replace") for path in files if path.suffix != ".zip"]
        for run in ImportRun.objects.all():
            for name in ("change", "csv", "map"):
                page = client.get(reverse(f"admin:articles_importrun_{name}", args=[run.pk]))
                found.append(b"".join(page).decode())
        return [text for text in found if "SECRET" in text]

    return everywhere


@pytest.mark.parametrize("name", EXPORTS)
@pytest.mark.parametrize("how", [{}, {"dry_run": True}, {"members_as_public": True}])
def test_nothing_secret_arrives_anywhere(imports, look_everywhere, name, how):
    text = EXPORTS[name]()
    assert text.count("SECRET") >= 4

    imports(text, verbosity=2, **how)
    imports(text, verbosity=2, **how)

    assert imports.report["outcomes"]
    assert look_everywhere() == []


@pytest.mark.parametrize("name", EXPORTS)
@pytest.mark.parametrize("cut", range(5, 100, 12))
def test_what_is_said_of_a_broken_file_holds_nothing_of_it(imports, look_everywhere, name, cut):
    text = EXPORTS[name]()
    place = len(text) * cut // 100

    for broken in (text[:place], text[:place] + "\x01<&" + text[place:]):
        imports(broken, verbosity=2)

    assert look_everywhere() == []


def test_nothing_secret_arrives_out_of_a_zip(imports, look_everywhere, tmp_path):
    entries = {"SECRET.txt": "SECRET", "x.json": whole_ghost(), "data/members.csv": "SECRET"}

    imports.file(zipped(tmp_path, entries), verbosity=2)

    assert Post.objects.exists()
    assert look_everywhere() == []


def test_nothing_secret_is_in_what_is_kept_of_both_sides(imports, look_everywhere):
    from tests.builders import rewrite

    imports(whole_ghost())
    rewrite(Post.objects.get(source_id="p1"), "Ours.")
    imports(whole_ghost().replace("A story", "Their story"))

    assert ImportedStory.objects.filter(theirs__isnull=False).exists()
    assert look_everywhere() == []


def test_an_error_of_ours_says_nothing_of_the_file(imports, look_everywhere, monkeypatch):
    from articles.importing.storing import batch

    monkeypatch.setattr(batch, "converted", lambda plan: [][1] if plan.id == "p1" else 1 / 0)
    with pytest.raises((IndexError, ZeroDivisionError)):
        imports(whole_ghost())

    assert look_everywhere() == []


@pytest.mark.parametrize("text", ["kind,from,count,to\ntag,SECRET,1,nonsense", "SECRET"])
def test_a_map_is_told_by_its_line(imports, look_everywhere, tmp_path, text):
    path = tmp_path / "map.csv"
    path.write_text(text)
    with pytest.raises(CommandError):
        imports(whole_ghost(), map=path)
    Path(path).unlink()

    assert look_everywhere() == []

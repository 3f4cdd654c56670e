"""Old addresses by hand and as CSV."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from articles.library.naming.old_paths import path_key
from articles.models import OldAddress
from articles.publishing.old_addresses.edit import (
    add_old_address,
    read_csv,
    remove_old_addresses,
    write_csv,
)
from tests.builders import make_author, make_photo, make_post, make_section, make_story, make_topic

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("https://old.example/2016/12/bridge/", "/2016/12/bridge"),
        ("//old.example/2016/12/bridge", "/2016/12/bridge"),
        ("/2016//12/bridge/amp/", "/2016/12/bridge"),
        ("/2016/12/bridge/?utm=1#top", "/2016/12/bridge"),
        ("/caf%C3%A9", "/café"),
        ("/caf%c3%a9/", "/café"),
        ("/cafe\u0301/", "/café"),
        ("https://old.example/?p=012", "?p=12"),
        ("https://old.example/?page_id=7", "?p=7"),
        ("https://old.example/?attachment_id=7", "?attachment_id=7"),
        ("/index.php?p=3", "?p=3"),
        ("/story/?p=3", "/story"),
        ("/?p=x", ""),
        ("/", ""),
        ("", ""),
        ("http://[::1/x", ""),
        ("/" + "x" * 600, ""),
    ],
)
def test_all_spellings_of_an_address_are_one(address, key):
    assert path_key(address) == key


@pytest.mark.parametrize(
    ("address", "kind", "target"),
    [
        ("", "path", "/latest/"),
        ("/a", "path", "https://elsewhere.example/"),
        ("/a", "path", "//elsewhere.example/"),
        ("/a", "path", "/\\elsewhere.example"),
        ("/a", "path", "/a/"),
        ("/a", "path", "/there/"),
        ("/a", "topic", "nothing"),
        ("/a", "story", "/2016/99/99/x/"),
        ("/a", "story", "no/such"),
        ("/a", "thing", "x"),
    ],
)
def test_what_leads_nowhere_or_away_is_refused(address, kind, target):
    OldAddress.objects.create(key="/there", path="/latest/")

    with pytest.raises(ValidationError):
        add_old_address(address, kind, target)


def test_one_address_leads_to_one_thing():
    add_old_address("/a", "path", "/latest/")

    with pytest.raises(ValidationError):
        add_old_address("/a/", "topic", make_topic().slug)


def test_what_is_written_as_csv_can_be_read_again():
    story, draft = make_story("A story"), make_post("A draft", source="old", source_id="7")
    for number, (kind, target) in enumerate(
        [
            ("story", story.editions.get().get_absolute_url()),
            ("story", f"{draft.source}/{draft.source_id}"),
            ("topic", make_topic().slug),
            ("author", make_author().slug),
            ("section", make_section().slug),
            ("picture", make_photo().slug),
            ("path", "/latest/"),
        ]
    ):
        add_old_address(f"/old-{number}", kind, target)
    add_old_address("/?p=7", "path", "/latest/")
    rows = list(OldAddress.objects.order_by("key").values())
    first, second = io.StringIO(), io.StringIO()

    assert write_csv(first) == 8
    assert remove_old_addresses(OldAddress.objects.values_list("pk", flat=True)) == 8
    first.seek(0)
    assert read_csv(first) == 8

    write_csv(second)
    assert first.getvalue() == second.getvalue()
    again = list(OldAddress.objects.order_by("key").values())
    assert [row | {"id": 0} for row in again] == [row | {"id": 0} for row in rows]


def test_a_csv_with_a_faulty_line_adds_nothing_and_names_it(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("path,kind,target\n/a,path,/latest/\n/b,topic,none\n")

    with pytest.raises(CommandError, match="Line 3"):
        call_command("old_addresses", read=path)
    assert not OldAddress.objects.exists()


def test_the_command_reads_and_writes(tmp_path, capsys):
    path = tmp_path / "a.csv"
    path.write_text("path,kind,target\n/a,path,/latest/\n")

    call_command("old_addresses", read=path)
    call_command("old_addresses", read=path)
    call_command("old_addresses", write=path)

    assert capsys.readouterr().out.split(" old")[0] == "1"
    assert path.read_text() == "path,kind,target\n/a,path,/latest/\n"

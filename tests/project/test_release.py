"""A new release renews pages that readers and caches hold."""

import pytest

from articles.public.http.code_fingerprint import fingerprint


@pytest.mark.parametrize(
    "name",
    [
        "templates/base.html",
        "static/css/base.css",
        "articles/public/pages/front.py",
        "articles/formats/en_GB/formats.py",
        "newsroom/urls.py",
    ],
)
def test_a_release_is_another_when_what_makes_pages_changes(tmp_path, name):
    file = tmp_path / name
    file.parent.mkdir(parents=True)
    file.write_text("one")
    before = fingerprint(tmp_path)
    assert fingerprint(tmp_path) == before

    file.write_text("another")

    assert fingerprint(tmp_path) != before


def test_a_release_is_the_same_where_only_compiled_files_or_papers_differ(tmp_path):
    (tmp_path / "static").mkdir()
    before = fingerprint(tmp_path)

    (tmp_path / "static" / "front.pyc").write_bytes(b"compiled")
    (tmp_path / "static" / "LICENSE.txt").write_text("words")

    assert fingerprint(tmp_path) == before

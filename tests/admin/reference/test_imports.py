"""Imports at the desk: runs and reports, for administrators alone."""

import pytest
from django.urls import reverse

from articles.importing import one_run
from articles.models import ImportProblem, ImportRun
from tests.importing.conftest import imports, post_of  # noqa: F401  (a fixture)
from tests.importing.wxr import item

pytestmark = pytest.mark.django_db
LIST = "admin:articles_importrun_changelist"


def report(client, run):
    return client.get(reverse("admin:articles_importrun_change", args=[run.pk]))


@pytest.fixture
def desk(client, administrator):
    client.force_login(administrator)
    return client


def test_every_run_is_listed_with_what_it_brought(desk, imports):  # noqa: F811
    imports.items(item(1), dry_run=True)
    imports.items(item(1), item(2))

    runs = list(ImportRun.objects.all())
    assert [(run.dry_run, run.state) for run in runs] == [(False, "done"), (True, "done")]
    assert runs[0].counts["outcomes"] == {"imported": 2}
    assert runs[0].files[0]["name"] == "export-0.xml"
    assert len(runs[0].files[0]["sha256"]) == 64
    assert "old-site" in desk.get(reverse(LIST)).text


def test_the_report_has_each_problem_with_links_to_its_stories(desk, imports):  # noqa: F811
    imports.items(
        item(1, title="<b>&lt;i&gt;</b>", html=""), item(2, status="private", title="Two")
    )

    page = report(desk, ImportRun.objects.get())

    assert page.status_code == 200
    assert "A draft: it was not public there: 1" in page.text
    assert f'href="{reverse("admin:articles_post_change", args=[post_of(2).pk])}">Two<' in page.text
    assert "<i>" not in page.text.split('id="content-main"')[1]


def test_a_report_shows_fifty_of_each_and_the_csv_all(desk, imports):  # noqa: F811
    imports.items(item(0))
    run = ImportRun.objects.get()
    rows = [ImportProblem(run=run, code="status", title=f"=T{n}") for n in range(60)]
    ImportProblem.objects.bulk_create(rows)

    page = report(desk, run)
    lines = desk.get(reverse("admin:articles_importrun_csv", args=[run.pk]))
    lines = b"".join(lines.streaming_content).decode().splitlines()

    assert page.text.count("=T") == 50
    assert "and more, in the CSV" in page.text
    assert len(lines) == 61
    assert lines[1].endswith("'=T0,")


def test_a_run_that_ended_early_says_why(desk, imports, monkeypatch):  # noqa: F811
    monkeypatch.setattr("articles.importing.run.store_all", lambda *_a: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        imports.items(item(1))

    run = ImportRun.objects.get()
    assert (run.state, run.said) == ("failed", "division by zero")
    assert "division by zero" in report(desk, run).text


def test_a_run_that_was_killed_hard_is_told_as_cut_off(desk, imports):  # noqa: F811
    run = ImportRun.objects.create(source="old-site")

    assert "Cut off" in desk.get(reverse(LIST)).text
    assert "It was cut off before its end" in report(desk, run).text
    assert ImportRun.objects.get().state == "running", "who only looks changes nothing"

    imports.items(item(1))
    run.refresh_from_db()
    assert run.state == "failed"
    assert "It was cut off before its end" in report(desk, run).text


def test_a_run_that_goes_on_is_not_told_as_cut_off(desk):
    run = ImportRun.objects.create(source="old-site")

    with one_run.one_run():
        assert "Cut off" not in desk.get(reverse(LIST)).text
        assert "cut off" not in report(desk, run).text


def test_only_who_has_the_right_of_its_own_reads_them(client, editor, imports):  # noqa: F811
    imports.items(item(1))
    run = ImportRun.objects.get()
    client.force_login(editor)

    assert client.get(reverse(LIST)).status_code == 403
    assert report(client, run).status_code == 403
    assert client.get(reverse("admin:articles_importrun_csv", args=[run.pk])).status_code == 403


def test_nothing_is_changed_here_and_the_page_is_cheap(
    desk,
    imports,  # noqa: F811
    django_assert_max_num_queries,
):
    imports.items(*(item(n, status="private") for n in range(1, 40)))
    run = ImportRun.objects.get()

    desk.get(reverse(LIST))  # a session's first page notes when it was
    with django_assert_max_num_queries(12):
        assert report(desk, run).status_code == 200
    with django_assert_max_num_queries(12):
        assert desk.get(reverse(LIST)).status_code == 200
    assert desk.post(reverse("admin:articles_importrun_delete", args=[run.pk])).status_code == 403

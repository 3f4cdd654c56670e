"""Approval is of a version: the one that the approver's page showed, and no other."""

import pytest

from articles.desk.workflow import move
from articles.models import Post, Transition
from tests.admin.steps.steps import AS_SCRIPT, standing, step_url
from tests.admin.writing.sending import send
from tests.builders import make_post, make_user

pytestmark = pytest.mark.django_db

READS_AGAIN = "after you opened this page"


@pytest.fixture(params=[False, True], ids=["one reader", "second reader"])
def second_reader(request, settings):
    settings.SECOND_READER = request.param


@pytest.fixture
def post(reporter):
    post = make_post("First words", status="draft", created_by=reporter, saved_by=reporter)
    move(post, "send_to_review", by=reporter)
    return post


def seen_by(client, post):
    """What the page says when somebody is about to approve."""
    [step] = [each for each in standing(client, post)["steps"] if each["action"] == "approve"]
    return {"seen": step["seen"]}


def test_the_log_has_the_version_that_was_approved(client, second_reader, editor, post):
    client.force_login(editor)
    client.post(step_url(post, "approve"), seen_by(client, post), headers=AS_SCRIPT)

    approval = Transition.objects.get(action="approve")

    assert (approval.version, approval.by) == (Post.objects.get().version, editor)


@pytest.mark.parametrize("headers", [AS_SCRIPT, {}], ids=["script", "page"])
def test_words_saved_in_between_are_not_approved(client, second_reader, editor, post, headers):
    client.force_login(editor)
    seen = seen_by(client, post)
    colleague = type(client)()
    colleague.force_login(make_user())
    assert send(colleague, post, headline="Other words").status_code == 200

    answer = client.post(step_url(post, "approve"), seen, headers=headers, follow=True)

    assert READS_AGAIN in answer.text
    assert Post.objects.get().status == "in_review"
    assert not Transition.objects.filter(action="approve").exists()


def test_nothing_is_approved_by_who_saw_no_version(client, second_reader, editor, post):
    client.force_login(editor)

    for seen in ({}, {"seen": ""}, {"seen": "1"}, {"seen": "99/in_review/0/"}):
        assert "refused" in client.post(step_url(post, "approve"), seen, headers=AS_SCRIPT).json()

    assert Post.objects.get().status == "in_review"

"""A picture reaches readers only with a credit, and with alt text unless it is decorative."""

import pytest

from articles.models import Caption
from articles.publishing.steps.publish import publish
from articles.publishing.steps.readiness import NotReady
from tests.builders import make_photo, make_post

pytestmark = pytest.mark.django_db

BARE = {"credit": "", "alt": ""}
LACKS = {"credit": "has no credit", "alt": "has no alt text"}


@pytest.mark.parametrize("field", LACKS)
def test_a_story_is_not_published_while_its_picture_lacks_one_of_them(editor, field):
    post = make_post(photo=make_photo(**{field: ""}))

    with pytest.raises(NotReady) as refused:
        publish(post, by=editor)

    (said,) = refused.value.shortcomings
    assert LACKS[field] in said


def test_the_caption_may_give_what_the_library_lacks(editor):
    post = make_post(photo=make_photo(**BARE))
    Caption.objects.update(credit="Anna Brown", alt="A bridge.")

    assert publish(post, by=editor).picture["credit"] == "Anna Brown"


def test_a_decorative_picture_needs_neither(editor):
    post = make_post(photo=make_photo(decorative=True, **BARE))

    assert publish(post, by=editor).number == 1

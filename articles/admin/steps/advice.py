"""What is to be put right before a story is published, and what is only well to have."""

from typing import NamedTuple
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import gettext as _

from ...desk.house_style.finding import Level
from ...desk.planning.needs import need_sentence, unmet_needs
from ...desk.planning.rules import plan_of
from ...publishing.dates import day_of
from ...publishing.steps.house_style import as_shortcoming, style_findings
from ...publishing.steps.readiness import Shortcoming, shortcomings


class Checks(NamedTuple):
    """Shortcomings of a story: `missing` keep it from being published, `advice` bars nothing."""

    missing: list[Shortcoming]
    advice: list[Shortcoming]


def checks(story, needs, *, at):
    """The checks of a StoryAtHand that is to be read by readers at a moment; `needs` are those of
    its plan."""
    post, parts = story.post, story.parts
    found = style_findings(post, parts)
    forbidden = [as_shortcoming(each) for each in found if each.level == Level.BLOCK]
    warned = [as_shortcoming(each) for each in found if each.level != Level.BLOCK]
    missing = [*shortcomings(post, parts, on=day_of(at)), *forbidden]
    return Checks(missing, [*warned, *_well_to_have(post, needs)])


def _well_to_have(post, needs):
    if not post.standfirst.strip():
        yield Shortcoming(_("The standfirst is empty."), "standfirst")
    for need in needs:
        if not need.met:
            yield Shortcoming(need_sentence(need), "plan")


def needs_of(post):
    """What the plan of a story needs and is not there; no query where there is no plan."""
    return unmet_needs(post) if plan_of(post) else []


def line_of(post, shortcoming):
    """{sentence, url}, with the address of the place in the story where it is put right."""
    page = reverse("admin:articles_post_change", args=[post.pk])
    place, words = getattr(shortcoming, "place", ""), getattr(shortcoming, "words", "")
    at = f"{place}/{quote(words)}" if words else place
    return {"sentence": shortcoming, "url": f"{page}#{at}" if place else ""}

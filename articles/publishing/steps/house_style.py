"""House style as steps ask for it: what keeps a story from going out, and what is only told."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from ...desk.blocks import PullQuote, RelatedLink
from ...desk.house_style.finding import Finding, Found, Level
from ...desk.house_style.house_style import style_of
from ...desk.house_style.rules import StyledStory
from ...desk.house_style.story_text import StoryText, story_text
from ...desk.killed import is_killed
from ...desk.post import Post
from ..editions.document import Parts
from ..link_check.dead import dead_among
from ..link_check.links import LONGEST, MOST
from .readiness import Shortcoming


def style_findings(post: Post, parts: Parts) -> list[Finding]:
    """What the rules of the house find in a post with these parts, as they are set now."""
    blocks = parts.blocks[post.pk]
    text = story_text(post, blocks)
    style = style_of(parts.style, post.language)
    quotes = (block for block in blocks if isinstance(block, PullQuote))
    story = StyledStory(
        post=post,
        text=text,
        names=style.names,
        has_byline=bool(parts.authors[post.pk] or post.byline.strip()),
        has_topics=bool(parts.topics[post.pk]),
        unnamed_quotes=tuple(each.first_node for each in quotes if not each.attribution.strip()),
        dead_links=lambda: dead_links(post, parts, text),
    )
    return style.findings(story)


def keeps_back(findings: list[Finding]) -> list[Finding]:
    """Those that keep a story from being published."""
    return [finding for finding in findings if finding.level == Level.BLOCK]


def as_shortcoming(finding: Finding) -> Shortcoming:
    return Shortcoming(finding.sentence, finding.place, finding.words)


def dead_links(post: Post, parts: Parts, text: StoryText) -> Iterator[Found]:
    """The links of a post that would lead readers to a page of ours that is gone; one query if
    there are links to pages of ours in its text."""
    for block in parts.blocks[post.pk]:
        if isinstance(block, RelatedLink) and block.story and is_gone(block.story):
            words = block.story.headline or block.summary()
            yield Found(block.first_node, _("“%s” is withdrawn: its link is not shown.") % words)
    linked = [(piece.place, link) for piece in text.pieces for link in piece.links]
    linked = list(dict.fromkeys(each for each in linked if len(each[1]) <= LONGEST))[:MOST]
    dead = dead_among({link for _place, link in linked})
    for place, link in linked:
        if link in dead:
            yield Found(place, _("A link leads to a page of ours that is gone: %s") % link, link)


def is_gone(story: Post) -> bool:
    """Whether a story was on the site and is not any more."""
    return story.status == Post.Status.WITHDRAWN or is_killed(story)

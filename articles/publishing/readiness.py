"""What a post must have before readers may see it."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ..desk import prose
from ..desk.blocks import Text
from ..desk.post import Post
from ..desk.translation import language_taken, wrong_original
from ..desk.workflow import Refusal
from ..library.saying import say_day
from ..library.slugs import is_slug, make_slug
from .address import Address


class NotReady(Refusal):
    """A post lacks something; `shortcomings` is the list of sentences that say what."""

    def __init__(self, shortcomings):
        self.shortcomings = shortcomings
        super().__init__(" ".join(shortcomings))


NEEDS_NOTE = {Post.Change.CORRECTION, Post.Change.CLARIFICATION, Post.Change.RETRACTION}


def shortcomings(post, parts, *, on=None):
    """What keeps a post with these parts from being published: sentences; empty when nothing.

    Of a day, it is also asked whether the pictures may be used then.
    """
    missing = []
    if not post.headline.strip():
        missing.append(_("The headline is missing."))
    if not post.section_id:
        missing.append(_("The section is missing."))
    if not has_words(parts.region(post, "body")):
        missing.append(_("The story has no text."))
    if len(parts.region(post, "lead")) > 1:
        missing.append(_("One picture leads a story: move the others into the text."))
    if post.change_kind in NEEDS_NOTE and not post.change_note.strip():
        missing.append(
            _("A %s needs a note to readers that says what was changed.")
            % post.get_change_kind_display().lower()
        )
    if not is_slug(slug_of(post)):
        missing.append(_("No page can have this address. Choose another, of letters and digits."))
    missing.extend(faults_of_translation(post, parts))
    for block in parts.blocks[post.pk]:
        try:
            block.as_data()
        except ValidationError as error:
            missing.extend(error.messages)
        else:
            missing.extend(block.shortcomings(on))
    return missing


def faults_of_translation(post, parts):
    """What is wrong between a post and the others of its family: a list of none or one."""
    family, original = parts.families[post.pk], parts.original(post)
    fault = (original and wrong_original(post, original, family)) or language_taken(post, family)
    return [fault] if fault else []


def has_words(blocks):
    """Whether any text block says something."""
    return any(isinstance(block, Text) and prose.plain(block.html) for block in blocks)


def slug_of(post):
    """The last part of the post's address: its own, or one made from its headline; the post's
    number where the headline has no words."""
    return post.slug or make_slug(post.headline) or str(post.pk)


def refuse_taken_address(post, posted_on, slug):
    """Raise NotReady when the address belongs, or once belonged, to another story."""
    if Address.objects.filter(posted_on=posted_on, slug=slug).exclude(post=post).exists():
        raise NotReady(
            [
                _("Another story of %(day)s has the address “%(slug)s”. Choose another address.")
                % {"day": say_day(posted_on), "slug": slug}
            ]
        )

"""Stories named by their number, their identity, or an address pasted from site or desk."""

import datetime as dt
import re
import uuid
from urllib.parse import unquote, urlsplit

from django import forms
from django.contrib.admin import site
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ...desk.blocks import RelatedLink
from ...desk.post import Post
from ...library.naming.slugs import LONGEST
from ...library.whole_numbers import parse_whole_number
from ...publishing.editions.address import Address
from .pickers import RowPicker

OF_SITE = re.compile(r"(?:^|/)(\d{4})/(\d{2})/(\d{2})/([^/?#\s]+)/?$")
OF_DESK = re.compile(r"/articles/post/(\d{1,18})(?:/|$)")
IS_ADDRESS = re.compile(r"^(?:https?://|/|www\.)\S+$|^\S+/\S*/\S*$", re.IGNORECASE)

LONGEST_TYPED = 500


def posts_named(words):
    """(keys, is_address): the stories that are named, and whether it is an address, in which to
    look for words makes no sense."""
    if (number := parse_whole_number(words.removeprefix("#"))) is not None:
        return list(Post.objects.filter(pk=number).values_list("pk", flat=True)), False
    if identity := identity_in(words):
        return list(Post.objects.filter(uuid=identity).values_list("pk", flat=True)), True
    if not IS_ADDRESS.match(words):
        return [], False
    try:
        path = unquote(urlsplit(words).path).replace("\x00", "")
    except ValueError:
        return [], False
    if found := OF_DESK.search(path):
        keys = Post.objects.filter(pk=int(found[1])).values_list("pk", flat=True)
    elif found := OF_SITE.search(path):
        keys = at_address(*found.groups())
    else:
        return [], False
    return list(keys), True


def at_address(year, month, day, slug):
    """Keys of the stories that have or once had this address, or had this slug another day."""
    try:
        posted_on = dt.date(int(year), int(month), int(day))
    except ValueError:
        return []
    addresses = Address.objects.filter(posted_on=posted_on, slug=slug[:LONGEST])
    return addresses.values_list("post", flat=True)


def identity_in(words):
    try:
        return uuid.UUID(words) if len(words) in {32, 36} else None
    except ValueError:
        return None


class NamedStoryField(forms.ModelChoiceField):
    """A story that is looked for by its words; a number or an address as people copy it will do,
    too. Its value is the post, or None."""

    def __init__(self, **options):
        super().__init__(Post.objects.all(), **{"required": False} | options)
        self.widget = RowPicker(RelatedLink._meta.get_field("story"), site)
        self.widget.choices = self.choices
        self.widget.attrs["data-named"] = "true"

    def to_python(self, value):
        typed = str(value or "").strip()[:LONGEST_TYPED]
        if not typed:
            return None
        keys, _is_address = posts_named(typed)
        post = Post.objects.filter(pk__in=keys).first()
        if post is None:
            raise ValidationError(_("There is no such story. Copy its address from the site."))
        return post

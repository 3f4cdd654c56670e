"""What this process knows of the pages it showed: what each said, and what would change it."""

import hashlib
import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime

from ...publishing.key_count import last_change
from .lifetime import right_until

MOST = 4_096
"""How many pages are known at once, two kilobytes each or so and six at most; the one asked for
longest ago is forgotten first."""

LONGEST_QUERY = 200
"""Characters: nobody follows a link with a longer one twice."""


@dataclass
class Known:
    """A page as it was made: its validator, and what tells how long it is right.

    It is until a moment that was known when it was made, or until a later change touches one of
    its keys; what is scheduled touches keys at once. `checked` is the last change of the site for
    which the keys were looked up.
    """

    etag: str
    keys: tuple[str, ...]
    count: int
    unnamed: int
    made_at: datetime
    right_until: datetime
    checked: int

    @classmethod
    def of(cls, page, keys, version, now):
        """What is known of a page that was made after this version of the site was read.

        Its validator (an ETag, RFC 9110, weak) is made of what it shows: whoever has a page that
        says the same has this one. A page that changes by itself at a moment of its own says so
        (`page.right_until`).
        """
        shown = hashlib.sha256(page.content, usedforsecurity=False).hexdigest()[:24]
        return cls(
            etag=f'W/"{shown}"',
            keys=tuple(keys),
            count=version.count,
            unnamed=version.unnamed,
            made_at=now,
            right_until=right_until(version, now, own=getattr(page, "right_until", None)),
            checked=version.count,
        )

    def same_as(self, other):
        """Whether this is what is known already (or None) of the page of the same name."""
        return other is not None and self.etag == other.etag

    def is_right(self, version, now, touched=None):
        """Whether the page would be the same if it were made at this version and moment.

        `touched` is the last change that touched its keys. When it is not given, and the site
        changed since that was asked last, one light query asks.
        """
        if not self.made_at <= now < self.right_until or self.unnamed != version.unnamed:
            return False
        if self.checked != version.count:
            if (last_change(self.keys) if touched is None else touched) > self.count:
                return False
            self.checked = version.count
        return True


def name_of(request):
    """What tells the page that is asked for from all others; None of one that is not worth it."""
    if len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY:
        return None
    asked = request.build_absolute_uri().encode("utf-8", "surrogatepass")
    return hashlib.sha256(asked, usedforsecurity=False).hexdigest()[:24]


_known = OrderedDict()
_changing = threading.Lock()


def recall(name):
    """What is known of the page of this name, or None."""
    with _changing:
        if name in _known:
            _known.move_to_end(name)
        return _known.get(name)


def remember(name, known):
    """Know this of the page of this name from now on; of one without a name nothing is known."""
    if name is None or known is None:
        return
    with _changing:
        _known[name] = known
        _known.move_to_end(name)
        while len(_known) > MOST:
            _known.popitem(last=False)

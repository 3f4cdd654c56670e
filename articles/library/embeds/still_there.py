"""Whether there is still something at the address of an embed."""

from ..fetching.fetch import FEED_LIMIT, fetch
from ..fetching.target import FetchRefused
from .ask import oembed_of
from .match import embeddable_at

GONE = frozenset({404, 410})


def is_still_there(url: str) -> bool | None:
    """Asks its site. None where that tells nothing: it is down, or answers the same in any case."""
    found = embeddable_at(url)
    if found and found.provider.answers_always:
        return None
    asked = oembed_of(url) or url
    try:
        fetch(asked, limit=FEED_LIMIT)
    except FetchRefused as refused:
        gone = found.provider.gone if found and asked != url else GONE
        return False if refused.status in gone else None
    return True

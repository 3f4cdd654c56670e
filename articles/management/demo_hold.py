"""A story of the demo that its lawyer has put on legal hold."""

import datetime as dt

from django.contrib.auth.models import User

from ..models import Post
from ..publishing.stops.legal_hold import place_hold

HELD = "velodrome-roof"
WHY = (
    "The builders of the roof say that it leaks for want of upkeep, and their lawyers have written "
    "to us. Nothing goes out before we have answered."
)


def hold_a_story(now: dt.datetime) -> None:
    """Put one story on hold. The demo and its accounts must be there."""
    post = Post.objects.get(source="demo", source_id=HELD)
    place_hold(post, by=User.objects.get(username="lawyer"), note=WHY, now=now)

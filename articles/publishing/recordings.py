"""Which stories play a film or a sound: on the desk, or in anything that was ever published."""

from django.db.models import Q, QuerySet

from ..desk.blocks import Film, Sound
from ..desk.post import Post
from ..library.recording import Recording
from .editions.recording_use import RecordingUse

MOST = 40


def posts_with_recording(recording: Recording) -> QuerySet[Post]:
    """The stories whose desk copy plays a recording."""
    of_films, of_sounds = (
        Q(pk__in=model.objects.filter(recording=recording).order_by().values("parent"))
        for model in (Film, Sound)
    )
    return Post.objects.filter(of_films | of_sounds)


def where_played(recording: Recording) -> list[Post]:
    """The stories that play a recording or ever played it, those saved last first."""
    played = RecordingUse.objects.filter(recording=recording).values("edition__post")
    on_desk = posts_with_recording(recording).values("pk")
    stories = Post.objects.filter(Q(pk__in=on_desk) | Q(pk__in=played))
    return list(stories.order_by("-saved_at", "-pk")[:MOST])

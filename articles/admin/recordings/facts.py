"""Facts: what the desk shows of a film or a sound that a document only names."""

from django.urls import reverse

from ...desk.blocks import Film, Sound
from ...library.characters import tidy
from ...library.recording import Recording
from ...library.recordings.kinds import length_of
from ..fields.pickers import thumbnail_url

MAX_REFS = 200


def recording_facts(recording: Recording) -> dict:
    """{slug, sort, title, caption, credit, length, width, height, thumb, missing, url}.

    `length` is such as 2:05, "" where it is not known; `thumb` is the URL of the poster's
    thumbnail; `missing` are the sentences that say what keeps it from readers.
    """
    block = (Film if recording.is_film else Sound)(recording=recording)
    return {
        "slug": recording.slug,
        "sort": recording.sort,
        "title": recording.title,
        "caption": recording.caption,
        "credit": recording.credit,
        "length": length_of(recording.seconds),
        "width": recording.width,
        "height": recording.height,
        "thumb": thumbnail_url(recording.poster) if recording.poster else "",
        "missing": block.shortcomings(),
        "url": reverse("admin:articles_recording_change", args=[recording.pk]),
    }


def facts_of_recordings(slugs) -> dict[str, dict]:
    """{slug: facts} of those of these recordings that there are; one query, or none."""
    slugs = {slug for slug in slugs if slug and tidy(slug) == slug}
    if not slugs:
        return {}
    rows = Recording.objects.select_related("poster").filter(slug__in=sorted(slugs)[:MAX_REFS])
    return {row.slug: recording_facts(row) for row in rows}

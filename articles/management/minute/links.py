"""Checking the links of live stories."""

from django.utils.translation import ngettext

from articles.publishing.link_check.rounds import check_some
from articles.publishing.machine.run import Done


def check(now, place):
    counts, place = check_some(place, now=now)
    said = ngettext(
        "%(stories)d story checked; dead links: %(new)d new, %(gone)d gone.",
        "%(stories)d stories checked; dead links: %(new)d new, %(gone)d gone.",
        counts.stories,
    )
    notable = bool(counts.new or counts.gone)
    return Done(said % counts._asdict(), notable=notable, place=place)

"""Removing what nobody needs any more."""

import datetime as dt

from django.contrib.sessions.models import Session
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.desk.form_token import forget_old_forms
from articles.desk.sign_in_throttle import delete_expired
from articles.desk.writing.presence import forget_closed_pages
from articles.publishing.machine.run import Done
from articles.publishing.machine.task import TaskRun
from articles.publishing.steps.thinning_round import thin_some

LOG_KEPT = dt.timedelta(days=14)


def forget_sign_ins(now, place):
    """Sessions that ended, and the failures to sign in that no throttle reads any more."""
    ended, _of_kind = Session.objects.filter(expire_date__lt=now).delete()
    return _removed(ended + delete_expired(now=now))


def forget_forms(now, place):
    """The one-time tokens of forms that were sent, and the pages that were closed."""
    return _removed(forget_old_forms(now=now) + forget_closed_pages(now=now))


def thin_out(now, place):
    """Revisions that have become too many as time passed, of some stories in each run."""
    removed, last = thin_some(int(place or 0), now=now)
    return _removed(removed)._replace(place=str(last), more=bool(last))


def shorten_log(now, place):
    old, _of_kind = TaskRun.objects.filter(ended_at__lt=now - LOG_KEPT).delete()
    return _removed(old)


def _removed(count):
    if not count:
        return Done(_("Nothing was old enough."))
    return Done(ngettext("%d row removed.", "%d rows removed.", count) % count, notable=True)

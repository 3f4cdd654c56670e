"""The calendar for other programs: the feed itself, and the page that gives out its address."""

import datetime as dt

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ...desk.calendar_feed import CalendarFeed, reader_of_feed, renew_feed, stop_feed
from ...desk.embargo.embargoed import is_embargoed
from ..keep_private import keep_private
from ..steps.status_summary import display_name
from .entries import coming_rows
from .ical import calendar_text
from .moving import refuse_strangers

BACK, AHEAD = dt.timedelta(days=14), dt.timedelta(days=180)


@require_safe
def feed(request, token):
    """What is to come, for whoever has the address; 404 for one that lets nobody in."""
    if reader_of_feed(token) is None:
        raise Http404
    now = timezone.now()
    rows = coming_rows(now, since=now - BACK, until=now + AHEAD)
    name = _("%s: the desk") % settings.SITE_NAME
    text = calendar_text(name, [event_of(row, request, now) for row in rows], now=now)
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="desk.ics"'
    response["Referrer-Policy"] = "no-referrer"
    return keep_private(response)


def event_of(row, request, now):
    """A Row as an event. Other programs are told no word of an embargoed story."""
    post = row.story.post
    state = f"{_('Due')} · {row.state.text}" if row.mark == "due" else row.state.text
    state = " · ".join([state, *(stop.text for stop in row.story.stops)])
    name = _("story %s") % post.pk if is_embargoed(post, now) else post
    url = request.build_absolute_uri(reverse("admin:articles_post_change", args=[post.pk]))
    return {
        "uid": f"{post.uuid}-{row.mark}@{request.get_host()}",
        "moment": row.moment,
        "summary": f"{state}: {name}",
        "description": display_name(post.created_by) if post.created_by else "",
        "section": str(post.section or ""),
        "url": url,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def feed_page(request, *, site):
    """Give out the address, once; make it anew; stop it."""
    refuse_strangers(request.user)
    token = ""
    if request.method == "POST" and "stop" in request.POST:
        stop_feed(request.user)
        messages.success(request, _("Stopped: the address leads nowhere now."))
        return redirect("admin:calendar_feed")
    if request.method == "POST":
        token = renew_feed(request.user, now=timezone.now())
    path = token and reverse("admin:calendar_ics", args=[token])
    context = site.each_context(request) | {
        "title": _("Subscribe to the calendar"),
        "feed": CalendarFeed.objects.filter(user=request.user).first(),
        "address": path and request.build_absolute_uri(path),
    }
    return keep_private(TemplateResponse(request, "admin/calendar/feed.html", context))

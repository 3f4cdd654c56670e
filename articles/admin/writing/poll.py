"""What an open writing screen asks every few seconds."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone

from ...desk.post import Post
from ...desk.writing.document import read
from ...desk.writing.presence import show_presence, who_is_here
from ...library.date_formats import clock
from ...library.whole_numbers import INTEGER_DIGITS, parse_whole_number
from ..notes.note_pages import notes_html
from ..steps.status_summary import display_name
from .page_state import refs_of
from .sent_fields import field_values

MAX_KEY = 40


def poll(admin, request, key):
    """{version, people} and, when the version asked about is older, the story as it is stored; and
    with other notes than were seen {noted, colleagues: {notes: HTML, open}}. Of a killed story
    {killed: true}."""
    now = timezone.now()
    if not (admin.has_view_permission(request) or admin.has_change_permission(request)):
        raise PermissionDenied
    rows = who_is_here(key, now)
    if not rows:
        raise Http404
    if rows[0]["status"] == Post.Status.KILLED:
        return {"killed": True}
    tab, block = (request.GET.get(name, "")[:MAX_KEY] for name in ("tab", "block"))
    if tab and not hasattr(request, "seen_by"):
        show_presence(rows, key, request.user, tab, block, now)
    answer = {"version": rows[0]["version"], "people": people(rows, request.user)}
    if request.GET.get("noted", "") != noted(rows[0]):
        post = Post(pk=key, section_id=rows[0]["section"])
        answer |= {"noted": noted(rows[0]), "colleagues": notes_html(request, post)}
    seen = parse_whole_number(request.GET.get("version"), max_digits=INTEGER_DIGITS)
    if seen is not None and seen < answer["version"]:
        answer |= stored_story(admin, request, key)
    return answer


def noted(row):
    """The notes at a story as a short text: another one once something is left or done."""
    return f"{row['newest_note']}.{row['notes_done']}" if row["newest_note"] else ""


def people(rows, user):
    """[{name, block}] of the others who have the story open."""
    others = [row for row in rows if row["user"] not in {None, user.pk}]
    return [{"name": name_in(row), "block": row["block"]} for row in others]


def name_in(row):
    return f"{row['first_name']} {row['last_name']}".strip() or row["username"]


def stored_story(admin, request, key):
    """The story as colleagues saved it."""
    post = admin.opened(request, key)
    if post is None:
        raise Http404
    document = read(post).document
    return {
        "version": post.version,
        "saved": clock(post.saved_at),
        "by": display_name(post.saved_by),
        "document": document,
        "refs": refs_of(document),
        "fields": field_values(admin.story_form(request, post)),
    }

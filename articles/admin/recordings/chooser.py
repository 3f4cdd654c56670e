"""What the writing screen asks of the films and sounds, in JSON."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ...library.recording import Recording
from ...library.recordings.kinds import FILM, SOUND
from ...library.whole_numbers import parse_whole_number
from .add_recording import add_recording
from .facts import recording_facts

PAGE_SIZE = 24
MAX_PAGES = 100
MAX_TYPED = 200
MAX_WORDS = 8
SEARCHED = ("title", "caption", "credit", "transcript", "slug")


@require_GET
def choose(request, recording_admin):
    """?q=&sort=&page= → {results: [facts], more}, the newest first."""
    if not request.user.has_perm("articles.view_recording"):
        raise PermissionDenied
    rows = Recording.objects.select_related("poster").newest_first()
    if request.GET.get("sort") in {FILM, SOUND}:
        rows = rows.filter(sort=request.GET["sort"])
    rows = rows.filter(words_match(request.GET.get("q", "")))
    page = min(max(parse_whole_number(request.GET.get("page"), max_digits=4) or 1, 1), MAX_PAGES)
    start = (page - 1) * PAGE_SIZE
    found = list(rows[start : start + PAGE_SIZE + 1])
    more = len(found) > PAGE_SIZE and page < MAX_PAGES
    return JsonResponse(
        {"results": [recording_facts(row) for row in found[:PAGE_SIZE]], "more": more}
    )


def words_match(typed: str) -> Q:
    """That a recording has all words typed, in any of its texts."""
    condition = Q()
    for word in typed.replace("\x00", "")[:MAX_TYPED].split()[:MAX_WORDS]:
        has_word = Q()
        for name in SEARCHED:
            has_word |= Q(**{f"{name}__icontains": word})
        condition &= has_word
    return condition


@require_POST
def drop(request, recording_admin):
    """`file` → {result: facts, known}, or {error} and status 422 for what is refused."""
    file = request.FILES.get("file")
    if file is None:
        return JsonResponse({"error": _("No file was sent.")}, status=400)
    try:
        recording, known = add_recording(file, request, recording_admin)
    except ValidationError as refused:
        return JsonResponse({"error": " ".join(refused.messages)}, status=422)
    return JsonResponse({"result": recording_facts(recording), "known": known})

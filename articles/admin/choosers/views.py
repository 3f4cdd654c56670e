"""What the dialogs of the writing screen ask, in JSON."""

import datetime as dt
from functools import wraps
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ...desk.post import Post
from ...library.photo import Photo
from ...library.whole_numbers import parse_whole_number
from ...publishing.editions.edition import Edition
from ..photos.add_photo import add_photo
from ..recordings.facts import facts_of_recordings
from .facts import facts_of_photos, facts_of_stories, photo_facts
from .photos import MAX_PAGES as MAX_PHOTO_PAGES
from .photos import facts_for, find_photos
from .stories import MAX_PAGES as MAX_STORY_PAGES
from .stories import Writing, find_stories, suggest_stories
from .uploads import IN_PLACE, MAX_FILES, change_photo

MAX_TYPED = 400
MAX_ADDRESSES = 20
MAX_ADDRESS = 2_000


def needs(*permissions):
    """Decorate a view that takes these permissions of the application."""

    def decorate(view):
        @wraps(view)
        def checked(request, *args, **kwargs):
            if not request.user.has_perms([f"articles.{each}" for each in permissions]):
                why = _("Your role does not allow this.")
                return JsonResponse({"error": why}, status=403)
            return view(request, *args, **kwargs)

        return checked

    return decorate


@require_GET
@needs("view_photo")
def photos(request):
    """?q=&page=&filter= → {results: [photo facts + by_me_today], more, meant}"""
    found = find_photos(
        typed_in(request),
        by=request.user,
        page=page_in(request, MAX_PHOTO_PAGES),
        only=request.GET.get("filter", ""),
        now=timezone.now(),
    )
    return JsonResponse(found)


@require_GET
@needs("view_post")
def stories(request):
    """?q=&post=&page= (and &headline=&topics= of an unsaved form) →
    {results: [story facts + reason], more, meant, near}"""
    typed, page = typed_in(request), page_in(request, MAX_STORY_PAGES)
    topics = request.GET.get("topics", "")[:MAX_TYPED].split(",")
    writing = Writing(
        post=request.GET.get("post", "")[:MAX_TYPED],
        headline=request.GET.get("headline", "")[:MAX_TYPED],
        topics=tuple(filter(None, map(str.strip, topics))),
    )
    if typed.strip():
        return JsonResponse(find_stories(typed, writing, page=page, now=timezone.now()))
    return JsonResponse(suggest_stories(writing, page=page, now=timezone.now()))


@require_GET
@needs("view_post", "view_photo")
def refs(request):
    """?photos=slug&recordings=slug&stories=uuid&address=url, each any number of times or with
    commas between → {photos: {slug: facts}, recordings: {slug: facts}, stories: {uuid: facts},
    addresses: {url: uuid or ""}}"""
    addresses = {
        address[:MAX_ADDRESS]: story_at(address, request)
        for address in request.GET.getlist("address")[:MAX_ADDRESSES]
    }
    named = [*listed_in(request, "stories"), *addresses.values()]
    return JsonResponse(
        {
            "photos": facts_of_photos(listed_in(request, "photos")),
            "recordings": facts_of_recordings(listed_in(request, "recordings")),
            "stories": facts_of_stories(named),
            "addresses": addresses,
        }
    )


@require_POST
@needs("add_photo")
def upload(request, photo_admin):
    """`file`, one or several → {results: [photo facts + {filled: [field], known}, or
    {file, errors: [sentence]}]}, in the order of the files."""
    files = request.FILES.getlist("file")[:MAX_FILES]
    if not files:
        return JsonResponse({"error": _("No picture was sent.")}, status=400)
    return JsonResponse({"results": [_upload_one(file, request, photo_admin) for file in files]})


def _upload_one(file, request, photo_admin):
    try:
        added = add_photo(file, request, photo_admin)
    except ValidationError as refused:
        return {"file": file.name, "errors": refused.messages}
    facts = facts_for(added.photo, by=request.user, today=timezone.localdate())
    return facts | {"file": file.name, "filled": added.filled, "known": added.known}


@require_http_methods(["GET", "POST"])
@needs("view_photo")
def photo_words(request, photo_admin):
    """?photo=slug → {facts, fields: {name: value}, may_change}; POST of some of the fields, each
    with `initial-` and its name for the value that was shown → the same with notes, or with
    {errors: {field: [sentence]}, stale: [field]} and status 422."""
    slug = (request.POST.get("photo") or request.GET.get("photo", "")).replace("\x00", "")
    photo = Photo.objects.filter(slug=slug[:100]).first()
    if photo is None:
        return JsonResponse({"error": _("This picture is not in the library.")}, status=404)
    may_change = photo_admin.has_change_permission(request, photo)
    if request.method == "GET":
        return JsonResponse(_words_of(photo, request, photo_admin, may_change))
    if not may_change:
        why = _("Your role does not allow changes to the picture library.")
        return JsonResponse({"error": why}, status=403)
    changed = change_photo(request, photo_admin, photo)
    photo.refresh_from_db()
    answer = _words_of(photo, request, photo_admin, may_change) | {"notes": changed.notes}
    if changed.errors:
        return JsonResponse(answer | {"errors": changed.errors, "stale": changed.stale}, status=422)
    return JsonResponse(answer)


def _words_of(photo, request, photo_admin, may_change):
    values = {name: getattr(photo, name) for name in IN_PLACE}
    return {"facts": photo_facts(photo), "fields": values, "may_change": may_change}


def typed_in(request) -> str:
    return request.GET.get("q", "")[:MAX_TYPED]


def page_in(request, most: int) -> int:
    """The number of the page asked for; the first for what is none."""
    return min(max(parse_whole_number(request.GET.get("page"), max_digits=4) or 1, 1), most)


def listed_in(request, name: str) -> list[str]:
    return [each for value in request.GET.getlist(name) for each in value.split(",") if each]


def story_at(address: str, request) -> str:
    """The uuid of the story that an address of this site leads to, for readers or on the desk; ""
    for any other address."""
    try:
        parts = urlsplit(address.strip())
        own = {request.get_host(), urlsplit(settings.SITE_URL or "").netloc}
        if parts.netloc not in own or parts.scheme not in {"", "http", "https"}:
            return ""
        found = resolve(unquote(parts.path))
    except (Resolver404, ValueError):
        return ""
    if found.url_name == "story":
        return story_of_day(**found.kwargs)
    if found.url_name == "articles_post_change":
        key = parse_whole_number(found.kwargs["object_id"])
        rows = Post.objects.filter(pk=key).values_list("uuid", flat=True) if key else []
        return str(next(iter(rows), ""))
    return ""


def story_of_day(year, month, day, slug) -> str:
    """The uuid of the story that had this address last, or ""."""
    try:
        posted_on = dt.date(year, month, day)
    except ValueError:
        return ""
    rows = Edition.objects.filter(posted_on=posted_on, slug=slug).order_by("-live_from")
    return str(next(iter(rows.values_list("uuid", flat=True)[:1]), ""))

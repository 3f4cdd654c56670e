"""What the dialog of an embed asks: what readers get of an address, and what its provider says."""

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.http import JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ...library.date_formats import format_day
from ...library.embeds.ask import ask_provider, name_at
from ...library.embeds.match import Embeddable, embeddable_at
from ...library.fetching.fetch import PICTURE_LIMIT, fetch
from ...library.fetching.target import FetchRefused
from ..photos.add_photo import add_photo
from .facts import photo_facts
from .views import needs

MOST_CHARACTERS = 500


@require_GET
@needs("view_post")
def embed(request):
    """?url= → {name, shown, tells}: whose it is, whether it can be shown in the page, and whether
    its provider tells a title and a picture. Asks nobody."""
    url = address_in(request.GET)
    found = embeddable_at(url)
    return JsonResponse(
        {
            "name": name_at(url),
            "shown": bool(found),
            "tells": bool(found and found.provider.oembed),
        }
    )


@require_POST
@needs("add_photo")
def fetch_embed(request, photo_admin):
    """`url` → {title, photo: facts or null, errors: [sentence]}: the title that its provider gives,
    and its picture, taken into the library with a note on rights."""
    url = address_in(request.POST)
    try:
        said = ask_provider(url)
    except FetchRefused as refused:
        return JsonResponse({"error": str(refused)}, status=422)
    photo, errors = None, []
    if said.picture:
        try:
            photo = take_picture(said.picture, said.title, url, request, photo_admin)
        except FetchRefused as refused:
            errors = [str(refused)]
        except ValidationError as refused:
            errors = refused.messages
    facts = photo_facts(photo) if photo else None
    return JsonResponse({"title": said.title, "photo": facts, "errors": errors})


def take_picture(picture, title, url, request, photo_admin):
    """The provider's picture, in the library. Raises FetchRefused, and ValidationError for
    what an upload would be refused for."""
    file = ContentFile(fetch(picture, limit=PICTURE_LIMIT).body, name="embed.jpg")
    found = embeddable_at(url)
    given = {"caption": title, "credit": found.name, "rights_note": note_on_rights(found, url)}
    return add_photo(file, request, photo_admin, given=given).photo


def note_on_rights(found: Embeddable, url: str) -> str:
    return _("Fetched from %(name)s with the embed of %(url)s on %(day)s. May we show it?") % {
        "name": found.name,
        "url": url,
        "day": format_day(timezone.localdate()),
    }


def address_in(sent) -> str:
    return sent.get("url", "")[:MOST_CHARACTERS]

"""The library as a grid of cards, which costs the same for a hundred pictures as for 100,000."""

from django.contrib.admin import ShowFacets
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.contrib.admin.views.main import PAGE_VAR, ChangeList
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from ...desk.blocks import PICTURE_MODELS
from ...library.photo import Photo
from ...publishing.editions.edition import Edition
from ...publishing.editions.picture_use import PictureUse
from ..fields.pickers import format_rights
from ..paginators import BoundedPaginator
from .photo_search import first_keys, likely_words


class LibraryList(ChangeList):
    """A page of the library, as cards."""

    meant = ""

    def __init__(self, request, *args, **kwargs):
        super().__init__(request, *args, **kwargs)
        self.request = request

    @cached_property
    def cards(self):
        photos = list(self.result_list)
        on_desk, live = used_on_desk(photos), used_live(photos)
        today = timezone.localdate()
        return [
            {
                "photo": photo,
                "url": self.url_of(photo),
                "rights": format_rights(photo),
                "marks": marks_of(photo, on_desk, live, today),
            }
            for photo in photos
        ]

    def url_of(self, photo: Photo) -> str:
        """The photo's form, from which saving leads back to this page of the list."""
        kept = {
            "opts": self.opts,
            "preserved_filters": self.model_admin.get_preserved_filters(self.request),
        }
        return add_preserved_filters(kept, self.url_for_result(photo))

    @property
    def numbers(self):
        return self.paginator.get_elided_page_range(self.page_num)

    @property
    def page_base(self) -> str:
        """The address of a page, without its number."""
        return self.get_query_string({PAGE_VAR: ""})


def marks_of(photo: Photo, on_desk: set[int], live: set[int], today) -> list[dict]:
    """What is to be known at a glance: [{tone, text}]."""
    marks = []
    if photo.pk in live:
        marks.append({"tone": "live", "text": _("Live")})
    elif photo.pk in on_desk:
        marks.append({"tone": "draft", "text": _("On the desk")})
    if photo.rights_until and photo.rights_until < today:
        marks.append({"tone": "withdrawn", "text": _("Rights ended")})
    if not (photo.alt or photo.decorative):
        marks.append({"tone": "in_review", "text": _("No alt text")})
    if not (photo.credit or photo.decorative):
        marks.append({"tone": "in_review", "text": _("No credit")})
    return marks


def used_on_desk(photos: list[Photo]) -> set[int]:
    """The keys of those that a story on the desk has."""
    first, *rest = (
        model.objects.filter(photo__in=photos).order_by().values_list("photo", flat=True)
        for model in PICTURE_MODELS
    )
    return set(first.union(*rest))


def used_live(photos: list[Photo]) -> set[int]:
    """The keys of those that readers see in a story."""
    live = Edition.objects.live(timezone.now()).values("pk")
    found = PictureUse.objects.filter(photo__in=photos, edition__in=live).order_by()
    return set(found.values_list("photo", flat=True).distinct())


class LibraryPaginator(BoundedPaginator):
    """Ten pages: nobody looks through more cards."""

    limit = 400


MOST_KEYS = LibraryPaginator.limit + 1


class LibraryPage:
    """Mixed into the PhotoAdmin: what its list searches, and how far it counts."""

    list_display = ["__str__"]
    list_per_page = 40
    list_max_show_all = 0
    paginator = LibraryPaginator
    show_full_result_count = False
    show_facets = ShowFacets.NEVER
    ordering = ["-added_at", "-pk"]
    search_fields = ["words"]
    search_help_text = None

    def get_queryset(self, request):
        """What was merged is offered nowhere, and can still be looked at."""
        photos = super().get_queryset(request)
        match = request.resolver_match
        offers = match and match.url_name in {"articles_photo_changelist", "autocomplete"}
        return photos.in_library().defer("words") if offers else photos

    def get_changelist(self, request, **kwargs):
        return LibraryList

    def get_changelist_instance(self, request):
        page = super().get_changelist_instance(request)
        page.meant = getattr(request, "meant", "")
        return page

    def get_search_results(self, request, queryset, search_term):
        """What matches; where nothing does, what matches the nearest words that pictures have."""
        if not search_term.strip():
            return queryset, False
        request.found = first_keys(queryset, search_term, MOST_KEYS)
        if not request.found and (meant := likely_words(search_term)):
            request.found = first_keys(queryset, meant, MOST_KEYS)
            request.meant = meant if request.found else ""
        # Searched once: the page and its count both follow from these keys.
        return queryset.filter(pk__in=request.found), False

    def get_paginator(self, request, *args, **kwargs):
        paginator = super().get_paginator(request, *args, **kwargs)
        if hasattr(request, "found"):
            paginator.counted = len(request.found)
        return paginator

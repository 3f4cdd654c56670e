"""Filters of the library."""

from django.contrib import admin
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ...importing.imported_story import ImportedPicture
from ...library.author import Author
from ...library.photo import Photo
from ...library.recording import Recording
from ...library.topic import Topic
from ...publishing.editions.picture_use import PictureUse
from ...publishing.pictures.where_used import desk_uses

WEEK, MONTH = timezone.timedelta(days=7), timezone.timedelta(days=30)
MAX_AGENCIES_FROM = 2_000
"""Newest pictures whose agencies are offered."""
MAX_AGENCIES = 30


class Lacks(admin.SimpleListFilter):
    """Pictures on which there is something to do before they can be used."""

    title = _("what is missing")
    parameter_name = "lacks"

    def lookups(self, request, model_admin):
        return [
            ("alt", _("No alt text")),
            ("credit", _("No credit")),
            ("use", _("Never used")),
        ]

    def queryset(self, request, queryset):
        if self.value() == "alt":
            return queryset.without_alt()
        if self.value() == "credit":
            return queryset.without_credit()
        return unused(queryset) if self.value() == "use" else queryset


def unused(photos):
    """Those that nothing shows, and nothing that was ever published showed."""
    photo = OuterRef("pk")
    uses = (
        *desk_uses(photo),
        PictureUse.objects.filter(photo=photo).order_by(),
        Topic.objects.filter(picture=photo).order_by(),
        Author.objects.filter(picture=photo).order_by(),
        Recording.objects.filter(poster=photo).order_by(),
    )
    return photos.filter(*(~Exists(use) for use in uses))


class Rights(admin.SimpleListFilter):
    """Photos whose rights have ended or end soon, and those with a limit of another kind."""

    title = _("rights")
    parameter_name = "rights"

    def lookups(self, request, model_admin):
        return [
            ("ended", _("Ended")),
            ("week", _("End within 7 days")),
            ("ending", _("End within 30 days")),
            ("own", _("Not for others")),
        ]

    def queryset(self, request, queryset):
        today = timezone.localdate()
        match self.value():
            case "ended":
                return queryset.rights_ended(today)
            case "week":
                return queryset.rights_ending(today, WEEK)
            case "ending":
                return queryset.rights_ending(today, MONTH)
            case "own":
                return queryset.filter(not_for_others=True)
        return queryset


class Licence(admin.SimpleListFilter):
    title = _("licence")
    parameter_name = "licence"

    def lookups(self, request, model_admin):
        return [
            (value or "unknown", label)
            for value, label in sorted(Photo.Licence.choices, key=lambda choice: not choice[0])
        ]

    def queryset(self, request, queryset):
        value = "" if self.value() == "unknown" else self.value()
        return queryset if value is None else queryset.filter(licence=value)


class Origin(admin.SimpleListFilter):
    """Pictures that came with the archive of another site: with what is missing, what is to do."""

    title = _("origin")
    parameter_name = "origin"

    def lookups(self, request, model_admin):
        return [("import", _("From an import"))]

    def queryset(self, request, queryset):
        imported = ImportedPicture.objects.filter(photo=OuterRef("pk"))
        return queryset.filter(Exists(imported)) if self.value() == "import" else queryset


class Agency(admin.SimpleListFilter):
    """The agencies of the pictures added last; any other by its address."""

    title = _("agency")
    parameter_name = "agency"

    def lookups(self, request, model_admin):
        newest = Photo.objects.in_library().newest_first().values_list("agency", flat=True)
        names = sorted(set(newest[:MAX_AGENCIES_FROM]) - {""}, key=str.casefold)[:MAX_AGENCIES]
        chosen = request.GET.get(self.parameter_name, "").replace("\x00", "")[:100]
        return [(name, name) for name in dict.fromkeys([*names, *filter(None, [chosen])])]

    def queryset(self, request, queryset):
        value = (self.value() or "").replace("\x00", "")
        return queryset.filter(agency=value) if value else queryset

"""The admin of films and sounds."""

from functools import partial

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import ProtectedError
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ...desk.search.index import index_named
from ...library.recording import Recording
from ...library.recordings.kinds import length_of
from ...library.recordings.store import delete_files_when_committed, store_captions
from ...publishing.recordings import posts_with_recording, where_played
from ..fields.pickers import SCRIPTS, RowPickersMixin, thumbnail_url
from ..invalidating_admin import InvalidatingAdmin
from ..json_view import json_view
from ..paginators import BoundedPaginator
from .add_recording import add_recording
from .chooser import SEARCHED, choose, drop
from .facts import recording_facts
from .recording_form import RecordingForm, UploadForm

WORDS = ["title", "caption", "credit"]
FACTS = ["player", "facts", ("added_by", "added_at")]


@admin.register(Recording)
class RecordingAdmin(RowPickersMixin, InvalidatingAdmin):
    form = RecordingForm
    list_display = ["still", "title", "sort", "length", "lacks", "added_at"]
    list_display_links = ["title"]
    list_filter = ["sort"]
    list_select_related = ["poster"]
    list_per_page = 40
    list_max_show_all = 0
    paginator = BoundedPaginator
    show_full_result_count = False
    ordering = ["-added_at", "-pk"]
    search_fields = SEARCHED
    autocomplete_fields = ["poster"]
    hidden_links = {"poster": ["add", "change", "delete", "view"]}
    readonly_fields = ["player", "facts", "used_in", "added_by", "added_at"]
    change_list_template = "admin/articles/recording/list.html"

    class Media:
        css = {"all": ["admin-desk/pickers.css", "admin-desk/recordings.css"]}
        js = SCRIPTS

    def get_fieldsets(self, request, obj=None):
        """Of a film what its viewers need, of a sound what its hearers need."""
        for_film = ["poster", "captions_file", "captions", "no_speech"]
        if not self.has_change_permission(request, obj):
            for_film.remove("captions_file")
        needs = [*(for_film if obj and obj.is_film else []), "transcript"]
        return [
            (None, {"fields": FACTS}),
            (_("Words"), {"fields": WORDS}),
            (_("For those who do not see or hear it"), {"fields": needs}),
            (_("Where it is used"), {"fields": ["used_in"]}),
        ]

    def get_urls(self):
        def answer(address, view, name):
            shown = json_view(self.admin_site, partial(view, recording_admin=self))
            return path(address, shown, name=f"articles_recording_{name}")

        return [
            answer("choose/", choose, "choose"),
            answer("drop/", drop, "drop"),
            *super().get_urls(),
        ]

    def add_view(self, request, form_url="", extra_context=None):
        """Send the file; its words are written on the page that follows."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = UploadForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            try:
                return self.add_and_go_on(request, form.cleaned_data["file"])
            except ValidationError as refused:
                form.add_error("file", refused)
        context = self.admin_site.each_context(request) | {
            "title": gettext("Add a film or a sound"),
            "form": form,
            "opts": self.opts,
            "media": self.media,
            "most": settings.MEDIA_MAX_BYTES // 1024**2,
        }
        return TemplateResponse(request, "admin/articles/recording/upload.html", context)

    def add_and_go_on(self, request, file):
        recording, known = add_recording(file, request, self)
        said = gettext("It is in the library. Now say what it is.")
        if known:
            said = gettext("This very file is in the library already: here it is.")
        messages.info(request, said)
        return redirect("admin:articles_recording_change", recording.pk)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        store_captions(obj)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        index_named(posts_with_recording(form.instance))

    def keys_of(self, row):
        """Stories keep the words that they were published with."""
        return []

    def get_deleted_objects(self, objs, request):
        """What keeps one from being deleted are stories, and these are named."""
        going, counts, needed, _protected = super().get_deleted_objects(objs, request)
        stories = {link for obj in objs for link in links_to(where_played(obj))}
        return going, counts, needed, sorted(stories)

    def delete_view(self, request, object_id, extra_context=None):
        try:
            return super().delete_view(request, object_id, extra_context)
        except ProtectedError:  # a colleague has put it into a story this moment
            messages.error(request, gettext("A story plays it now, so it was not deleted."))
            return redirect("admin:articles_recording_change", object_id)

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        delete_files_when_committed(obj)

    def delete_queryset(self, request, queryset):
        for recording in queryset:
            self.delete_model(request, recording)

    @admin.display(description=_("picture"))
    def still(self, recording):
        url = thumbnail_url(recording.poster) if recording.poster else ""
        return render_to_string("admin/articles/recording/still.html", {"url": url})

    @admin.display(description=_("length"))
    def length(self, recording):
        return length_of(recording.seconds) or "-"

    @admin.display(description=_("missing"))
    def lacks(self, recording):
        return render_to_string("admin/articles/recording/lacks.html", {"recording": recording})

    @admin.display(description=_("as readers get it"))
    def player(self, recording):
        facts = {"recording": recording, "poster": recording.poster}
        return render_to_string("admin/articles/recording/player.html", facts)

    @admin.display(description=_("file"))
    def facts(self, recording):
        context = {"recording": recording, "facts": recording_facts(recording)}
        return render_to_string("admin/articles/recording/facts.html", context)

    @admin.display(description=_("stories"))
    def used_in(self, recording):
        links = links_to(where_played(recording))
        return render_to_string("admin/articles/recording/used.html", {"links": links})


def links_to(posts):
    """A link to each of some stories, as markup."""
    return [
        render_to_string(
            "admin/articles/recording/story.html",
            {"post": post, "url": reverse("admin:articles_post_change", args=[post.pk])},
        )
        for post in posts
    ]

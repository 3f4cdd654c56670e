"""The admin of photos."""

from functools import partial

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import Script
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ...library.doubles import alike
from ...library.photo import Photo
from ...library.pictures.refusals import refusal
from ...library.pictures.renditions import renditions
from ...library.uploads.store import add_renditions, delete_stored, store_picture
from ...publishing.invalidation.affected_keys import keys_of_photo
from ...publishing.pictures.where_used import where_used
from ...publishing.steps.hold_back import lock_scheduled
from ..invalidating_admin import InvalidatingAdmin
from ..steps.hold_messages import hold_and_warn, warn_rights_end
from .library_list import LibraryPage, marks_of
from .photo_filters import Agency, Lacks, Licence, Origin, Rights
from .photo_form import PhotoForm, photo_slug
from .photo_upload import Upload, read_upload
from .screens.picture_work import PictureWork
from .tell_stories import tell_stories

WORDS = ["alt", "decorative", "caption", "keywords"]
RIGHTS = [
    *("credit", ("agency", "copyright"), ("licence", "territory")),
    *("rights_note", "not_for_others", "rights_until"),
]
FILE = ["file", "which_file", "same_again", "preview", ("focus_x", "focus_y")]
FILE_FIELDS = {"file", "which_file", "same_again"}


@admin.register(Photo)
class PhotoAdmin(PictureWork, LibraryPage, InvalidatingAdmin):
    form = PhotoForm
    list_filter = [Lacks, Origin, Rights, Licence, Agency]
    readonly_fields = ["preview", "used_in", "doubles", "added_by", "added_at"]
    fieldsets = [
        (_("What it shows"), {"fields": WORDS}),
        (_("Credit and rights"), {"fields": RIGHTS}),
        (_("The file"), {"fields": [*FILE, "taken_at", ("added_by", "added_at")]}),
        (_("Where it is used"), {"fields": ["used_in"]}),
        (_("Doubles"), {"fields": ["doubles"]}),
    ]

    class Media:
        css = {"all": ["admin-desk/photo.css", "admin-desk/photo-library.css"]}
        js = [Script("admin-desk/photo.js", type="module")]

    def get_fieldsets(self, request, obj=None):
        """A new picture begins with its file. Who may not change one is not shown its original,
        which has no URL."""
        words, rights, file, *more = super().get_fieldsets(request, obj)
        if obj is None:
            return [(None, {"fields": FILE}), words, rights]
        if not self.has_change_permission(request, obj):
            shown = [name for name in file[1]["fields"] if name not in FILE_FIELDS]
            file = (file[0], {"fields": shown})
        return [words, rights, file, *more]

    def render_change_form(self, request, context, obj=None, **kwargs):
        if obj:
            # What is missing; where it is used stands below.
            context["marks"] = marks_of(obj, set(), set(), timezone.localdate())
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Whatever keeps the row from being saved, the files stored for it are deleted again."""
        request.upload = upload = self.read_picture(request, object_id)
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except BaseException as error:
            if upload.picture:
                delete_stored(upload.picture)
            if not isinstance(error, ValidationError):
                raise
            upload.refusal = error  # it could not be stored: shown beside the file
        return super().changeform_view(request, object_id, form_url, extra_context)

    def read_picture(self, request, object_id):
        """Read the submitted picture, if this person may submit one."""
        photo = self.get_object(request, unquote(object_id)) if object_id else None
        if photo:
            allowed = self.has_change_permission(request, photo)
        else:
            allowed = not object_id and self.has_add_permission(request)
        return read_upload(request, photo) if allowed and request.method == "POST" else Upload()

    def has_change_permission(self, request, obj=None):
        """One that was merged is looked at only."""
        merged = obj is not None and obj.merged_into_id
        return not merged and super().has_change_permission(request, obj)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.upload = getattr(request, "upload", None)
        return form

    def save_model(self, request, obj, form, change):
        picture = getattr(form, "picture", None)
        if not obj.slug:
            words = obj.caption or picture.fields.get("caption") or form.cleaned_data["file"].name
            obj.slug = photo_slug(words)
        if picture:
            form.filled = store_picture(obj, picture, by=request.user)
            self.report_filled_fields(request, form.filled)
        super().save_model(request, obj, form, change)
        if not picture and {"focus_x", "focus_y"} & set(form.changed_data):
            self.crop_again(request, obj)

    def report_filled_fields(self, request, filled):
        if filled:
            names = ", ".join(str(Photo._meta.get_field(name).verbose_name) for name in filled)
            message = gettext("Read from the picture file: %s. Check that it is right.") % names
            messages.info(request, message)

    def crop_again(self, request, photo):
        picture = request.upload.picture
        if picture and picture.token != photo.token:  # a colleague has just replaced the file
            raise refusal("busy")
        if picture:
            add_renditions(photo, picture)
        elif request.upload.original_is_missing:
            message = gettext("The picture as uploaded is missing, so no new crops were made.")
            messages.warning(request, message)

    def keys_of(self, row):
        """Stories keep the picture that they were published with; other pages follow the photo."""
        return keys_of_photo(row)

    @transaction.atomic
    def delete_model(self, request, obj):
        """Delete only the original: published pages may still show the renditions."""
        lock_scheduled(obj)
        super().delete_model(request, obj)
        hold_and_warn(request, photo=obj)
        if obj.file:
            transaction.on_commit(partial(obj.file.storage.delete, obj.file.name))

    def _changeform_view(self, request, object_id, form_url, extra_context):
        # Inside the transaction, before anything is written.
        posted = request.method == "POST" and object_id
        if photo := posted and self.get_object(request, unquote(object_id)):
            lock_scheduled(photo)
        return super()._changeform_view(request, object_id, form_url, extra_context)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if change:
            hold_and_warn(request, photo=form.instance)
            warn_rights_end(request, form.instance)
            tell_stories(request, form.instance, [*form.changed_data, *form.filled])

    def delete_queryset(self, request, queryset):
        for photo in queryset:
            self.delete_model(request, photo)

    @admin.display(description=_("focal point"))
    def preview(self, photo):
        sizes = renditions(photo.as_picture(), "whole")
        shown = sizes[min(1, len(sizes) - 1)].url if sizes else ""
        return render_to_string("admin/articles/photo/focus.html", {"url": shown})

    @admin.display(description=_("stories, topics and authors"))
    def used_in(self, photo):
        used = where_used(photo, now=timezone.now())
        return render_to_string("admin/articles/photo/used.html", {"used": used, "photo": photo})

    @admin.display(description=_("looks like"))
    def doubles(self, photo):
        return render_to_string(
            "admin/articles/photo/alike.html", {"photo": photo, "alike": alike(photo)}
        )

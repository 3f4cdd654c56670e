"""The admin of photos."""

from functools import partial

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import Script
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ...desk.blocks import Caption
from ...library.date_formats import format_day
from ...library.photo import Photo
from ...library.pictures.refusals import refusal
from ...library.pictures.renditions import at_least, renditions
from ...library.uploads.store import add_renditions, delete_stored, store_picture
from ...publishing.invalidation.affected_keys import keys_of_photo
from ...publishing.steps.hold_back import lock_scheduled
from ..folded_search import FoldedSearchMixin
from ..invalidating_admin import InvalidatingAdmin
from ..paginators import BoundedPaginator
from ..steps.hold_messages import hold_and_warn, warn_rights_end
from .photo_filters import HasAlt, HasCredit, Rights
from .photo_form import PhotoForm, photo_slug
from .photo_upload import Upload, read_upload

MAX_USES = 20
FILE_FIELDS = {"file", "which_file", "same_again"}


@admin.register(Photo)
class PhotoAdmin(FoldedSearchMixin, InvalidatingAdmin):
    form = PhotoForm
    list_display = ["thumbnail", "__str__", "credit", "rights", "added_at"]
    list_display_links = ["thumbnail", "__str__"]
    list_filter = [HasCredit, HasAlt, Rights]
    list_per_page = 40
    list_max_show_all = 0
    paginator = BoundedPaginator
    show_full_result_count = False
    search_fields = ["slug", "caption", "credit", "alt"]
    newest_by = "added_at"
    search_help_text = _("Words of the caption, credit or alt text, among the photos added last.")
    readonly_fields = ["preview", "used_in", "rights", "added_by", "added_at"]
    fieldsets = [
        (None, {"fields": ["file", "which_file", "same_again", "preview", ("focus_x", "focus_y")]}),
        (_("Words"), {"fields": ["caption", "credit", "alt", "decorative"]}),
        (_("Rights"), {"fields": ["rights_note", "rights_until", "rights", "taken_at"]}),
        (_("In the library"), {"fields": ["used_in", "added_by", "added_at"]}),
    ]

    class Media:
        css = {"all": ["admin-desk/photo.css"]}
        js = [Script("admin-desk/photo.js", type="module")]

    def get_fieldsets(self, request, obj=None):
        """Who may not change a photo is not shown its original, which has no URL."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return fieldsets[:3] if obj is None else fieldsets
        shown = [name for name in fieldsets[0][1]["fields"] if name not in FILE_FIELDS]
        return [(None, {"fields": shown}), *fieldsets[1:]]

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
            filled = store_picture(obj, picture, by=request.user)
            self.report_filled_fields(request, filled)
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

    def delete_queryset(self, request, queryset):
        for photo in queryset:
            self.delete_model(request, photo)

    @admin.display(description=_("picture"))
    def thumbnail(self, photo):
        sizes = renditions(photo.as_picture(), "3x2")
        if not sizes:
            return "-"
        # Twice its width on the page, for screens of double density.
        shown = at_least(sizes, 240)
        return format_html(
            '<img class="photo-thumbnail" src="{}" alt="{}" width="120" height="80"'
            ' loading="lazy">',
            shown.url,
            photo.alt[:120] or gettext("Picture without alt text"),
        )

    @admin.display(description=_("may be used"), ordering="rights_until")
    def rights(self, photo):
        if not photo.rights_until:
            return gettext("without limit")
        if photo.rights_until < timezone.localdate():
            ended = gettext("The rights ended on %s.") % format_day(photo.rights_until)
            return format_html('<strong class="photo-expired">{}</strong>', ended)
        return gettext("until %s") % format_day(photo.rights_until)

    @admin.display(description=_("focal point"))
    def preview(self, photo):
        sizes = renditions(photo.as_picture(), "whole")
        shown = sizes[min(1, len(sizes) - 1)].url if sizes else ""
        return render_to_string("admin/articles/photo/focus.html", {"url": shown})

    @admin.display(description=_("used in"))
    def used_in(self, photo):
        uses = Caption.objects.filter(photo=photo).select_related("parent")
        posts = {use.parent for use in uses.order_by("-parent__saved_at")[: MAX_USES + 1]}
        if not posts:
            return gettext("No story on the desk uses it.")
        links = (
            (reverse("admin:articles_post_change", args=[post.pk]), post)
            for post in sorted(posts, key=lambda post: post.saved_at, reverse=True)
        )
        items = format_html_join("", '<li><a href="{}">{}</a></li>', links)
        return format_html('<ul class="photo-uses">{}</ul>', items)

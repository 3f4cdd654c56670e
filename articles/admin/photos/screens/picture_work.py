"""What the picture desk does beyond one form: many at once, changed together, one in another's
place, doubles."""

from functools import partial

from django.contrib import admin, messages
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from . import (
    alt_screen,
    change_together,
    merge_screen,
    merge_several,
    replace_screen,
    upload_many,
)


class PictureWork:
    """Mixed into the PhotoAdmin: the addresses of these screens."""

    change_list_template = "admin/articles/photo/library.html"
    change_form_template = "admin/articles/photo/form.html"
    actions = ["change_together"]

    @admin.action(permissions=["change"], description=_("Change words and rights…"))
    def change_together(self, request, photos):
        """Lead to the page on which those that are ticked are changed together."""
        keys = list(photos.values_list("pk", flat=True)[: change_together.MOST_AT_ONCE + 1])
        if len(keys) > change_together.MOST_AT_ONCE:
            keys.pop()
            said = ngettext(
                "%d picture is changed at a time: this is the first.",
                "%d pictures are changed at a time: these are the first.",
                len(keys),
            )
            messages.warning(request, said % len(keys))
        query = urlencode({"photo": keys}, doseq=True)
        return redirect(f"{reverse('admin:articles_photo_together')}?{query}")

    def get_urls(self):
        def page(address, view, name):
            shown = self.admin_site.admin_view(partial(view, self))
            return path(address, shown, name=f"articles_photo_{name}")

        return [
            page("upload/", upload_many.upload_many, "upload_many"),
            page("together/", change_together.change_together_page, "together"),
            page("alt/", alt_screen.alt_page, "alt"),
            page("doubles/", merge_screen.doubles_page, "doubles"),
            page("merge/", merge_screen.merge_page, "merge"),
            page("doubles/several/", merge_several.several_page, "several"),
            page("<int:key>/replace/", replace_screen.replace_page, "replace"),
            *super().get_urls(),
        ]

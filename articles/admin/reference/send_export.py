"""Sending a small export at the desk: tried first, then brought in, by the code of the command.

It is done within the request, so it is bounded: what would take longer than a proxy waits is for
the command. Nothing of the file is kept: the same one is sent twice.
"""

import datetime as dt
import hashlib
import tempfile
from contextlib import contextmanager
from pathlib import Path

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from ...importing.import_run import ImportRun
from ...importing.incoming import Unreadable
from ...importing.moments import zone_of
from ...importing.names import LONGEST_MAP, read_map
from ...importing.options import Options, types_in
from ...importing.readers.opened import is_zip
from ...importing.readers.zips import Zip
from ...importing.run import imported
from ...library.section import Section
from ..desk_page import desk_page

MOST_MEGABYTES = 20
MOST_STORIES = 500
MOST_PICTURES = 40
SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif", ".tif", ".tiff", ".heic")
TRIED_WITHIN = dt.timedelta(days=1)


class ExportForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("The export"),
        help_text=gettext_lazy(
            "XML of WordPress, JSON of Ghost, a feed, or a zip of one of them with its pictures; "
            "at most 20 MB."
        ),
    )
    source = forms.CharField(
        label=gettext_lazy("Where it comes from"),
        max_length=60,
        help_text=gettext_lazy("Such as old-site. Use the same name each time."),
    )
    section = forms.ModelChoiceField(
        Section.objects.order_by("name"),
        label=gettext_lazy("Section of what the map sends nowhere"),
        required=False,
        empty_label=gettext_lazy("None: such stories stay drafts"),
    )
    types = forms.CharField(
        label=gettext_lazy("Which types of item are stories"),
        max_length=200,
        initial="post",
        help_text=gettext_lazy(
            "As the export calls them, with commas between. Pages come only when they are named."
        ),
    )
    time_zone = forms.CharField(
        label=gettext_lazy("Time zone of dates that name none"),
        max_length=60,
        initial=settings.TIME_ZONE,
    )
    map = forms.FileField(
        label=gettext_lazy("Map"),
        required=False,
        help_text=gettext_lazy("The CSV that the report of a dry run offers, edited."),
    )
    members_as_public = forms.BooleanField(
        label=gettext_lazy("What was for members only goes live too"), required=False
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_MEGABYTES * 1024**2:
            raise ValidationError(_("It is larger than 20 MB: import it with the command."))
        return file

    def clean_types(self):
        types = types_in(self.cleaned_data["types"])
        if not types:
            raise ValidationError(_("Name at least one type."))
        return types

    def clean_source(self):
        source = self.cleaned_data["source"]
        if source == "desk":
            raise ValidationError(_("“desk” is the name of what was written here."))
        return source

    def clean_time_zone(self):
        try:
            return zone_of(self.cleaned_data["time_zone"])
        except ValueError:
            raise ValidationError(_("There is no such time zone.")) from None

    def clean_map(self):
        file = self.cleaned_data["map"]
        if not file:
            return {}
        try:
            return read_map(file.read(LONGEST_MAP + 1).decode("utf-8-sig"))
        except (UnicodeError, Unreadable) as error:
            raise ValidationError(str(error)) from error

    def options(self, path, *, dry_run):
        data = self.cleaned_data
        return Options(
            source=data["source"],
            files=[path],
            zone=data["time_zone"],
            dry_run=dry_run,
            section=data["section"],
            goes=data["map"],
            types=data["types"],
            members_as_public=data["members_as_public"],
            most_stories=MOST_STORIES,
        )


@require_http_methods(["GET", "HEAD", "POST"])
def send_export(request, run_admin):
    """GET: the form. POST: a dry run, or with `keep` the import; then its report."""
    form = ExportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            run = done(form, by=request.user, dry_run="keep" not in request.POST)
            return redirect("admin:articles_importrun_change", run)
        except Unreadable as error:
            form.add_error(None, str(error))
    return desk_page(
        run_admin,
        request,
        "import/send",
        title=_("Import a small export"),
        form=form,
        most=MOST_STORIES,
        most_pictures=MOST_PICTURES,
    )


def done(form, *, by, dry_run):
    """Import the file of a form; returns the key of its run. Raises Unreadable."""
    with on_disk(form.cleaned_data["file"]) as path:
        refuse_many_pictures(path)
        options = form.options(path, dry_run=dry_run)
        if not dry_run:
            refuse_untried(options, by=by)
        with imported(options, by=by) as ended:
            return ended.run.pk


@contextmanager
def on_disk(upload):
    """An upload as a file for readers, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="newsroom-export-") as folder:
        path = Path(folder) / upload.name[-60:]
        with path.open("wb") as file:
            for chunk in upload.chunks():
                file.write(chunk)
        yield path


def refuse_many_pictures(path):
    """Raise Unreadable for a zip with more pictures than a browser waits for."""
    if not is_zip(path):
        return
    with Zip(path) as archive:
        count = sum(name.lower().endswith(SUFFIXES) for name in archive.entries)
    if count > MOST_PICTURES:
        raise Unreadable(
            _("It has %(count)s pictures, more than %(most)d: import it with the command.")
            % {"count": f"{count:,}", "most": MOST_PICTURES}
        )


def refuse_untried(options, *, by):
    """Raise Unreadable unless this person tried just this today."""
    tried = ImportRun.objects.filter(
        by=by,
        dry_run=True,
        state=ImportRun.State.DONE,
        began_at__gte=timezone.now() - TRIED_WITHIN,
        source=options.source,
    )
    digest = hashlib.sha256(options.files[0].read_bytes()).hexdigest()
    for asked, files in tried.values_list("options", "files"):
        if asked == options.as_data() and files[0]["sha256"] == digest:
            return
    raise Unreadable(_("Try this first: there is no dry run of this file with these choices."))

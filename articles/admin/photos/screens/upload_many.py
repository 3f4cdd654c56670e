"""Many pictures at once, with what they have in common; each file has a line that says what became
of it, and those that are refused keep none of the others out."""

from functools import partial

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from ....desk.write_conflicts import LostTwice, tried_twice
from ....library.photo import Photo
from ....publishing.pictures.change_together import TOGETHER
from ...desk_page import desk_page
from ..add_photo import add_photo

MAX_FILES = 20
"""Files of one request. The page's script sends each by itself, so there it is no limit."""


class CommonForm(forms.ModelForm):
    """What all of the files have in common; an empty field leaves what each file says."""

    class Meta:
        model = Photo
        fields = TOGETHER
        widgets = {
            "caption": forms.Textarea(attrs={"rows": 2}),
            "keywords": forms.TextInput,
            "rights_note": forms.Textarea(attrs={"rows": 2}),
            "rights_until": forms.DateInput(attrs={"type": "date"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rights_until"].localize = False
        self.fields["rights_until"].input_formats = ["%Y-%m-%d"]

    @property
    def given(self):
        """{field: value} of what was filled in."""
        return {name: value for name, value in self.cleaned_data.items() if value}


def upload_many(photo_admin, request):
    """The form; POST of `file`, one or several → a line for each. With `Accept: application/json`
    {lines: [html], refused: number}, with status 503 while another picture is read; or {errors:
    {field: [sentence]}} and status 422."""
    if not photo_admin.has_add_permission(request):
        raise PermissionDenied
    is_script = request.headers.get("Accept") == "application/json"
    form = CommonForm(request.POST if request.method == "POST" else None)
    lines = []
    if request.method == "POST":
        files = request.FILES.getlist("file")[:MAX_FILES]
        if not files:
            form.add_error(None, _("Choose at least one file."))
        if form.is_valid():
            lines = [line_of(file, request, photo_admin, form.given) for file in files]
    if is_script and form.errors:
        errors = {name: list(sentences) for name, sentences in form.errors.items()}
        return JsonResponse({"errors": errors}, status=422)
    if is_script:
        html = [render_to_string("admin/articles/photo/upload_line.html", line) for line in lines]
        refused = sum("errors" in line for line in lines)
        busy = any(line.get("busy") for line in lines)
        return JsonResponse({"lines": html, "refused": refused}, status=503 if busy else 200)
    return desk_page(
        photo_admin,
        request,
        "photo/upload_many",
        title=_("Add pictures"),
        form=form,
        lines=lines,
        most=MAX_FILES,
    )


def line_of(file, request, photo_admin, given) -> dict:
    """What became of one file: {name, photo, known, missing, errors}."""
    try:
        added = tried_twice(partial(add_photo, file, request, photo_admin, given))
    except LostTwice as refused:
        return {"name": file.name, "errors": [str(refused)]}
    except ValidationError as refused:
        busy = getattr(refused, "code", "") == "busy"
        return {"name": file.name, "errors": refused.messages, "busy": busy}
    return {
        "name": file.name,
        "photo": added.photo,
        "known": added.known,
        "missing": missing_of(added.photo),
    }


def missing_of(photo: Photo) -> list[str]:
    """What the picture needs before a story with it can be published."""
    missing = []
    if not (photo.credit or photo.decorative):
        missing.append(_("credit"))
    if not (photo.alt or photo.decorative):
        missing.append(_("alt text"))
    return missing

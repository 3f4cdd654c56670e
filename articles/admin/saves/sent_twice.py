"""Forms that are sent twice, by a double click or a browser's retry, do one thing."""

import datetime as dt
import hashlib
import re
import secrets

from django.utils import timezone

from ...desk.form_token import FormToken

TOKEN = "form_token"  # noqa: S105 (the name of an input)
KEPT = dt.timedelta(days=14)
"""A page that stayed open for longer than this is sent as if for the first time."""


def new_token():
    """A token for a page that is being made."""
    return secrets.token_urlsafe(24)


def token_in(request):
    """The token that was sent; nothing for nonsense."""
    token = request.POST.get(TOKEN, "")
    return token if re.fullmatch(r"[A-Za-z0-9_-]{20,64}", token) else ""


def sent_before(request):
    """What is known of this token, if a form with it was saved already."""
    token = token_in(request)
    return FormToken.objects.filter(user=request.user, token=token).first() if token else None


def claim(request):
    """Note that this form is being saved, in the transaction that saves it; None without a token.

    Raises IntegrityError when another request with the same token was faster.
    """
    if not (token := token_in(request)):
        return None
    now = timezone.now()
    FormToken.objects.filter(claimed_at__lt=now - KEPT).delete()
    return FormToken.objects.create(
        user=request.user, token=token, digest=digest_of(request), claimed_at=now
    )


def digest_of(request):
    """What tells one sending of a form from another: its address, its words and its files."""
    parts = [request.path]
    for name, values in sorted(request.POST.lists()):
        # Which button was pressed makes it no other form.
        if not name.startswith("_") and name not in {TOKEN, "csrfmiddlewaretoken"}:
            parts += [name, *values]
    for name, files in sorted(request.FILES.lists()):
        parts += [name, *(f"{file.name} {digest_of_file(file)}" for file in files)]
    text = "\x00".join(parts)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def digest_of_file(file):
    """What tells a file from another of equal name and size; it can be read from its start after.

    Read in pieces, and once in a request: a picture may be large.
    """
    if not hasattr(file, "digest_when_sent"):
        file.seek(0)
        file.digest_when_sent = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
    return file.digest_when_sent

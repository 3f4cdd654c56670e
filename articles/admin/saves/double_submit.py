"""Form tokens (idempotency keys): a form submitted twice takes effect once."""

import hashlib
import re
import secrets

from django.utils import timezone

from ...desk.form_token import FormToken

TOKEN = "form_token"  # noqa: S105 (the name of an input)


def new_token():
    return secrets.token_urlsafe(24)


def token_in(request):
    """The submitted token, or "" for a malformed one."""
    token = request.POST.get(TOKEN, "")
    return token if re.fullmatch(r"[A-Za-z0-9_-]{20,64}", token) else ""


def sent_before(request):
    """The FormToken of an earlier save with the submitted token, or None."""
    token = token_in(request)
    return FormToken.objects.filter(user=request.user, token=token).first() if token else None


def claim(request):
    """Store the token, in the transaction that saves its form; None without a token.

    Raises IntegrityError when another request with the same token was faster.
    """
    if not (token := token_in(request)):
        return None
    return FormToken.objects.create(
        user=request.user, token=token, digest=digest_of(request), claimed_at=timezone.now()
    )


def digest_of(request):
    """A hash of a submitted form: its path, values and files."""
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
    """A hash of an uploaded file, read in pieces, and once in a request: it may be large."""
    if not hasattr(file, "digest_when_sent"):
        file.seek(0)
        file.digest_when_sent = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
    return file.digest_when_sent

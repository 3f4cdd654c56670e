"""Codes: those of an app, which change every half minute (TOTP, RFC 6238), and recovery codes."""

import base64
import datetime as dt
import hashlib
import hmac
import secrets

import pyotp
import segno
from django.conf import settings
from django.contrib.auth.models import User

STEP = 30
DRIFT = 1
"""Steps by which the clock of a telephone may be wrong."""
RECOVERY_CODES = 10
FEW = 3
"""Unused recovery codes at which somebody is told to make new ones."""
LONGEST = 40
"""Characters of a code, as somebody may type it."""


def new_secret() -> str:
    return pyotp.random_base32()


def setup_url(secret: str, user: User) -> str:
    """What the picture says to the app."""
    return pyotp.TOTP(secret).provisioning_uri(
        name=user.get_username(), issuer_name=settings.SITE_NAME
    )


def qr_code(text: str) -> str:
    """A picture of a text, as SVG, black on white whatever the page is."""
    return segno.make(text, error="m").svg_inline(scale=5, border=4, light="#fff", dark="#000")


def step_at(now: dt.datetime) -> int:
    return int(now.timestamp()) // STEP


def step_of(code: str, secret: str, *, now: dt.datetime) -> int | None:
    """The half minute that a code is of, if that is now, or just before or after; else None."""
    app, current = pyotp.TOTP(secret), step_at(now)
    # All are compared, so that the time it takes says nothing.
    fitting = [
        step
        for step in range(current - DRIFT, current + DRIFT + 1)
        if hmac.compare_digest(app.generate_otp(step), code)
    ]
    return max(fitting, default=None)


def digits_of(typed: str) -> str:
    """The six digits of an app's code as somebody typed it, perhaps “123 456”; else nothing."""
    digits = "".join(typed[:LONGEST].split())
    return digits if len(digits) == 6 and digits.isascii() and digits.isdigit() else ""


def new_recovery_code() -> str:
    """Sixteen characters in fours: 80 bits."""
    code = base64.b32encode(secrets.token_bytes(10)).decode().lower()
    return "-".join(code[start : start + 4] for start in range(0, 16, 4))


def hash_of(recovery_code: str) -> str:
    """As typed with or without its lines, spaces and capitals. Nobody finds 80 bits of chance by
    trying, so a plain hash will do."""
    plain = "".join(recovery_code[:LONGEST].replace("-", "").split()).lower()
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()

"""Mail to colleagues. Without a mail server in the settings none is sent."""

import logging
from functools import partial

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import send_mail
from django.db import transaction

logger = logging.getLogger(__name__)


def send_mail_to(user: User, subject: str, text: str) -> None:
    """Send somebody a mail once the transaction is over, if they have an address.

    A mail server that is down holds nobody up for long, and nothing fails because of it.
    """
    if user.email and settings.EMAIL_HOST:
        line = " ".join(f"{settings.SITE_NAME}: {subject}".split())
        transaction.on_commit(partial(_send, user.email, line, text))


def _send(address: str, subject: str, text: str) -> None:
    try:
        send_mail(subject, text, None, [address])
    except Exception:
        logger.exception("A mail to a colleague was not sent")

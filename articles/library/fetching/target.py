"""Where a request may go: an address is taken apart, and its host looked up once."""

import re
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Thread
from urllib.parse import SplitResult, quote, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from .public_addresses import why_not_public

PORTS = {"http": 80, "https": 443}
LONGEST_URL = 4_000
LOOKUP_SECONDS = 10
_CONTROLS = re.compile("[\x00-\x1f\x7f\\\\]")
_KEPT_IN_PATHS = "%/:=&?~+!$,;'@()*[]"


class FetchRefused(Exception):
    """Nothing was fetched; one sentence says why. `status` is a server's answer, if one came."""

    def __init__(self, sentence: str, status: int | None = None) -> None:
        self.status = status
        super().__init__(sentence)


@dataclass(frozen=True)
class Target:
    """A checked place: its IP addresses, each of which may be connected to, and what is asked."""

    scheme: str
    host: str
    port: int
    path: str
    addresses: tuple[str, ...]

    @property
    def host_header(self) -> str:
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == PORTS[self.scheme] else f"{name}:{self.port}"


def target_of(url: str) -> Target:
    """The place that an address names. Looks its host up. Raises FetchRefused."""
    parts = _parts_of(url)
    host = _host_of(parts)
    path = quote(parts.path or "/", safe=_KEPT_IN_PATHS)
    if parts.query:
        path += "?" + quote(parts.query, safe=_KEPT_IN_PATHS)
    port = parts.port or PORTS[parts.scheme]
    return Target(parts.scheme, host, port, path, checked_addresses(host, port))


def _parts_of(url: str) -> SplitResult:
    if len(url) > LONGEST_URL:
        raise FetchRefused(_("The address is too long."))
    # urlsplit drops some of these silently, and browsers read a backslash as a slash.
    if _CONTROLS.search(url):
        raise FetchRefused(_("The address has characters that no address has."))
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise FetchRefused(_("This is no address: %s") % url[:100]) from None
    if parts.scheme not in PORTS:
        raise FetchRefused(_("Only http and https are fetched, not “%s”.") % parts.scheme[:20])
    if "@" in parts.netloc:
        raise FetchRefused(_("An address with a name or a password is not fetched."))
    if port not in {None, *PORTS.values()}:
        raise FetchRefused(_("Only the ports 80 and 443 are asked, not %d.") % port)
    return parts


def _host_of(parts: SplitResult) -> str:
    """The host in the form in which it is looked up, the same for every spelling."""
    host = (parts.hostname or "").rstrip(".")
    if ":" in host:
        if "%" in host:
            raise FetchRefused(_("An address of one machine's own network is not fetched."))
        return host
    try:
        host = host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        host = ""
    if not re.fullmatch(r"[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?", host):
        raise FetchRefused(_("The address names no host."))
    return host


def checked_addresses(host: str, port: int) -> tuple[str, ...]:
    """The IP addresses of a host, looked up once. Raises FetchRefused unless each is public."""
    found = tuple(dict.fromkeys(look_up_in_time(host, port)))
    if not found:
        raise FetchRefused(_("There is no host called “%s”.") % host)
    if host in settings.FETCH_HOSTS:
        return found
    for address in found:
        if reason := why_not_public(address):
            raise FetchRefused(
                _("“%(host)s” is at %(address)s, which is not fetched from: %(reason)s.")
                % {"host": host, "address": address, "reason": reason}
            )
    return found


def look_up_in_time(host: str, port: int) -> Sequence[str]:
    """As `look_up`, but no longer than LOOKUP_SECONDS, which the system's resolver may take."""
    found: list[str] = []
    thread = Thread(target=lambda: found.extend(look_up(host, port)), daemon=True)
    thread.start()
    thread.join(LOOKUP_SECONDS)
    return list(found)


def look_up(host: str, port: int) -> Sequence[str]:
    """The IP addresses of a host; none when there is no such host."""
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return [str(sockaddr[0]) for *_others, sockaddr in answers]

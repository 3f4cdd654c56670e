"""One request over a connection of our own, to an address that was checked, and bounded in time."""

import io
import socket
import ssl
import time
from http.client import HTTPException, HTTPResponse
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from .target import FetchRefused, Target

ANSWER_SECONDS = 10
AGENT = "Newsroom"
_ASKED = (
    "GET {path} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: {agent}\r\n"
    "Accept: */*\r\nAccept-Encoding: gzip, identity\r\nConnection: close\r\n\r\n"
)


class Clock:
    """The moments by which a server must have begun to answer, and be done."""

    def __init__(self, until: float) -> None:
        self.until, self.now_until = until, until

    def answer_soon(self) -> None:
        self.now_until = min(self.until, time.monotonic() + ANSWER_SECONDS)

    def read_on(self) -> None:
        self.now_until = self.until

    def left(self) -> float:
        """The seconds left. Raises FetchRefused when there are none."""
        left = self.now_until - time.monotonic()
        if left <= 0:
            raise FetchRefused(_("The server took too long to answer."))
        return left


class _Answer(io.RawIOBase):
    """What a server sends, as http.client reads it: every read is told how long it may take."""

    def __init__(self, connection: socket.socket, clock: Clock) -> None:
        self.connection, self.clock = connection, clock

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        self.connection.settimeout(min(ANSWER_SECONDS, self.clock.left()))
        return self.connection.recv_into(buffer)

    def makefile(self, *_args: object, **_options: object) -> io.BufferedReader:
        """What http.client asks a socket for."""
        return io.BufferedReader(self)


def ask(target: Target, clock: Clock) -> tuple[socket.socket, HTTPResponse]:
    """The connection, and the answer with its headers read. Raises FetchRefused."""
    clock.answer_soon()
    connection = connect(target, clock)
    try:
        asked = _ASKED.format(path=target.path, host=target.host_header, agent=AGENT)
        connection.settimeout(clock.left())
        connection.sendall(asked.encode("ascii"))
        response = HTTPResponse(_Answer(connection, clock), method="GET")  # type: ignore[arg-type]
        response.begin()
    except (OSError, HTTPException, ValueError) as error:
        connection.close()
        raise as_refusal(error, target) from error
    except BaseException:
        connection.close()
        raise
    clock.read_on()
    return connection, response


def as_refusal(error: Exception, target: Target) -> FetchRefused:
    """What went wrong on the way, as a sentence."""
    if isinstance(error, TimeoutError):
        return FetchRefused(_("“%s” took too long to answer.") % target.host)
    return FetchRefused(_("“%s” did not answer as web servers do.") % target.host)


def connect(target: Target, clock: Clock) -> socket.socket:
    """A connection to one of the addresses that were checked; TLS is told the name."""
    for address in target.addresses:
        try:
            plain = _open(address, target.port, clock)
        except OSError:
            continue
        if target.scheme == "http":
            return plain
        try:
            plain.settimeout(clock.left())
            context = ssl.create_default_context()
            return context.wrap_socket(plain, server_hostname=target.host)
        except (OSError, ValueError) as error:
            plain.close()
            raise FetchRefused(
                _("“%s” could not prove that it is who it says.") % target.host
            ) from error
    raise FetchRefused(_("“%s” cannot be reached.") % target.host)


def _open(address: str, port: int, clock: Clock) -> socket.socket:
    """A connection to an IP address, through the proxy if the settings name one."""
    if not settings.FETCH_PROXY:
        return open_socket(address, port, clock.left())
    proxy = urlsplit(settings.FETCH_PROXY)
    through = open_socket(proxy.hostname or "", proxy.port or 3128, clock.left())
    place = f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
    through.sendall(f"CONNECT {place} HTTP/1.1\r\nHost: {place}\r\n\r\n".encode())
    answer = b""
    while b"\r\n\r\n" not in answer and len(answer) < 8_000:
        through.settimeout(clock.left())
        # One by one: what follows is the server's.
        if not (sign := through.recv(1)):
            break
        answer += sign
    if not answer.startswith((b"HTTP/1.0 200", b"HTTP/1.1 200")):
        through.close()
        raise OSError("the proxy refused")
    return through


def open_socket(address: str, port: int, seconds: float) -> socket.socket:
    return socket.create_connection((address, port), timeout=seconds)

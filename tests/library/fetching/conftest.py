"""A world without a network: names are in a table, and servers are threads at a pair of sockets."""

import socket
import threading
from contextlib import suppress

import pytest

from articles.library.fetching import pace, target, wire


@pytest.fixture(autouse=True)
def names(monkeypatch):
    """{host: addresses}. Only numbers are looked up as the system does."""
    table = {}

    def look_up(host, port):
        if host in table:
            return table[host]
        try:
            found = socket.getaddrinfo(host, port, type=1, flags=socket.AI_NUMERICHOST)
        except OSError:
            return []
        return [sockaddr[0] for *_others, sockaddr in found]

    monkeypatch.setattr(target, "look_up", look_up)
    return table


@pytest.fixture(autouse=True)
def waited(monkeypatch):
    """The pauses between requests, which no test waits for."""
    pauses = []
    monkeypatch.setattr(pace, "pause", pauses.append)
    pace._next_turn.clear()
    return pauses


class Servers:
    """What each address is asked and answers. An answer is bytes, or a function of the socket."""

    def __init__(self):
        self.answers, self.asked, self.connected = [], [], []

    def connect(self, address, port, seconds):
        self.connected.append((address, port))
        if not self.answers:
            raise ConnectionRefusedError
        ours, theirs = socket.socketpair()
        ours.settimeout(seconds)
        threading.Thread(target=self.serve, args=(theirs, self.answers.pop(0)), daemon=True).start()
        return ours

    def serve(self, connection, answer):
        with connection:
            self.asked.append(connection.recv(65_536).decode(errors="replace"))
            with suppress(OSError):
                answer(connection) if callable(answer) else connection.sendall(answer)

    def answer(self, body=b"", *, status="200 OK", **headers):
        lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers.items())]
        self.answers.append("\r\n".join([*lines, "", ""]).replace("_", "-").encode() + body)

    def redirect(self, location, status="302 Found"):
        self.answers.append(f"HTTP/1.1 {status}\r\nLocation: {location}\r\n\r\n".encode())


@pytest.fixture
def servers(monkeypatch, names):
    made = Servers()
    names["pictures.example"] = ["93.184.215.14"]
    names["other.example"] = ["2606:2800:21f:cb07:6820:80da:af6b:8b2c"]
    monkeypatch.setattr(wire, "open_socket", made.connect)
    return made

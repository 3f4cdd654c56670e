"""A Redis of the tests' own, and stand-ins for one that is slow."""

import shutil
import socket
import subprocess
import threading
import time
from contextlib import contextmanager


def where():
    """The path of the machine's Redis, or None."""
    return shutil.which("redis-server")


@contextmanager
def running(folder):
    """The address of a Redis that keeps nothing on disk."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    server = subprocess.Popen(  # noqa: S603 (our own words)
        [where(), "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)],
        stdout=subprocess.DEVNULL,
    )
    try:
        while not _answers(port):
            assert server.poll() is None, "Redis did not start"
            time.sleep(0.02)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.kill()
        server.wait()


def _answers(port):
    with socket.socket() as trying:
        return trying.connect_ex(("127.0.0.1", port)) == 0


class Silent:
    """A server that takes connections and says nothing."""

    def __init__(self):
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.taken = []
        self.address = f"redis://127.0.0.1:{self.listening.getsockname()[1]}/0"
        threading.Thread(target=self._take, daemon=True).start()

    def _take(self):
        while True:
            try:
                self.taken.append(self.listening.accept()[0])
            except OSError:
                return

    def close(self):
        # Only this wakes a thread that waits in accept().
        self.listening.shutdown(socket.SHUT_RDWR)
        self.listening.close()
        for connection in self.taken:
            connection.close()

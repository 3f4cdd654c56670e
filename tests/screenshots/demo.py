"""A demo newsroom of its own, which screenshots may change."""

import os
import socket
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).parents[2]


@contextmanager
def demo_site():
    """Gives the URL of a site with the demo's stories and pictures, served until the block ends."""
    port = free_port()
    site = f"http://127.0.0.1:{port}"
    with TemporaryDirectory() as folder:
        environment = os.environ | {
            "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
            "NEWSROOM_MEDIA_ROOT": f"{folder}/media",
            "NEWSROOM_ORIGINALS_ROOT": f"{folder}/originals",
        }
        quickstart = [sys.executable, "manage.py", "quickstart"]
        # Without serving it waits until every rendition is made.
        subprocess.run([*quickstart, "--no-serve"], cwd=ROOT, env=environment, check=True)  # noqa: S603
        server = subprocess.Popen(  # noqa: S603
            [*quickstart, "--port", str(port)], cwd=ROOT, env=environment
        )
        try:
            wait_for(f"{site}/healthz")
            yield site
        finally:
            server.terminate()
            server.wait(timeout=20)


def free_port():
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(url, seconds=60):
    """Return once the URL answers; raise TimeoutError when it never does."""
    for _attempt in range(seconds * 4):
        try:
            urlopen(url, timeout=5).close()  # noqa: S310
        except URLError:
            time.sleep(0.25)
        else:
            return
    raise TimeoutError(url)

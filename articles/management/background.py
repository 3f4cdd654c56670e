"""Makes renditions in a process beside the server."""

import subprocess
import sys
import threading
from contextlib import contextmanager

from django.conf import settings

MAKE = ("manage.py", "make_renditions", "--background")


@contextmanager
def pictures_made_beside(say, command=MAKE):
    """Another process makes the missing renditions while the body runs.

    It reports its progress on the console; `say` is called if it ends before its work is done.
    """
    maker = subprocess.Popen(  # noqa: S603 (our own words)
        [sys.executable, *command], cwd=settings.BASE_DIR, stdin=subprocess.DEVNULL
    )
    stopped = threading.Event()

    def watch():
        if maker.wait() and not stopped.is_set():
            say(
                f"Pictures: making them stopped early (exit code {maker.returncode}). "
                "Stop and start again, or run manage.py make_renditions beside this."
            )

    watching = threading.Thread(target=watch, daemon=True)
    watching.start()
    try:
        yield maker
    finally:
        stopped.set()
        maker.terminate()
        watching.join()

"""What runs in processes beside the server of a demo: making renditions, and the minute command."""

import subprocess
import sys
import threading
from contextlib import contextmanager

from django.conf import settings

MAKE = ("manage.py", "make_renditions", "--background")
MINUTELY = ("manage.py", "every_minute", "--verbosity", "0")


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


@contextmanager
def minute_command_beside(command=MINUTELY, seconds=60):
    """Another process does what is due, every minute while the body runs: a demo has no timer."""
    stopped = threading.Event()
    runs = []

    def repeat():
        while not stopped.is_set():
            # What fails is on the machine page.
            runs[:] = [
                subprocess.Popen(  # noqa: S603 (our own words)
                    [sys.executable, *command],
                    cwd=settings.BASE_DIR,
                    stdin=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )
            ]
            if stopped.is_set():  # meanwhile, so that nobody else ends it
                runs[0].terminate()
            runs[0].wait()
            stopped.wait(seconds)

    repeating = threading.Thread(target=repeat, daemon=True)
    repeating.start()
    try:
        yield
    finally:
        stopped.set()
        for run in runs:
            run.terminate()
        repeating.join()

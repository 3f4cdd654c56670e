"""The site as deploy/ serves it, on this machine, for as long as it is measured."""

import os
import re
import shlex
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

from .databases import ROOT, run

SERVICE = ROOT / "deploy" / "newsroom.service"


def production(database_url, **variables):
    """The environment of production, on this machine and without HTTPS."""
    return os.environ | {
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "NEWSROOM_HOSTS": "127.0.0.1",
        "NEWSROOM_NO_SSL_REDIRECT": "1",
        "NEWSROOM_PRODUCTION": "1",
        "NEWSROOM_SECRET_KEY": "only-while-this-machine-measures-itself-and-never-elsewhere",
        **variables,
    }


def collect_static(environment):
    """Hash and compress the static files, as a deployment does."""
    run("manage.py", "collectstatic", "--noinput", "--verbosity", "0", env=environment)


def command(port):
    """The command line of deploy/newsroom.service, on another port."""
    lines = SERVICE.read_text().replace("\\\n", " ")
    words = shlex.split(re.search(r"^ExecStart=(.*)$", lines, re.MULTILINE)[1])
    words[0] = str(Path(sys.executable).with_name("granian"))
    words[words.index("--port") + 1] = str(port)
    return words


@contextmanager
def served(environment, port, log):
    """The site at this port; its output goes to a file. Raises TimeoutError, or OSError."""
    refuse_if_taken(port)
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603
            command(port), cwd=ROOT, env=environment, stdout=output, stderr=output
        )
        try:
            wait_for(port, process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=30)


def refuse_if_taken(port):
    """Raise OSError when somebody listens at a port: a measurement that was killed left it."""
    if listens(port):
        raise OSError(f"somebody listens at {port} already")


def wait_for(port, process, patience=30):
    """Return once the process listens there. Raises TimeoutError."""
    until = time.monotonic() + patience
    while time.monotonic() < until and process.poll() is None:
        if listens(port):
            return
        time.sleep(0.1)
    raise TimeoutError(f"nobody answers at {port}")


def listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0

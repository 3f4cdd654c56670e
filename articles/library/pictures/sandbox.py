"""Reading a picture in a process of its own.

What a stranger's file does to a decoder it does there: the process has bounds of memory and time
(worker.py sets them), gives way to readers, and can die alone.
"""

import base64
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from .machine_lock import turn
from .refusals import refusal

ROOT = Path(__file__).resolve().parents[3]
WORKER = f"{__package__}.worker"

MOST_SECONDS = 120
"""For a picture by the clock. The worker's own bound is of processor time, and shorter."""


# Windows has neither.
OUT_OF_TIME = {-getattr(signal, name, 0) for name in ("SIGXCPU", "SIGKILL")} - {0}


def read(file, request, *, patient=False):
    """What the worker makes of a picture: {width, height, suffix, said, formats, series, files}.

    `file` is one that the system knows, at its start; `request` is what `worker.read` takes.
    `files` is {name: bytes}. Raises ValidationError.
    """
    with turn(patient=patient):
        answer = answer_of(file, request)
    if code := answer.pop("refused", None):
        raise refusal(code, **answer)
    answer["files"] = {name: base64.b64decode(data) for name, data in answer["files"].items()}
    return answer


def answer_of(file, request):
    # A worker that crashed has met a file that is made to crash it, or ran out of memory.
    try:
        done = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-m", WORKER, json.dumps(request)],
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env=os.environ | {"MALLOC_ARENA_MAX": "2"},
            timeout=MOST_SECONDS,
            check=True,
        )
        return json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        return {"refused": "slow"}
    except subprocess.CalledProcessError as died:
        return {"refused": "slow" if died.returncode in OUT_OF_TIME else "damaged"}
    except ValueError:
        return {"refused": "damaged"}

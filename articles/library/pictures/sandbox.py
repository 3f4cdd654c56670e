"""Reads a picture in a process of its own.

A hostile file reaches a decoder only there. (Files of trusted fixtures have their headers read in
the command itself: `loaddata --renditions-later`.) The process has limits of memory and time (see
worker.py) and a low priority, and it can crash alone.
"""

import base64
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import IO, Any

from .machine_lock import picture_lock
from .refusals import refusal

ROOT = Path(__file__).resolve().parents[3]
WORKER = f"{__package__}.worker"

MAX_SECONDS = 120
"""By the clock. The worker's own limit is of processor time, and shorter."""

# Windows has neither signal.
OUT_OF_TIME = {-getattr(signal, name, 0) for name in ("SIGXCPU", "SIGKILL")} - {0}


def read_picture(file: IO[bytes], request: dict[str, Any], *, wait: bool = False) -> dict[str, Any]:
    """What the worker makes of a picture.

    A dict: width, height, suffix, metadata, formats, series, files ({name: bytes}). `file` is an
    operating system's file, at its start; `request` is what `worker.read` takes. Raises
    ValidationError.
    """
    with picture_lock(wait=wait):
        answer = run_worker(file, request)
    if code := answer.pop("refused", None):
        raise refusal(code, **answer)
    answer["files"] = {name: base64.b64decode(data) for name, data in answer["files"].items()}
    return answer


def run_worker(file: IO[bytes], request: dict[str, Any]) -> dict[str, Any]:
    # A worker that crashed has met a file that is made to crash it, or ran out of memory.
    try:
        done = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-m", WORKER, json.dumps(request)],
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env=os.environ | {"MALLOC_ARENA_MAX": "2"},
            timeout=MAX_SECONDS,
            check=True,
        )
        return json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        return {"refused": "slow"}
    except subprocess.CalledProcessError as died:
        return {"refused": "slow" if died.returncode in OUT_OF_TIME else "damaged"}
    except ValueError:
        return {"refused": "damaged"}

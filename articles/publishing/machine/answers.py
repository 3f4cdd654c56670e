"""Asking what may never answer, such as a disk of the network or a server that is down."""

import threading
import time
from collections.abc import Callable, Mapping
from typing import Any


class NoAnswer(Exception):
    """It did not answer in time."""


class _Asking(threading.Thread):
    def __init__(self, check: Callable[[], Any]) -> None:
        super().__init__(daemon=True)
        self.check, self.answer = check, NoAnswer()

    def run(self) -> None:
        try:
            self.answer = self.check()
        except Exception as error:
            self.answer = error  # type: ignore[assignment]


_asking: dict[str, _Asking] = {}


def answers_within(seconds: float, checks: Mapping[str, Callable[[], Any]]) -> dict[str, Any]:
    """What each check returned, or the exception that it raised: NoAnswer after these seconds.

    They are asked at the same time, each in a thread, without the database. One that has not
    answered the last time is not asked once more: a dead disk costs one thread, not one for each
    request.
    """
    until = time.monotonic() + seconds
    asked = {name: _ask(name, check) for name, check in checks.items()}
    for asking in asked.values():
        asking.join(max(0, until - time.monotonic()))
    return {name: asking.answer for name, asking in asked.items()}


def _ask(name: str, check: Callable[[], Any]) -> _Asking:
    asking = _asking.get(name)
    if asking is None or not asking.is_alive():
        asking = _asking[name] = _Asking(check)
        asking.start()
    return asking

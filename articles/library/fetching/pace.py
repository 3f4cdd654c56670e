"""Two requests a second to one host, from all threads of this process together."""

import threading
import time

from ..bounded_dict import BoundedDict

SECONDS_BETWEEN = 0.5

_lock = threading.Lock()
_next_turn: BoundedDict = BoundedDict(1_000)


def take_turn(host: str) -> None:
    """Wait until a host may be asked again."""
    with _lock:
        now = time.monotonic()
        turn = max(now, _next_turn.get(host, now))
        _next_turn[host] = turn + SECONDS_BETWEEN
    if turn > now:
        pause(turn - now)


def pause(seconds: float) -> None:
    time.sleep(seconds)

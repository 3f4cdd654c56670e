"""What is known of a film or a sound once its container has been read."""

from dataclasses import dataclass
from typing import IO


class Unreadable(Exception):
    """A file that is not accepted: the code of its message in refusals.py."""

    def __init__(self, code: str = "damaged") -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Facts:
    """The suffix that its kind has; its length, 0 where its file does not say; of a film its width
    and height in pixels as shown, of a sound 0."""

    suffix: str
    seconds: int = 0
    width: int = 0
    height: int = 0


MOST_SECONDS = 7 * 24 * 3600
MOST_PIXELS = 16_384


def seconds_of(units: float, per_second: float) -> int:
    """A length in whole seconds, at least 1 of what has any; 0 where it is not said or absurd."""
    seconds = units / per_second if per_second > 0 else 0
    return max(1, round(seconds)) if 0 < seconds < MOST_SECONDS else 0


MOST_READS = 200_000
"""A film of three hours in fragments of two seconds takes a tenth of them."""
DEEPEST = 8


class Bounded:
    """A file that is read so often and no more: a hostile one may be made of tiny parts alone."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.left = file, MOST_READS

    def at(self, place: int, length: int) -> bytes:
        """Up to so many bytes from a place on. Raises Unreadable when it has been read enough."""
        self.left -= 1
        if self.left < 0:
            raise Unreadable
        self.file.seek(place)
        return self.file.read(length)

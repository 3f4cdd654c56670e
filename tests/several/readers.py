"""Readers, who ask without pause and look at every answer."""

import itertools
import re
import threading
import time
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException

NUMBER = re.compile(r"the words of edition number (\d+) of it")


@dataclass(frozen=True)
class Answer:
    """What a reader got: when it was asked for, how long it took, what was wrong with it, which
    edition of the moving story it showed."""

    at: float
    seconds: float
    wrong: str = ""
    number: int | None = None


class Readers:
    """Some readers at once, each with a connection of its own to the front."""

    def __init__(self, port, *, still, moving, number=6):
        self.port, self.still, self.moving = port, still, moving
        self.answers, self.counter = [], itertools.count()
        self.over = threading.Event()
        self.threads = [threading.Thread(target=self._read) for _ in range(number)]

    def look(self):
        """How the pages that do not change look now."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        self.looks = {}
        for address in self.still:
            connection.request("GET", address)
            answer = connection.getresponse()
            body = answer.read()
            if answer.status != 200:
                raise ValueError(f"{address} answers {answer.status}")
            self.looks[address] = body
        connection.close()

    def begin(self):
        for thread in self.threads:
            thread.start()

    def end(self):
        self.over.set()
        for thread in self.threads:
            thread.join()

    def _read(self):
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        while not self.over.is_set():
            number = next(self.counter)
            address = [*self.still, self.moving, self.moving][number % (len(self.still) + 2)]
            # Every second one asks for what no cache has.
            query = f"{'&' if '?' in address else '?'}n={number}" if number % 2 else ""
            at, began = time.time(), time.monotonic()
            wrong, shown = "", None
            try:
                connection.request("GET", address + query)
                answer = connection.getresponse()
                body = answer.read()
                wrong, shown = self._examine(address, answer.status, body)
            except (OSError, HTTPException) as error:
                wrong = repr(error)
                connection.close()
            self.answers.append(Answer(at, time.monotonic() - began, wrong, shown))
            time.sleep(0.005)

    def _examine(self, address, status, body):
        if status != 200:
            return f"{address} answers {status}", None
        if address != self.moving:
            return ("" if body == self.looks[address] else f"{address} looks otherwise"), None
        found = NUMBER.search(body.decode())
        whole = body.rstrip().endswith(b"</html>")
        return ("" if found and whole else f"{address} is not whole"), int(
            found[1]
        ) if found else None


def oldest(answers, published):
    """For how many seconds, at most, readers were shown an edition after the next was published.

    `published` are the moments, the first edition's first.
    """
    return max(
        (
            answer.at - published[answer.number + 1]
            for answer in answers
            if answer.number is not None and answer.number + 1 < len(published)
        ),
        default=0,
    )

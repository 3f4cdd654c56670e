"""Measuring the pages of one database, in a process of its own."""

import json
import re
import subprocess
import sys
import time

import django

from .databases import ROOT

REQUESTS = 3
"""In a row; so few, because a machine changes its pace many times in a second."""
STORY = re.compile(r"<article\b|<item>|<url>|<td class=\"action-checkbox\">")


class Measurer:
    """A process that measures pages when it is told their names."""

    def __init__(self, environment):
        self.process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "tests.benchmarks.measure"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self):
        self.pages = self._answer()
        return self

    def __exit__(self, *error):
        self.process.stdin.close()
        self.process.wait()

    def measure(self, page):
        """What a page asks and shows, and the milliseconds of each request: {queries, stories,
        times}.
        """
        print(page, file=self.process.stdin, flush=True)
        return self._answer()

    def _answer(self):
        return json.loads(self.process.stdout.readline())


def main():
    """Print the names of the pages, then measure each that is named on a line of input."""
    from django.test import Client

    from .pages import editor, pages

    reader, desk, known = Client(), Client(), pages()
    desk.force_login(editor(), backend="articles.desk.rights.backend.DeskBackend")
    print(json.dumps(list(known)), flush=True)
    for line in sys.stdin:
        address = known[line.rstrip("\n")]
        client = desk if address.startswith("/admin/") else reader
        print(json.dumps(measured(client, address)), flush=True)


def measured(client, address):
    """The figures of one page."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    queries, stories = len(captured), len(STORY.findall(answer.text))
    assert answer.status_code == 200, f"{address} answers {answer.status_code}"
    times = []
    for _ in range(REQUESTS):
        began = time.perf_counter()
        client.get(address)
        times.append((time.perf_counter() - began) * 1000)
    return {"queries": queries, "stories": stories, "times": times}


if __name__ == "__main__":
    django.setup()
    main()

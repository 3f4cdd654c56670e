"""Measure every page of one database and print the figures as JSON."""

import json
import statistics
import time

import django

ROUNDS = 30


def main():
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from .pages import editor, pages

    reader, desk = Client(), Client()
    desk.force_login(editor(), backend="django.contrib.auth.backends.ModelBackend")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("vacuum analyze")
    figures = {}
    for name, address in pages().items():
        client = desk if address.startswith("/admin/") else reader
        for _ in range(2):
            answer = client.get(address)
            assert answer.status_code == 200, f"{address} answers {answer.status_code}"
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        figures[name] = {"queries": len(queries), "ms": median(client, address)}
    print(json.dumps(figures))


def median(client, address):
    """The median time of a page, in milliseconds."""
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        client.get(address)
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


if __name__ == "__main__":
    django.setup()
    from django.test.utils import setup_test_environment

    setup_test_environment()
    main()

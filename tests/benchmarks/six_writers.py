"""Let six people write in one story for a minute, and say whether a word was lost.

DATABASE_URL=postgres://… python -m tests.benchmarks.six_writers [--seconds 60] [--seed 1]

The database, which may be empty, is migrated; a story and six people are made in it. SQLite's must
be a file. Each person is a thread, which saves, asks, types on, and loses requests and answers as
fast as the machine can. It ends with an error when a word is lost, when somebody ends with another
story than the one that is stored, when a version is left out, or when a request fails.
"""

import argparse
import logging
import os
from collections import Counter

import django


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.six_writers")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    from tests.admin.writing.scripted_writers import (
        all_at_once,
        new_story,
        new_writers,
        settle_down,
    )

    call_command("migrate", verbosity=0)
    logging.disable(logging.WARNING)
    writers = new_writers(options.seed, new_story(), Client)
    all_at_once(writers, options.seconds)
    settle_down(writers)
    typed = writers[0].check(writers)
    counts = sum((Counter(writer.counts) for writer in writers), Counter())
    told = ", ".join(f"{count} {what}" for what, count in counts.items())
    print(f"{connection.vendor}: {typed} words typed, none lost; {told}")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    os.environ["NEWSROOM_HOSTS"] = "testserver"
    django.setup()
    main()

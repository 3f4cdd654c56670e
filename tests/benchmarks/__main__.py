"""Fill databases of two sizes and print what every page costs in each, and the ratio.

python -m tests.benchmarks [--sizes 1000 100000] [--databases sqlite postgresql] [--folder DIR]

A database that is already filled is used again. PostgreSQL's server is named by
BENCHMARK_POSTGRES, `postgres://postgres@127.0.0.1` unless set.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parents[2]
SERVER = os.environ.get("BENCHMARK_POSTGRES", "postgres://postgres@127.0.0.1")


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    parser.add_argument("--sizes", nargs="+", type=int, default=[1_000, 100_000])
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgresql"])
    parser.add_argument("--folder", type=Path, default=ROOT / "media" / "benchmarks")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    for database in options.databases:
        measured = {}
        for size in options.sizes:
            environment = os.environ | {
                "DATABASE_URL": address(database, size, options.folder),
                "DJANGO_SETTINGS_MODULE": "newsroom.settings",
                "NEWSROOM_NO_DEBUG": "1",
                "NEWSROOM_MEDIA_ROOT": str(options.folder / "media"),
                "NEWSROOM_ORIGINALS_ROOT": str(options.folder / "originals"),
            }
            fill(size, environment)
            measured[size] = json.loads(run("-m", "tests.benchmarks.measure", env=environment))
        report(database, measured)


def address(database, size, folder):
    """The address of the database for this many stories; PostgreSQL's is made when missing."""
    if database == "sqlite":
        return f"sqlite:///{folder / f'stories-{size}.sqlite3'}"
    name = f"newsroom_stories_{size}"
    with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as connection:
        if not connection.execute(
            "select 1 from pg_database where datname = %s", [name]
        ).fetchone():
            connection.execute(f'create database "{name}"')
    return f"{SERVER}/{name}"


def fill(size, environment):
    """Bring the database to this many stories, where it is not filled yet."""
    run("manage.py", "migrate", "--verbosity", "0", env=environment)
    there = int(run("-m", "tests.benchmarks.count", env=environment))
    if there < size:
        print(f"Filling with {size - there:,} stories …", file=sys.stderr, flush=True)
        run("manage.py", "generate_stories", str(size - there), env=environment)


def run(*arguments, env):
    """The output of a Python command in the project, which must succeed."""
    return subprocess.run(  # noqa: S603
        [sys.executable, *arguments],
        cwd=ROOT,
        env=env,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout


def report(database, measured):
    """Print a table: per page, queries and median milliseconds at each size, and the ratio."""
    small, large = min(measured), max(measured)
    print(f"\n{database}: {small:,} and {large:,} stories\n")
    print(f"| page | queries | ms at {small:,} | ms at {large:,} | ratio |")
    print("|---|---|---|---|---|")
    for page, few in measured[small].items():
        many = measured[large][page]
        queries = str(few["queries"])
        if many["queries"] != few["queries"]:
            queries += f" → {many['queries']}"
        ratio = many["ms"] / few["ms"]
        print(f"| {page} | {queries} | {few['ms']:.1f} | {many['ms']:.1f} | {ratio:.2f} |")


if __name__ == "__main__":
    main()

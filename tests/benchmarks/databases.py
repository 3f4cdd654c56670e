"""The databases that are measured: where they are, and filling them."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parents[2]
SERVER = os.environ.get("BENCHMARK_POSTGRES", "postgres://postgres@127.0.0.1")


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


def environment_of(url, folder):
    """The environment of a process that works with a database, in which no page is kept."""
    return os.environ | {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "NEWSROOM_HOSTS": "testserver",
        "NEWSROOM_MEDIA_ROOT": str(folder / "media"),
        "NEWSROOM_NO_DEBUG": "1",
        "NEWSROOM_ORIGINALS_ROOT": str(folder / "originals"),
        "NEWSROOM_PAGE_CACHE": "off",
    }


def fill(size, environment):
    """Bring the database to this many stories, where it is not filled yet."""
    run("manage.py", "migrate", "--verbosity", "0", env=environment)
    there = int(run("-m", "tests.benchmarks.count", env=environment))
    if there < size:
        print(f"Filling with {size - there:,} stories …", file=sys.stderr, flush=True)
        run("manage.py", "generate_stories", str(size - there), env=environment)
    run("-m", "tests.benchmarks.rare", env=environment)


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

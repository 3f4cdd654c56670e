"""A PostgreSQL primary and a streaming replica of it, made with PostgreSQL's own tools."""

import os
import shutil
import subprocess
from pathlib import Path

import psycopg

from .machines import DEPLOY, HERE, answers, until

PROGRAMS = Path("/usr/lib/postgresql")


def programs():
    """The folder of the newest PostgreSQL server on this machine, or None."""
    found = sorted(PROGRAMS.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


class Cluster:
    """One PostgreSQL server, on a port of this machine."""

    def __init__(self, name, port, folder):
        self.name, self.port = name, port
        self.data, self.log = folder / name, folder / f"{name}.log"

    def run(self, program, *arguments):
        """One of PostgreSQL's programs; never as root, which it refuses."""
        command = [str(programs() / program), *map(str, arguments)]
        if os.getuid() == 0:
            own = ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--init-groups"]
            command = [*own, *command]
        subprocess.run(command, check=True, capture_output=True, cwd="/")  # noqa: S603

    def make(self):
        self.run("initdb", "--pgdata", self.data, "--auth", "trust", "--username", "postgres")
        self.settle("primary.conf")

    def follow(self, primary):
        self.run(
            "pg_basebackup", "--host", HERE, "--port", primary.port, "--username", "postgres",
            "--create-slot", "--slot", "readers", "--write-recovery-conf", "--checkpoint", "fast",
            "--pgdata", self.data,
        )  # fmt: skip
        self.settle("replica.conf")

    def settle(self, name):
        """What deploy/several/ says, and what one machine needs to be both."""
        own = f"port = {self.port}\nunix_socket_directories = ''\nshared_buffers = 64MB\n"
        text = (DEPLOY / "several" / name).read_text()
        with (self.data / "postgresql.conf").open("a") as file:
            file.write(f"\n{text}\n{own}listen_addresses = '{HERE}'\n")

    def start(self):
        self.run("pg_ctl", "start", "--pgdata", self.data, "--log", self.log, "--wait")
        until(self.is_there, f"{self.name} does not answer; see {self.log}")

    def stop(self):
        """As when the power fails."""
        if answers(self.port):
            self.run("pg_ctl", "stop", "--pgdata", self.data, "--mode", "immediate")

    def is_there(self):
        try:
            return self.ask("select 1") == 1
        except psycopg.OperationalError:
            return False

    def ask(self, statement, database="postgres"):
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchone()[0] if cursor.description else None

    def url(self, database="newsroom"):
        return f"postgres://postgres@{HERE}:{self.port}/{database}"


def folder_for(folder):
    """A folder in which PostgreSQL's own user may write."""
    folder.mkdir(parents=True)
    if os.getuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    return folder

"""Back the demo newsroom up, lose everything, restore it, and look at every page again.

python -m tests.several.restore [--server postgres://postgres@127.0.0.1] [--name newsroom_restore]

With --server the database is a PostgreSQL one, made and dropped; else SQLite. Restores twice: with
the renditions from the backup, and with only the originals.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from .machines import ROOT


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.several.restore")
    parser.add_argument("--server", default="")
    parser.add_argument("--name", default="newsroom_restore")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        newsroom = Newsroom(Path(folder), options.server, options.name)
        try:
            newsroom.lose()
            newsroom.run("quickstart", "--no-serve")
            before = newsroom.look()
            said, seconds = newsroom.script("backup", folder + "/backups")
            backup = Path(said.strip())
            sizes = {file.name: file.stat().st_size for file in sorted(backup.iterdir())}
            print(f"{len(before['looks'])} pages. Backup: {seconds:.1f} s, {sizes}", flush=True)
            equal = True
            for kept in ("with its renditions", "from the originals alone"):
                newsroom.lose()
                _said, seconds = newsroom.script("restore", str(backup))
                after = newsroom.look()
                same = sum(after["looks"][page] == look for page, look in before["looks"].items())
                print(
                    f"Restored {kept}: {seconds:.1f} s; {same} of {len(before['looks'])} pages are"
                    f" equal to the byte, {len(after['missing'])} pictures are missing.",
                    flush=True,
                )
                equal &= before == after
                (backup / "media.tar").unlink(missing_ok=True)
        finally:
            newsroom.lose(again=False)
    sys.exit(0 if equal else 1)


class Newsroom:
    """One installation: a database and two folders."""

    def __init__(self, folder, server, name):
        self.folder, self.server, self.name = folder, server, name
        self.file = folder / "newsroom.sqlite3"
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "newsroom.settings",
            "DATABASE_URL": f"{server}/{name}" if server else f"sqlite:///{self.file}",
            "NEWSROOM_MEDIA_ROOT": str(folder / "media"),
            "NEWSROOM_ORIGINALS_ROOT": str(folder / "originals"),
            "PYTHON": sys.executable,
        }

    def lose(self, again=True):
        """Lose all that there is; an empty database stands for the new one."""
        for name in ("media", "originals"):
            shutil.rmtree(self.folder / name, ignore_errors=True)
        if self.server:
            self._sql(f'drop database if exists "{self.name}"')
            if again:
                self._sql(f'create database "{self.name}"')
        else:
            for file in self.folder.glob("newsroom.sqlite3*"):
                file.unlink()

    def run(self, *arguments):
        self._done([sys.executable, "manage.py", *arguments])

    def look(self):
        return json.loads(self._done([sys.executable, "-m", "tests.several.looks"]))

    def script(self, name, *arguments):
        """What a script under deploy/ says, and how long it takes."""
        began = time.monotonic()
        return self._done([str(ROOT / "deploy" / name), *arguments]), time.monotonic() - began

    def _done(self, command):
        done = subprocess.run(  # noqa: S603
            command, cwd=ROOT, env=self.environment, check=True, stdout=subprocess.PIPE, text=True
        )
        return done.stdout

    def _sql(self, statement):
        import psycopg

        with psycopg.connect(f"{self.server}/postgres", autocommit=True) as connection:
            connection.execute(statement)


if __name__ == "__main__":
    main()

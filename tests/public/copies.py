"""A second database for tests of the replica: a copy that follows when it is told to."""

import sqlite3
from copy import deepcopy

from django.db import connection, connections

from articles.publishing.database_routing import REPLICA


class Copy:
    """The replica of the tests. It holds what the primary held when it last followed."""

    def __init__(self, folder):
        self.settings = deepcopy(connections.settings["default"])
        self.file = folder / "replica.sqlite3"
        if connection.vendor == "sqlite":
            self.settings["NAME"] = str(self.file)
        else:
            self.settings["NAME"] += "_replica"
        self.follow()

    def follow(self):
        """Take in all that the primary holds now."""
        self._close()
        if connection.vendor == "sqlite":
            connection.ensure_connection()
            target = sqlite3.connect(self.file)
            connection.connection.backup(target)
            target.close()
        else:
            source, copy = map(connection.ops.quote_name, (self._primary, self.settings["NAME"]))
            connection.close()
            with connection._nodb_cursor() as cursor:
                cursor.execute(f"DROP DATABASE IF EXISTS {copy}")
                cursor.execute(f"CREATE DATABASE {copy} TEMPLATE {source}")
        self._open(self.settings)

    def go_away(self):
        """From now on nobody answers where it was."""
        self._close()
        elsewhere = (
            {"NAME": str(self.file.parent / "no-such-folder" / "x")}
            if connection.vendor == "sqlite"
            else {"HOST": "127.0.0.1", "PORT": "1"}
        )
        self._open(self.settings | elsewhere)

    def remove(self):
        self._close()
        connections.settings.pop(REPLICA, None)
        if connection.vendor != "sqlite":
            with connection._nodb_cursor() as cursor:
                copy = connection.ops.quote_name(self.settings["NAME"])
                cursor.execute(f"DROP DATABASE IF EXISTS {copy}")

    @property
    def _primary(self):
        return connections.settings["default"]["NAME"]

    def _open(self, settings):
        connections.settings[REPLICA] = settings
        copy = connections[REPLICA]

        def ensure_connection():
            if copy.connection is None:
                with copy.wrap_database_errors:
                    copy.connect()

        # Django lets tests ask only those databases that were there before they began.
        copy.ensure_connection = ensure_connection

    def _close(self):
        if REPLICA in connections.settings:
            connections[REPLICA].close()
            del connections[REPLICA]

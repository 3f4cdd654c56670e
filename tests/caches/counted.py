"""The site's own application, which writes down what it was asked and how it answered."""

import os
import time

from newsroom.wsgi import application as site

ASKED = "TESTS_ASKED"
"""The environment variable that names the file."""


def application(environ, start_response):
    """One line for each request: status, path and query. With `?slow`, answering takes a while."""
    query = environ.get("QUERY_STRING", "")
    asked = environ["PATH_INFO"] + (f"?{query}" if query else "")
    if "slow" in query:
        time.sleep(0.5)

    def start(status, headers, *rest):
        with open(os.environ[ASKED], "ab", buffering=0) as file:
            file.write(f"{status.split()[0]} {asked}\n".encode())
        return start_response(status, headers, *rest)

    return site(environ, start)

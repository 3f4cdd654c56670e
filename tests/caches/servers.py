"""The servers of an installation on this machine: the files under deploy/, on free ports."""

import getpass
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path

from django.conf import settings

from .counted import ASKED

DEPLOY = settings.BASE_DIR / "deploy"


def free_port():
    """A port that nobody listens on, and that was given to nobody here before."""
    while True:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            port = taken.getsockname()[1]
        if port not in _given:
            _given.add(port)
            return port


_given = set()


def poll(condition, seconds=20):
    """What `condition()` gives once it gives something; fails after some seconds."""
    until = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.02)
    return found


@contextmanager
def running(arguments, port, folder, **environment):
    """A server, once it answers on its port; stopped afterwards."""
    with open(folder / f"server-{port}.log", "wb") as log:
        server = subprocess.Popen(  # noqa: S603 (our own words)
            arguments,
            cwd=settings.BASE_DIR,
            env=os.environ | environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        poll(lambda: answers(port, server, log.name), seconds=60)
        yield server
    finally:
        stop(server)


def stop(server):
    """End a server and all its workers, now."""
    with suppress(ProcessLookupError):
        os.killpg(server.pid, signal.SIGKILL)
    server.wait()


def answers(port, server, log):
    assert server.poll() is None, Path(log).read_text()
    with socket.socket() as trying:
        return trying.connect_ex(("127.0.0.1", port)) == 0


class Site:
    """A Newsroom that runs as deploy/newsroom.service runs it, and what it was asked."""

    def __init__(self, port, asked, server):
        self.port, self.asked, self.server = port, asked, server

    def times(self, address):
        """The statuses with which it answered for an address, in order."""
        lines = [line.partition(" ") for line in self.asked.read_text().splitlines()]
        return [int(status) for status, _space, path in lines if path == address]


@contextmanager
def site(folder, database_url, **environment):
    """A running site; it and the tests share a database."""
    port, asked = free_port(), folder / "asked"
    asked.touch()
    text = (DEPLOY / "newsroom.service").read_text().replace("\\\n", " ")
    command = shlex.split(re.search(r"^ExecStart=(.+)$", text, re.MULTILINE)[1])
    command[0] = str(Path(sys.executable).parent / "granian")
    command[command.index("--port") + 1] = str(port)
    command[command.index("newsroom.wsgi:application")] = "tests.caches.counted:application"
    environment |= {ASKED: str(asked), "DATABASE_URL": database_url, "NEWSROOM_NO_DEBUG": "1"}
    with running(command, port, folder, NEWSROOM_PAGE_CACHE="memory", **environment) as server:
        yield Site(port, asked, server)


@contextmanager
def varnish(folder, site, *, port):
    """Varnish with deploy/varnish.vcl in front of a site."""
    vcl = folder / "varnish.vcl"
    vcl.write_text(changed("varnish.vcl", {'.port = "8000"': f'.port = "{site.port}"'}))
    command = [
        program("varnishd"),
        "-F",
        "-j",
        "none",
        "-f",
        str(vcl),
        "-n",
        str(folder / "varnish"),
    ]
    command += ["-a", f"127.0.0.1:{port}", "-s", "malloc,64m"]
    # Its console takes a port of its own, perhaps one that another server here was given.
    command += ["-T", "none"]
    with running(command, port, folder) as server:
        yield server


NGINX = """
daemon off;
user {user};
pid {folder}/nginx.pid;
error_log {folder}/nginx-errors.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/nginx-body;
    proxy_temp_path {folder}/nginx-proxy;
    fastcgi_temp_path {folder}/nginx-fastcgi;
    uwsgi_temp_path {folder}/nginx-uwsgi;
    scgi_temp_path {folder}/nginx-scgi;
    include {folder}/newsroom.conf;
}}
"""


@contextmanager
def nginx(folder, behind, *, port, keeping=True):
    """nginx with deploy/nginx.conf before the port of a site, or of Varnish when it keeps nothing.

    Without TLS, for which there is no name here.
    """
    text = changed(
        "nginx.conf",
        {
            "127.0.0.1:8000": f"127.0.0.1:{behind}",
            "listen 80;": f"listen 127.0.0.1:{free_port()};",
            "listen 443 ssl http2;": f"listen 127.0.0.1:{port};",
            "/var/cache/nginx/newsroom": f"{folder}/nginx-cache",
            "/etc/nginx/newsroom-proxy.conf": f"{DEPLOY}/newsroom-proxy.conf",
        },
    )
    left_out = "ssl_" if keeping else "(ssl_|proxy_cache|proxy_no_cache)"
    with _nginx(
        folder, re.sub(rf"^ *{left_out}.*\n", "", text, flags=re.MULTILINE), port
    ) as server:
        yield server


@contextmanager
def several(folder, site, *, port):
    """nginx with deploy/several/nginx.conf, Varnish, and nginx again, before one site."""
    cache, balancer = free_port(), free_port()
    text = changed(
        "several/nginx.conf",
        {
            "127.0.0.1:6081": f"127.0.0.1:{cache}",
            "127.0.0.1:8000": f"127.0.0.1:{balancer}",
            "app1.internal:8000": f"127.0.0.1:{site.port}",
            "app2.internal:8000": f"127.0.0.1:{site.port}",
            "listen 80;": f"listen 127.0.0.1:{free_port()};",
            "listen 443 ssl http2;": f"listen 127.0.0.1:{port};",
        },
    )
    text = re.sub(r"^ *ssl_.*\n", "", text, flags=re.MULTILINE)
    behind = Site(balancer, site.asked, site.server)
    with varnish(folder, behind, port=cache), _nginx(folder, text, port) as server:
        yield server


@contextmanager
def _nginx(folder, text, port):
    (folder / "newsroom.conf").write_text(text)
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, user=getpass.getuser()))
    with running([program("nginx"), "-c", str(folder / "nginx.conf")], port, folder) as server:
        yield server


def changed(name, changes):
    """A file under deploy/ with some of its words changed, each of which must stand there."""
    text = (DEPLOY / name).read_text()
    for old, new in changes.items():
        assert old in text, f"deploy/{name} does not say {old}"
        text = text.replace(old, new)
    return text


def missing():
    """Which of the caches' programs are not on this machine."""
    return [name for name in ("varnishd", "nginx") if program(name) is None]


def program(name):
    """Where a program is, also where Debian puts servers; or None."""
    return shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")


class Front:
    """What readers ask: a cache, or the site itself."""

    def __init__(self, port):
        self.port = port

    def ask(self, address, method="GET", source="127.0.0.1", **headers):
        """The answer to a request from an address: (status, headers in lower case, text)."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20, source_address=(source, 0))
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, address, headers=named)
            answer = connection.getresponse()
            text = answer.read().decode("utf-8", "replace")
        finally:
            connection.close()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, text

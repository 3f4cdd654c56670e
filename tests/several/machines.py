"""Everything that runs in the form for several machines, each as a process of its own here."""

import getpass
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
HERE = "127.0.0.1"
MEDIA, ORIGINALS = "newsroom-media", "newsroom-originals"


class Machine:
    """A server on a port, which can be stopped at once and started again."""

    def __init__(self, name, port, command, folder, **environment):
        self.name, self.port, self.command = name, port, [str(word) for word in command]
        self.log = folder / f"{name}.log"
        self.environment = environment
        self.process = None

    def start(self):
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 (our own words)
                self.command,
                cwd=ROOT,
                env=os.environ | self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        until(self.answers, f"{self.name} does not answer; see {self.log}")

    def stop(self):
        """As when the power fails."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def answers(self):
        return answers(self.port)

    def said(self, words):
        """How often its log has these words."""
        return self.log.read_text(errors="replace").count(words) if self.log.exists() else 0


def until(condition, otherwise, seconds=60):
    """Wait for a condition."""
    late = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > late:
            raise TimeoutError(otherwise)
        time.sleep(0.05)


def answers(port):
    with socket.socket() as trying:
        return trying.connect_ex((HERE, port)) == 0


def missing():
    """The programs that this machine lacks."""
    return [name for name in ("redis-server", "varnishd", "nginx") if shutil.which(name) is None]


def redis(port, folder):
    return Machine(
        "redis", port, ["redis-server", "--port", port, "--bind", HERE, "--save", ""], folder
    )


def buckets(port, folder):
    """A stand-in for S3."""
    serve = f"from moto.server import main; main(['-H', '{HERE}', '-p', '{port}'])"
    return Machine("buckets", port, [sys.executable, "-c", serve], folder)


def site(name, port, folder, environment):
    """One application machine."""
    granian = Path(sys.executable).parent / "granian"
    command = [granian, "--interface", "wsgi", "--workers", 1, "--blocking-threads", 2]
    command += ["--host", HERE, "--port", port, "newsroom.wsgi:application"]
    return Machine(name, port, command, folder, **environment)


def varnish(port, folder, *, balancer):
    vcl = folder / "varnish.vcl"
    vcl.write_text(changed("varnish.vcl", {'.port = "8000"': f'.port = "{balancer}"'}))
    command = ["varnishd", "-F", "-j", "none", "-f", vcl, "-n", folder / "varnish"]
    return Machine("cache", port, [*command, "-a", f"{HERE}:{port}", "-s", "malloc,64m"], folder)


def nginx(port, folder, *, cache, balancer, sites, spare):
    """The front, as deploy/several/nginx.conf has it; without TLS, for which there is no name."""
    text = changed(
        "several/nginx.conf",
        {
            "127.0.0.1:6081": f"{HERE}:{cache}",
            "127.0.0.1:8000": f"{HERE}:{balancer}",
            "app1.internal:8000": f"{HERE}:{sites[0]}",
            "app2.internal:8000": f"{HERE}:{sites[1]}",
            "listen 80;": f"listen {HERE}:{spare};",
            "listen 443 ssl http2;": f"listen {HERE}:{port};",
        },
    )
    (folder / "site.conf").write_text(re.sub(r"^ *ssl_.*\n", "", text, flags=re.MULTILINE))
    temporary = "".join(
        f"{kind}_temp_path {folder}/nginx-{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off;\nuser {getpass.getuser()};\npid {folder}/nginx.pid;\n"
        f"error_log {folder}/nginx-errors.log;\nevents {{}}\n"
        f"http {{\naccess_log off;\n{temporary}include {folder}/site.conf;\n}}\n"
    )
    return Machine("front", port, ["nginx", "-c", folder / "nginx.conf"], folder)


def changed(name, changes):
    """A file under deploy/ with some of its words changed, each of which must stand there."""
    text = (DEPLOY / name).read_text()
    for old, new in changes.items():
        if old not in text:
            raise ValueError(f"deploy/{name} does not say {old}")
        text = text.replace(old, new)
    return text


class Desk:
    """A process that writes, as editors' requests do; one JSON line asks, one answers."""

    def __init__(self, folder, environment):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.several.desk"],
            cwd=ROOT,
            env=os.environ | environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=(folder / "desk.log").open("ab"),
            text=True,
        )

    def ask(self, **question):
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def stop(self):
        self.process.kill()
        self.process.wait()

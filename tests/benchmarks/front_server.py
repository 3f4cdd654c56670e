"""nginx in front of the site, with deploy/'s own files, on this machine."""

import re
import shlex
import subprocess
from contextlib import contextmanager

from .databases import ROOT
from .served import refuse_if_taken, wait_for

DEPLOY = ROOT / "deploy"
SELF_SIGNED = shlex.split("openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1")


@contextmanager
def front_server(folder, *, port, behind, media):
    """nginx at this port in front of the site at `behind`; its files are in a folder."""
    refuse_if_taken(port)
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(  # noqa: S603
        [*SELF_SIGNED, "-keyout", key, "-out", certificate],
        check=True,
        capture_output=True,
    )
    proxy = folder / "newsroom-proxy.conf"
    proxy.write_text((DEPLOY / "newsroom-proxy.conf").read_text())
    here = {
        "/etc/nginx/newsroom-proxy.conf": proxy,
        "/etc/ssl/news.example.org.pem": certificate,
        "/etc/ssl/private/news.example.org.key": key,
        "/srv/newsroom/staticfiles/": f"{ROOT / 'staticfiles'}/",
        "/var/cache/nginx/newsroom": folder / "cache",
        "/var/lib/newsroom/media/": f"{media}/",
        "127.0.0.1:8000": f"127.0.0.1:{behind}",
        "listen 443": f"listen 127.0.0.1:{port}",
    }
    site = (DEPLOY / "nginx.conf").read_text()
    # The server that only leads to HTTPS is not needed here.
    site = re.sub(r"server \{\s*listen 80;.*?\n\}", "", site, flags=re.DOTALL)
    for there, path in here.items():
        site = site.replace(there, str(path))
    configuration = folder / "nginx.conf"
    configuration.write_text(WHOLE.format(folder=folder, site=site))
    process = subprocess.Popen(["nginx", "-c", configuration])  # noqa: S603, S607
    try:
        wait_for(port, process)
        yield f"https://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=30)


WHOLE = """
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    access_log off;
{site}
}}
"""

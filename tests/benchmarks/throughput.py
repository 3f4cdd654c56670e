"""Print how many requests a second pages take, as served, and the ratio to a bare view.

DATABASE_URL=postgres://… python -m tests.benchmarks.throughput [--seconds 8] [--port 8160]

The database must be filled. The server is started three times as deploy/newsroom.service starts
it: with pages kept, with all made anew, and with the bare view, which returns one stored row
through the ORM without any middleware (bare.py). `wrk` asks one at a time with 16 connections, the
bare view before each page, so that ratios survive a machine that does other things too.
"""

import argparse
import json
import os
import re
import subprocess
import tempfile
from contextlib import ExitStack
from pathlib import Path

from .databases import run
from .served import collect_static, production, served

PAGES = (
    *("front", "story", "latest", "common topic", "section", "author"),
    *("search, a common word", "feed"),
)
FIGURES = {
    "rate": r"Requests/sec:\s+([\d.]+)",
    "median": r"50%\s+([\d.]+m?u?s)",
    "slow": r"99%\s+([\d.]+m?u?s)",
}


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.throughput")
    parser.add_argument("--seconds", type=int, default=8)
    parser.add_argument("--port", type=int, default=8160)
    options = parser.parse_args()
    anew = production(os.environ["DATABASE_URL"], NEWSROOM_PAGE_CACHE="off")
    kept = anew | {"NEWSROOM_PAGE_CACHE": "memory"}
    bare = anew | {"DJANGO_SETTINGS_MODULE": "tests.benchmarks.bare_settings"}
    collect_static(anew)
    found = json.loads(run("-m", "tests.benchmarks.addresses", env=anew))
    with tempfile.TemporaryDirectory() as folder, ExitStack() as servers:
        sites = [
            servers.enter_context(served(environment, port, Path(folder) / str(port)))
            for port, environment in enumerate((bare, kept, anew), start=options.port)
        ]
        print("| page | bare | kept | to bare | median | 99th | anew | to bare | median | 99th |")
        print("|---|---|---|---|---|---|---|---|---|---|")
        for page in PAGES:
            path = found["pages"][page]
            paths = (f"/{found['edition']}/", path, path)
            urls = [site + path for site, path in zip(sites, paths, strict=True)]
            print(row(page, *(load(url, options.seconds) for url in urls)), flush=True)


def load(url, seconds):
    """What wrk finds when it asks for one address again and again: {rate, median, slow}."""
    wrk = ["wrk", "-c16", "-t2", "--latency"]
    subprocess.run([*wrk, "-d1s", url], check=True, capture_output=True)  # noqa: S603
    said = subprocess.run(  # noqa: S603
        [*wrk, f"-d{seconds}s", url], check=True, capture_output=True, text=True
    ).stdout
    if "Non-2xx" in said:
        raise RuntimeError(f"{url} failed under load:\n{said}")
    found = {name: re.search(pattern, said)[1] for name, pattern in FIGURES.items()}
    return found | {"rate": float(found["rate"])}


def row(page, bare, *others):
    """A line of the table: requests a second, and how long the middle and the slowest took."""
    cells = [page, f"{bare['rate']:.0f}"]
    for found in others:
        ratio = found["rate"] / bare["rate"]
        cells += [f"{found['rate']:.0f}", f"{ratio:.2f}", found["median"], found["slow"]]
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()

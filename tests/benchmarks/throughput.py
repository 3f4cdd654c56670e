"""Print how many requests a second pages take, as served, and the ratio to a bare view.

DATABASE_URL=postgres://… python -m tests.benchmarks.throughput [--seconds 8] [--port 8160]

The database must be filled. The server is started as deploy/newsroom.service starts it; `wrk`
asks for one page at a time with 16 connections. The bare view returns one stored row through the
ORM on the same server without any middleware: see bare.py.
"""

import argparse
import json
import os
import re
import subprocess
import tempfile
from pathlib import Path

from .databases import run
from .served import collect_static, production, served

PAGES = ("front", "story", "latest", "common topic", "section", "search, a common word", "feed")
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
    environment = production(os.environ["DATABASE_URL"], NEWSROOM_PAGE_CACHE="off")
    collect_static(environment)
    found = json.loads(run("-m", "tests.benchmarks.addresses", env=environment))
    bare = environment | {"DJANGO_SETTINGS_MODULE": "tests.benchmarks.bare_settings"}
    floor = rates(bare, {"bare view": f"/{found['edition']}/"}, options)["bare view"]
    pages = {name: found["pages"][name] for name in PAGES}
    made = rates(environment, pages, options)
    kept = rates(environment | {"NEWSROOM_PAGE_CACHE": "memory"}, pages, options)
    report(floor, made, kept)


def rates(environment, pages, options):
    """{page: what wrk found} of some pages of a server started for them."""
    with (
        tempfile.TemporaryDirectory() as folder,
        served(environment, options.port, Path(folder) / "log") as site,
    ):
        return {name: load(site + path, options.seconds) for name, path in pages.items()}


def load(url, seconds):
    """What wrk finds when it asks for one address again and again: {rate, median, slow}."""
    wrk = ["wrk", "-c16", "-t2", "--latency"]
    subprocess.run([*wrk, "-d1s", url], check=True, capture_output=True)  # noqa: S603
    said = subprocess.run(  # noqa: S603
        [*wrk, f"-d{seconds}s", url], check=True, capture_output=True, text=True
    ).stdout
    if "Non-2xx" in said:
        raise RuntimeError(f"{url} failed under load:\n{said}")
    return {name: re.search(pattern, said)[1] for name, pattern in FIGURES.items()}


def report(floor, made, kept):
    """Print a table: per page, requests a second and their times, kept and made anew."""
    print("| page | kept: a second | median | 99th | to the bare view ", end="")
    print("| made anew: a second | median | 99th | to the bare view |")
    print("|---|---|---|---|---|---|---|---|---|")
    print(f"| bare view | {floor['rate']} | {floor['median']} | {floor['slow']} | 1 | | | | |")
    for page in made:
        cells = [page]
        for found in (kept[page], made[page]):
            ratio = float(found["rate"]) / float(floor["rate"])
            cells += [found["rate"], found["median"], found["slow"], f"{ratio:.2f}"]
        print(f"| {' | '.join(cells)} |")


if __name__ == "__main__":
    main()

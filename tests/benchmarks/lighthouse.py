"""Print what Lighthouse says of the demo newsroom, served as deploy/ serves it.

python -m tests.benchmarks.lighthouse PATH/TO/lighthouse [--rounds 5] [--folder DIR] [--port 8170]

Each page is looked at several times, in turn with the others; the row is the median of each figure,
and what one look at a machine that does other things gives is told by the slowest LCP and TBT.

Lighthouse is not part of the project: `npm install lighthouse` in a folder elsewhere, and give
the path of its `node_modules/.bin/lighthouse`. A phone with slow 4G is simulated, as it does
unless told otherwise. nginx and granian run with the files of deploy/, over HTTPS with a
certificate of their own making.
"""

import argparse
import json
import os
import subprocess
from pathlib import Path
from statistics import median

from tests.browser.chromium import ARGUMENTS, where

from .databases import ROOT, run
from .front_server import front_server
from .served import collect_static, production, served

PAGES = {
    "front": "/",
    "list": "/latest/",
    "story": "/2016/12/13/corbyn-condemns-attacks-on-aleppo-civilians/",
    "topic": "/topics/syria/",
}
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
TRIES = 3
HEAD = (
    "| page | performance | accessibility | best practices | SEO "
    "| LCP | slowest | TBT | longest | CLS |\n|---|---|---|---|---|---|---|---|---|---|"
)


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.lighthouse")
    parser.add_argument("program", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--folder", type=Path, default=ROOT / "media" / "benchmarks")
    parser.add_argument("--port", type=int, default=8170)
    options = parser.parse_args()
    folder = options.folder.resolve() / "lighthouse"
    folder.mkdir(parents=True, exist_ok=True)
    folders = {
        "NEWSROOM_MEDIA_ROOT": str(folder / "media"),
        "NEWSROOM_ORIGINALS_ROOT": str(folder / "originals"),
    }
    database = f"sqlite:///{folder / 'demo.sqlite3'}"
    demo = os.environ | folders | {"DATABASE_URL": database}
    run("manage.py", "quickstart", "--no-serve", env=demo)
    site = f"https://127.0.0.1:{options.port}"
    environment = production(database, NEWSROOM_SITE_URL=site, **folders)
    collect_static(environment)
    behind = options.port + 1
    with (
        served(environment, behind, folder / "log"),
        front_server(folder, port=options.port, behind=behind, media=folder / "media"),
    ):
        for path in PAGES.values():
            warm(site + path)
        reports = {page: [] for page in PAGES}
        for turn in range(options.rounds):
            for page, path in PAGES.items():
                file = folder / f"{page}-{turn + 1}.json"
                reports[page].append(seen(options.program, site + path, file))
        print(HEAD)
        for page, of_page in reports.items():
            print(row(page, of_page))


def warm(url):
    """Ask for a page until every worker has made it once."""
    for _ in range(8):
        subprocess.run(["curl", "-ksS", "-o", os.devnull, url], check=True)  # noqa: S603, S607


def seen(program, url, file):
    """What Lighthouse reports of an address; the whole of it stays in a file.

    Now and then it loses the browser's trace ("NO_NAVSTART") and is asked again.
    """
    looks = [
        program,
        url,
        "--quiet",
        "--output=json",
        f"--output-path={file}",
        f"--chrome-flags=--headless --ignore-certificate-errors {' '.join(ARGUMENTS)}",
    ]
    environment = os.environ | {"CHROME_PATH": where()}
    for _ in range(TRIES - 1):
        if subprocess.run(looks, env=environment).returncode == 0:  # noqa: S603
            break
    else:
        subprocess.run(looks, env=environment, check=True)  # noqa: S603
    return json.loads(file.read_text())


def row(page, reports):
    """A line of the table, of some reports on one page."""
    scores = [median(scores_of(reports, each)) for each in CATEGORIES]
    paints = figures_of(reports, "largest-contentful-paint")
    blocked = figures_of(reports, "total-blocking-time")
    moved = figures_of(reports, "cumulative-layout-shift")
    cells = [
        page,
        *(f"{score:.0f}" for score in scores),
        f"{median(paints) / 1000:.2f} s",
        f"{max(paints) / 1000:.2f} s",
        f"{median(blocked):.0f} ms",
        f"{max(blocked):.0f} ms",
        f"{max(moved):.2g}",
    ]
    return f"| {' | '.join(cells)} |"


def scores_of(reports, category):
    """The scores that a page got, of 100."""
    return [report["categories"][category]["score"] * 100 for report in reports]


def figures_of(reports, audit):
    """What an audit measured, each time: milliseconds, or a share of the window."""
    return [report["audits"][audit]["numericValue"] for report in reports]


if __name__ == "__main__":
    main()

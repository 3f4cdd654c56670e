"""Print what Lighthouse says of the demo newsroom, served as deploy/ serves it.

python -m tests.benchmarks.lighthouse PATH/TO/lighthouse [--folder DIR] [--port 8170]

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
MEASURES = ("largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift")


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.lighthouse")
    parser.add_argument("program", type=Path)
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
        print("| page | performance | accessibility | best practices | SEO | LCP | TBT | CLS |")
        print("|---|---|---|---|---|---|---|---|")
        for page, path in PAGES.items():
            warm(site + path)
            report = seen(options.program, site + path, folder / f"{page}.json")
            print(row(page, report), flush=True)


def warm(url):
    """Ask for a page until every worker has made it once."""
    for _ in range(8):
        subprocess.run(["curl", "-ksS", "-o", os.devnull, url], check=True)  # noqa: S603, S607


def seen(program, url, file):
    """What Lighthouse reports of an address; the whole of it stays in a file."""
    subprocess.run(  # noqa: S603
        [
            program,
            url,
            "--quiet",
            "--output=json",
            f"--output-path={file}",
            f"--chrome-flags=--headless --ignore-certificate-errors {' '.join(ARGUMENTS)}",
        ],
        check=True,
        env=os.environ | {"CHROME_PATH": where()},
    )
    return json.loads(file.read_text())


def row(page, report):
    """A line of the table."""
    scores = [f"{report['categories'][each]['score'] * 100:.0f}" for each in CATEGORIES]
    measures = [report["audits"][each]["displayValue"] for each in MEASURES]
    return f"| {' | '.join([page, *scores, *measures])} |"


if __name__ == "__main__":
    main()

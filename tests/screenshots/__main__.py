"""Take all screenshots of the docs anew, from a demo newsroom that is made for it.

python -m tests.screenshots [public] [editors]
"""

import argparse
import os

from playwright.sync_api import sync_playwright

from tests.browser.chromium import launch

from . import editors, public
from .demo import ROOT, demo_site

SETS = {
    "public": lambda browser, site: public.take_for_docs(browser, site, ROOT / "docs/screenshots"),
    "editors": lambda browser, site: editors.take(browser, site, ROOT / "docs/editors/pictures"),
}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sets", nargs="*", metavar="public|editors", help="both when none is named")
    # In which form Chromium shows dates and times.
    os.environ["LANGUAGE"] = "en_GB"
    chosen = parser.parse_args().sets or SETS
    with demo_site() as site, sync_playwright() as playwright:
        browser = launch(playwright)
        for name in chosen:
            SETS[name](browser, site)
        browser.close()


if __name__ == "__main__":
    main()

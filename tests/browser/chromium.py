"""Starting Debian's Chromium for tests and screenshots."""

import shutil

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def where():
    """The path of the machine's Chromium, or None."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def launch(playwright):
    """A headless browser."""
    return playwright.chromium.launch(executable_path=where(), args=ARGUMENTS)

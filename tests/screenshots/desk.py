"""Take every screen of the desk of a running demo newsroom, to look for faults.

    python -m tests.screenshots.desk FOLDER [--site http://127.0.0.1:8000] [--only NAME …]

Each is taken at 360, 1280 and 1440 pixels, light and dark, as an administrator sees it, and Today
as each role does. What is wider than the window is said.
"""

import argparse
from contextlib import suppress
from pathlib import Path
from urllib.parse import urljoin

from playwright.sync_api import sync_playwright

from tests.browser.chromium import launch

from .public import first, load_pictures

PASSWORD = "newsroom-demo"
WIDTHS = (360, 1280, 1440)
SCHEMES = ("light", "dark")
ROLES = ("reporter", "editor", "picture-editor", "administrator", "lawyer")

LISTS = {
    "story": "post",
    "photo": "photo",
    "plan": "plan",
    "topic": "topic",
    "author": "author",
    "section": "section",
    "banner": "breaking",
    "import": "importrun",
    "old-address": "oldaddress",
}
OF_A_ROW = {"": "change/", "-history": "history/", "-delete": "delete/"}


def screens(page, site):
    """{name: path} of all screens that can be reached from the lists."""
    found = {
        "settings": "/admin/settings/",
        "week": "/admin/calendar/",
        "month": "/admin/calendar/?view=month",
        "calendar-feed": "/admin/calendar/feed/",
        "dead-links": "/admin/dead-links/",
        "machine": "/admin/machine/",
        "time-machine": "/admin/at/",
        "stories-found": "/admin/articles/post/?q=harbour",
        "stories-none": "/admin/articles/post/?q=nowhere-at-all",
        "photos-none": "/admin/articles/photo/?q=nowhere-at-all",
        "photo-upload": "/admin/articles/photo/upload/",
        "photo-alt": "/admin/articles/photo/alt/",
        "photo-doubles": "/admin/articles/photo/doubles/",
        "topic-doubles": "/admin/articles/topic/doubles/",
        "topic-names": "/admin/articles/topic/names/",
        "author-doubles": "/admin/articles/author/doubles/",
        "author-names": "/admin/articles/author/names/",
        "people": "/admin/articles/author/people/",
        "front-home": "/admin/articles/placement/home/",
        "front-compare": "/admin/articles/placement/home/compare/",
        "fronts": "/admin/articles/placement/",
        "accounts": "/admin/auth/user/",
        "account-new": "/admin/auth/user/add/",
        "roles": "/admin/auth/group/",
        "password": "/admin/password_change/",
    }
    for name, model in LISTS.items():
        path = f"/admin/articles/{model}/"
        found[f"{name}-list"], found[f"{name}-new"] = path, f"{path}add/"
        page.goto(urljoin(site, path))
        link = first(page, f"a[href*='/{model}/'][href*='/change/']")
        if link:
            one = urljoin(path, link).partition("change/")[0]
            found |= {f"{name}{kind}": one + last for kind, last in OF_A_ROW.items()}
    for name, path in (("account", "/admin/auth/user/"), ("role", "/admin/auth/group/")):
        page.goto(urljoin(site, path))
        one = urljoin(path, first(page, "#result_list tbody th a")).partition("change/")[0]
        found |= {f"{name}{kind}": one + last for kind, last in OF_A_ROW.items()}
        if name == "account":
            found["account-leave"] = f"{one}leave/"
            found["account-password"] = f"{one}password/"
    found |= of_pictures(page, site, found.get("photo", "").removesuffix("change/"))
    return found | of_a_story(page, site, found)


def of_pictures(page, site, one):
    """The screens of several pictures."""
    page.goto(urljoin(site, "/admin/articles/photo/"))
    boxes = page.locator(".action-select").all()
    asked = "&".join(f"photo={box.get_attribute('value')}" for box in boxes[:3])
    values = [box.get_attribute("value") for box in boxes[:2]]
    merged = f"?one={values[0]}&other={values[1]}" if len(values) == 2 else ""
    return {
        "photo-together": f"/admin/articles/photo/together/?{asked}",
        "photo-replace": f"{one}replace/",
        "photo-replaced": f"{one}replace/?by={values[1]}",
        "photo-merge": f"/admin/articles/photo/merge/{merged}",
    }


def of_a_story(page, site, found):
    """The screens of a live story's steps, and of what waits."""
    pages = {}
    for name, state in (("live", "live"), ("review", "in_review"), ("ready", "ready")):
        page.goto(urljoin(site, f"/admin/articles/post/?state={state}"))
        if not (link := first(page, "#result_list tbody th a")):
            continue
        one = urljoin("/admin/articles/post/", link).partition("change/")[0]
        pages[f"story-{name}"] = f"{one}change/"
        if name == "live":
            pages |= {
                "story-history": f"{one}history/",
                "story-withdraw": f"{one}step/withdraw/",
                "story-delete": f"{one}delete/",
                "story-compare": f"{one}compare/?older=edition-1&newer=now",
                "story-restore": f"{one}restore/edition/1/",
            }
        steps = {"review": ("approve", "send_back"), "ready": ("publish", "schedule")}
        pages |= {f"step-{step}": f"{one}step/{step}/" for step in steps.get(name, ())}
    return pages


def sign_in(browser, site, name, scheme="light"):
    page = browser.new_page(locale="en-GB", color_scheme=scheme)
    page.goto(urljoin(site, "/admin/"))
    page.fill("#id_username", name)
    page.fill("#id_password", PASSWORD)
    page.click("[type=submit]")
    return page


def take(browser, site, folder, only=(), widths=WIDTHS, schemes=SCHEMES):
    """Put the pictures into the folder, and say what is too wide or not there."""
    folder.mkdir(parents=True, exist_ok=True)
    found = screens(sign_in(browser, site, "administrator"), site)
    for scheme in schemes:
        for role in ROLES:
            page = sign_in(browser, site, role, scheme)
            shown = found if role == "administrator" else {}
            for name, path in ({f"today-{role}": "/admin/"} | shown).items():
                if not only or name in only:
                    shoot(page, urljoin(site, path), folder / f"{name}-{scheme}", widths)
            page.close()


def shoot(page, address, start, widths):
    status = page.goto(address).status
    if status != 200:
        print(start.name, status, address)
    with suppress(Exception):
        page.wait_for_load_state("networkidle", timeout=2_500)
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        page.wait_for_timeout(60)
        load_pictures(page)
        page.screenshot(path=f"{start}-{width}.png", full_page=True)
        if (over := page.evaluate("document.documentElement.scrollWidth - innerWidth")) > 0:
            print(start.name, "is", over, "px too wide at", width)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--site", default="http://127.0.0.1:8000")
    parser.add_argument("--only", nargs="*", default=(), help="names of screens")
    parser.add_argument("--widths", nargs="*", type=int, default=WIDTHS)
    parser.add_argument("--schemes", nargs="*", default=SCHEMES)
    options = parser.parse_args()
    with sync_playwright() as playwright:
        browser = launch(playwright)
        take(browser, options.site, options.folder, options.only, options.widths, options.schemes)
        browser.close()


if __name__ == "__main__":
    main()

"""Print what the writing screen costs with a story of 40 blocks and 5,000 words.

DATABASE_URL=… python -m tests.benchmarks.writing [--rounds 15] [--port 8190] [--folder DIR]

The database, which may be empty, is migrated, and a story is made in it. Chromium opens it from
granian, with the settings of production, on this machine.
"""

import argparse
import json
import logging
import os
import time
from pathlib import Path
from statistics import median

import django

from .databases import ROOT
from .served import collect_static, production, served

READY = """
const began = () => performance.getEntriesByType("navigation")[0].responseEnd;
new MutationObserver((_changes, observer) => {
  if (!document.body?.classList.contains("writing-ready")) return;
  observer.disconnect();
  const files = performance.getEntriesByType("resource");
  const ours = files.filter((each) => /writing\\/.*\\.js$/.test(each.name));
  window.opened = {
    ready: performance.now() - began(),
    modules: ours.length,
    bytes: ours.reduce((sum, each) => sum + each.encodedBodySize, 0),
    last: Math.max(...ours.map((each) => each.responseEnd)) - began(),
  };
}).observe(document, { subtree: true, attributes: true, attributeFilter: ["class"] });
"""
KEYS = """
window.keys = [];
document.addEventListener("keydown", () => {
  const began = performance.now();
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => window.keys.push(performance.now() - began);
    port2.postMessage(null);
  });
}, { capture: true });
"""


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.writing")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--port", type=int, default=8190)
    parser.add_argument("--folder", type=Path, default=ROOT / "media" / "benchmarks")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    logging.disable(logging.WARNING)
    post, client = story_and_client()
    print("| what | queries | median ms, processor | median ms, clock |\n|---|---|---|---|")
    for what, ask in requests(post, client).items():
        print(row(what, ask, options.rounds), flush=True)
    page = client.get(f"/admin/articles/post/{post.pk}/change/", **HOST)
    print(f"\nHTML {len(page.content):,} bytes\n")
    with served(os.environ, options.port, options.folder / "log") as base:
        in_the_browser(base, post, client, options.rounds)


HOST = {"HTTP_HOST": "127.0.0.1"}


def story_and_client():
    from django.test import Client

    from tests.builders import make_photo, make_post, make_user

    body = "".join(f"<p>{'word ' * 124}end{number}.</p>" for number in range(40))
    post = make_post("Long", text=body, topics=["Syria"], authors=["Anna"], photo=make_photo())
    client = Client()
    client.force_login(make_user(), backend="articles.desk.rights.backend.DeskBackend")
    return post, client


def requests(post, client):
    from articles.desk.writing.document import read

    address = f"/admin/articles/post/{post.pk}"
    document = read(post).document
    saves = 0

    def save():
        nonlocal saves
        saves += 1
        post.refresh_from_db()
        body = list(document["body"])
        text = body[20]["content"][0]["text"]
        body[20] = body[20] | {"content": [{"type": "text", "text": f"{text} more{saves}"}]}
        sent = json.dumps(document | {"body": body})
        data = {"version": post.version, "auto": 1, "document": sent}
        return lambda: client.post(f"{address}/save/", data, **HOST)

    def get(path, query=None):
        return lambda: lambda: client.get(f"{address}/{path}/", query, **HOST)

    here = {"version": 10**6, "tab": "a", "block": ""}
    return {
        "opening": get("change"),
        "autosave": save,
        "question, nothing new": get("since", here),
        "question, saved meanwhile": get("since", here | {"version": 0}),
    }


def row(what, prepare, rounds):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for _ in range(3):
        prepare()()
    ask = prepare()
    with CaptureQueriesContext(connection) as captured:
        answer = ask()
    assert answer.status_code == 200, (what, answer.status_code, answer.content[:500])
    queries = [each for each in captured if "SAVEPOINT" not in each["sql"]]
    queries = [
        each for each in queries if each["sql"] not in {"BEGIN", "BEGIN IMMEDIATE", "COMMIT"}
    ]
    processor, clock = [], []
    for _ in range(rounds):
        ask = prepare()
        begun = time.process_time(), time.perf_counter()
        ask()
        processor.append((time.process_time() - begun[0]) * 1000)
        clock.append((time.perf_counter() - begun[1]) * 1000)
    times = f"{median(processor):.0f} | {median(clock):.0f} (least {min(clock):.0f})"
    return f"| {what} | {len(queries)} | {times} |"


def in_the_browser(base, post, client, rounds):
    from django.conf import settings
    from playwright.sync_api import sync_playwright

    from tests.browser import chromium

    name = settings.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": client.cookies[name].value, "url": base}
    cookie["secure"] = name.startswith("__")
    with sync_playwright() as playwright:
        browser = chromium.launch(playwright)
        context = browser.new_context()
        context.add_cookies([cookie])
        context.add_init_script(READY)
        page = context.new_page()
        found = []
        for _ in range(rounds):
            page.goto(f"{base}/admin/articles/post/{post.pk}/change/")
            page.wait_for_selector("body.writing-ready")
            found.append(page.evaluate("window.opened"))
        print(f"first time {found[0]['ready']:.0f} ms after the answer; our modules in", end=" ")
        print(f"{found[0]['last']:.0f} ms: {found[0]['modules']}, {found[0]['bytes']:,} bytes")
        again = [each["ready"] for each in found[1:]]
        print(f"again: median {median(again):.0f} ms, least {min(again):.0f}")
        page.evaluate(KEYS)
        page.locator(".surface-story > p").nth(20).click()
        throttle = context.new_cdp_session(page)
        for rate in (1, 4):
            throttle.send("Emulation.setCPUThrottlingRate", {"rate": rate})
            page.evaluate("window.keys.length = 0")
            page.keyboard.type("and the words that follow are typed one by one", delay=40)
            keys = sorted(page.evaluate("window.keys"))
            print(f"key to paint, processor {rate}× slower: median {median(keys):.1f} ms,", end=" ")
            print(f"95th {keys[int(len(keys) * 0.95)]:.1f}, of {len(keys)}")
        browser.close()


if __name__ == "__main__":
    os.environ.update(production(os.environ["DATABASE_URL"]))
    # The names of static files are read once.
    collect_static(os.environ)
    django.setup()
    main()

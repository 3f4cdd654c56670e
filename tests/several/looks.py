"""How every page of a newsroom looks, and whether the pictures on it are there; printed as JSON."""

import hashlib
import json
import re
import sys

import django

LISTS = (
    "/",
    "/latest/",
    "/topics/",
    "/corrections/",
    "/search/?q=vote",
    "/feeds/rss.xml",
    "/feeds/atom.xml",
)
PICTURE = re.compile(r"/media/(renditions/[\w./-]+)")


def look():
    """{address: fingerprint of its bytes}, and the pictures that pages show and nobody has."""
    from django.core.files.storage import default_storage
    from django.test import Client

    from articles.models import Author, Edition, Section, Topic

    addresses = list(LISTS)
    for rows in (Edition.objects.live().select_related("section"), Section.objects.all()):
        addresses += [row.get_absolute_url() for row in rows]
    for rows in (Author.objects.all(), Topic.objects.all()):
        addresses += [row.get_absolute_url() for row in rows]
    reader, looks, missing = Client(), {}, set()
    for address in addresses:
        answer = reader.get(address)
        looks[address] = f"{answer.status_code} {hashlib.sha256(answer.content).hexdigest()}"
        shown = set(PICTURE.findall(answer.content.decode()))
        missing |= {name for name in shown if not default_storage.exists(name)}
    return {"looks": looks, "missing": sorted(missing)}


if __name__ == "__main__":
    django.setup()
    from django.test.utils import setup_test_environment

    setup_test_environment()
    json.dump(look(), sys.stdout)

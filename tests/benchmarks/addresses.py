"""Print the addresses of the measured pages, and the number of the newest edition, as JSON."""

import json

import django

if __name__ == "__main__":
    django.setup()
    from .pages import newest, pages

    print(json.dumps({"pages": pages(), "edition": newest().pk}))

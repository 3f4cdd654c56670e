"""Watching a page while a moment passes."""

import threading
import time

from django.utils import timezone

from .servers import poll


def whole_second_in(span):
    """A moment about so far ahead, in whole seconds, as publishing takes it."""
    return (timezone.now() + span).replace(microsecond=0)


def watch(front, address, *, until, by=0.02):
    """What a page was until a moment: [(asked at, answered at, status, text)]."""
    seen = []
    while time.time() < until:
        asked_at = time.time()
        status, _headers, text = front.ask(address)
        seen.append((asked_at, time.time(), status, text))
        time.sleep(by)
    return seen


def early(seen, is_new, moment):
    """What was seen of the new page in answers that came before the moment."""
    return [each for each in seen if each[1] < moment and is_new(*each[2:])]


def late(seen, is_new, moment):
    """What was seen of the old page by those who asked after the moment."""
    return [each for each in seen if each[0] > moment and not is_new(*each[2:])]


def assert_exact(front, pages, moment):
    """Each page is seen as it was until the moment, and as it is then from it on."""
    at, seen = moment.timestamp(), {}

    def look(page):
        seen[page] = watch(front, page, until=at + 1.5)

    watching = [threading.Thread(target=look, args=(page,)) for page in pages]
    for thread in watching:
        thread.start()
    for thread in watching:
        thread.join()
    for page, is_new in pages.items():
        assert early(seen[page], is_new, at) == [], page
        assert late(seen[page], is_new, at) == [], page
        assert seen[page][0][0] < at < seen[page][-1][0]


def assert_new_to_the_first_who_asks(front, address, old, moment):
    """A page that is old now, and that nobody asks for until then, is new after a moment."""
    assert old in front.ask(address)[2]
    poll(lambda: timezone.now() > moment)
    assert old not in front.ask(address)[2]


def address_of(post):
    """Where a story is, or is going to be when it has been scheduled."""
    return post.editions.last().get_absolute_url()


def draft_address(post, on=None):
    """Where a post that is not published yet is going to be."""
    return f"/{timezone.localtime(on):%Y/%m/%d}/{post.slug}/"


def assert_made_once(front, site, address):
    """A cold page that thirty readers ask for together is shown to all, and was made once."""
    together, answers = threading.Barrier(30), []

    def read():
        together.wait()
        answers.append(front.ask(address))

    readers = [threading.Thread(target=read) for _ in range(30)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()

    assert [status for status, _headers, _text in answers] == [200] * 30
    assert site.times(address) == [200]

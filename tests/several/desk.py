"""The desk of the trial: fills the newsroom and publishes, as it is asked on standard input."""

import json
import sys
import time

import django


def fill(stories):
    """Make a newsroom to read. The addresses that readers ask for: {moving, still}."""
    from django.core.management import call_command

    from articles.models import Edition, Photo, TopicListing
    from tests.builders import make_story

    call_command("migrate", verbosity=0)
    call_command("generate_stories", stories, verbosity=0)
    moving = make_story("The story that moves", text=words(0), photo=Photo.objects.first())
    still = [
        edition.get_absolute_url()
        for edition in Edition.objects.live().newest_first().select_related("section")[20:22]
    ]
    word = Edition.objects.live().newest_first()[30].headline.split()[-1]
    listed = TopicListing.objects.live().select_related("topic").last()
    still += [f"/search/?q={word}", f"/topics/{listed.topic.slug}/", "/topics/"]
    return {"post": moving.pk, "moving": address(moving), "still": still}


def publish(post, number):
    """Publish the moving story with other words; the moment it was done."""
    from django.db import close_old_connections

    from articles.models import Post
    from articles.publishing.steps.publish import publish as put_on_site
    from tests.builders import rewrite

    close_old_connections()
    post = Post.objects.get(pk=post)
    rewrite(post, words(number))
    put_on_site(post, by=None)
    return {"at": time.time()}


def tell():
    """What the minute command tells others, without waiting for the next minute."""
    from django.core.management import call_command

    call_command("send_pings", stdout=sys.stderr)
    return {}


def words(number):
    return f"<p>These are the words of edition number {number} of it.</p>"


def address(post):
    return post.editions.get().get_absolute_url()


DONE = {"fill": fill, "publish": publish, "tell": tell}


if __name__ == "__main__":
    django.setup()
    answers, sys.stdout = sys.stdout, sys.stderr
    for line in sys.stdin:
        question = json.loads(line)
        answer = DONE[question.pop("do")](**question)
        print(json.dumps(answer), file=answers, flush=True)

"""A topic of as many stories in a small newsroom as in a large one, where it is very rare."""

import django

SLUG, STORIES = "benchmark-rare", 60


def make_rare():
    """Put some stories, evenly spread over all, on a topic of their own; once."""
    from django.db import connection

    from articles.models import Edition, Topic, TopicListing
    from articles.publishing.editions.listing import listing_fields
    from articles.publishing.invalidation.invalidate import invalidate

    topic, new = Topic.objects.get_or_create(slug=SLUG, defaults={"name": "Benchmark"})
    if not new:
        return
    live = Edition.objects.live()
    first, last = live.order_by("pk").first().pk, live.order_by("pk").last().pk
    numbers = [first + (last - first) * place // STORIES for place in range(STORIES)]
    TopicListing.objects.bulk_create(
        TopicListing(topic=topic, edition=edition, **listing_fields(edition))
        for edition in live.filter(pk__in=numbers)
    )
    invalidate()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    django.setup()
    make_rare()

"""Editions that came from a file, as they do in a dump: what publishing makes beside each."""

from django.db.models import F
from django.db.models.functions import Greatest

from ...desk.post import Post
from ...library.author import Author
from ...library.naming.former_slug import FormerSlug
from ...library.topic import Topic, TopicAlias
from ..editions.address import Address
from ..editions.edition import Edition
from ..editions.listing import AuthorListing, TopicListing
from ..invalidation.site_stamp import SiteCount, invalidate
from ..search import index
from .bulk import refuse_taken_addresses
from .list_edition import copied

AT_ONCE = 500


def settle_editions(keys, *, lists=True):
    """Give editions (primary keys) their addresses and their place in the search, where the file
    had none; with `lists`, their lines in lists too. Raises CannotPublish for an address that is
    another story's.
    """
    keys = sorted(keys)
    for start in range(0, len(keys), AT_ONCE):
        editions = list(
            Edition.objects.filter(pk__in=keys[start : start + AT_ONCE])
            .select_related("post")
            .defer("body")
        )
        _keep_addresses(editions)
        if lists:
            _list(editions)
    _index_missing()


def _keep_addresses(editions):
    places = {(edition.posted_on, edition.slug): edition.post for edition in editions}
    refuse_taken_addresses(places)
    Address.objects.bulk_create(
        (Address(posted_on=day, slug=slug, post=post) for (day, slug), post in places.items()),
        ignore_conflicts=True,
    )


def _list(editions):
    """Lines in the lists of the topics and authors that editions name, as far as these are here."""
    topics, authors = by_slug(Topic, "topic", TopicAlias.objects), by_slug(Author, "author")
    for model, name, things, named in (
        (TopicListing, "topic", topics, lambda edition: edition.topics),
        (AuthorListing, "author", authors, lambda edition: edition.byline["authors"]),
    ):
        model.objects.bulk_create(
            (
                model(edition=edition, **{name: thing}, **copied(edition))
                for edition in editions
                for thing in dict.fromkeys(things.get(each["slug"]) for each in named(edition))
                if thing
            ),
            ignore_conflicts=True,
        )


def by_slug(model, kind, *more):
    """All rows of a kind by their slugs, those of before among them: what is renamed since is
    found too."""
    found, former = {}, FormerSlug.objects.filter(**{f"{kind}__isnull": False})
    for rows in (former, *more):
        found |= {row.slug: getattr(row, kind) for row in rows.select_related(kind)}
    return found | {row.slug: row for row in model.objects.all()}


def _index_missing():
    vocabulary = index.Vocabulary()
    missing = Edition.objects.filter(search_entry=None).defer("body").order_by("pk")
    while editions := list(missing[:AT_ONCE]):
        index.add(editions, vocabulary=vocabulary)
    vocabulary.add_counts()


def settle_posts(versions):
    """Say of posts whose editions a file brought which version of theirs readers have.

    `versions` is {(source, source_id): version, or None for that of the newest edition}.
    """
    posts = Post.objects.filter(published_version=None, editions__isnull=False).distinct()
    changed = []
    for post in posts.iterator():
        newest = post.editions.order_by("-number").values_list("version", flat=True)
        post.published_version = versions.get((post.source, post.source_id)) or newest[0]
        changed.append(post)
    Post.objects.bulk_update(changed, ["published_version"], batch_size=AT_ONCE)


def count_past(highest):
    """Move the count of the site's changes past what another site counted.

    No page that a cache has of either is right then.
    """
    counter, _made = SiteCount.objects.get_or_create(pk=1)
    counts = SiteCount.objects.filter(pk=counter.pk)
    counts.update(count=Greatest(F("count"), highest))
    invalidate()

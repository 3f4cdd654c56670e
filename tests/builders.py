"""Builders: a valid row from the fewest words. A test names only what it is about."""

from itertools import count

from django.contrib.auth.models import Group, User
from django.utils import timezone
from django.utils.text import slugify

from articles.desk import roles
from articles.desk.blocks import Caption, Film, Gallery, RelatedLink, Sound, Text
from articles.desk.blocks.caption import IN_GALLERY
from articles.library.pictures.renditions import SERIES
from articles.models import Author, Photo, Post, Recording, Section, Topic
from articles.publishing.bulk.bulk_publish import bulk_publish
from articles.publishing.steps.publish import publish
from articles.publishing.steps.schedule import schedule

numbers = count(1)


def make_user(role=roles.EDITOR, username="", **fields):
    """Somebody who signs in to the desk with a role; `role=None` has none."""
    user = User.objects.create_user(
        username=username or f"person-{next(numbers)}",
        password="in-tests-only",
        **{"is_staff": True} | fields,
    )
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user


def make_section(name="Politics"):
    """A section, made once for its name."""
    return Section.objects.get_or_create(slug=slugify(name), defaults={"name": name})[0]


def make_topic(name="Syria"):
    """A topic, made once for its name."""
    return Topic.objects.get_or_create(slug=slugify(name), defaults={"name": name})[0]


def make_author(name="Anna Brown"):
    """An author, made once for the name."""
    return Author.objects.get_or_create(slug=slugify(name), defaults={"name": name})[0]


def make_photo(**fields):
    """A photo whose file is not really there: for tests of words, not of pixels."""
    number = next(numbers)
    return Photo.objects.create(
        **{
            "slug": f"photo-{number}",
            "file": f"originals/photo-{number}.jpg",
            "token": f"token-{number}",
            "formats": "avif webp jpg",
            "series": SERIES,
            "width": 1800,
            "height": 1200,
            "caption": "A street in Aleppo.",
            "credit": "PA Images",
            "alt": "A street between broken houses.",
        }
        | fields
    )


def make_post(
    headline="",
    *,
    text="<p>Words.</p>",
    section="Politics",
    topics=(),
    authors=(),
    photo=None,
    status=Post.Status.READY,
    **fields,
):
    """A post on the desk that is ready to be published."""
    number = next(numbers)
    post = Post.objects.create(
        headline=headline or f"Headline {number}",
        slug=fields.pop("slug", "") or slugify(headline or f"headline-{number}"),
        section=make_section(section) if section else None,
        status=status,
        **fields,
    )
    if text:
        Text.objects.create(parent=post, region="body", ordering=10, html=text)
    if photo:
        Caption.objects.create(parent=post, region="lead", ordering=10, photo=photo)
    for name in topics:
        post.post_topics.create(tag=make_topic(name))
    for position, name in enumerate(authors):
        post.post_authors.create(author=make_author(name), position=position)
    return post


def make_link(post, target=None, **fields):
    """A related link in a post's body, after what is there, to a story or to an address."""
    if target is None:
        fields = {"url": "https://example.org/", "title": "Elsewhere"} | fields
    return RelatedLink.objects.create(
        parent=post, region="body", ordering=next(numbers) + 100, story=target, **fields
    )


def make_gallery(post, photos, *, title="", ordering=None, **own):
    """A gallery in a post's body, after what is there; `own` are words for each of its pictures."""
    ordering = ordering or next(numbers) * 1_000
    at = {"parent": post, "ordering": ordering}
    gallery = Gallery.objects.create(title=title, region="body", **at)
    for place, photo in enumerate(photos, start=ordering + 1):
        at["ordering"] = place
        Caption.objects.create(photo=photo, region=IN_GALLERY, **at, **own)
    return gallery


def make_story(headline="", *, at=None, by=None, now=None, **fields):
    """A published story: the post on the desk, live from `at` (now, unless told otherwise).

    Its editions are at `post.editions`.
    """
    post = make_post(headline, **fields)
    if at and now:
        schedule(post, by=by, at=at, now=now)
    else:
        publish(post, by=by, now=at or now)
    post.refresh_from_db()
    return post


def make_stories(stories, *, now=None):
    """Published stories, each from `at`, `links` and the fields of `make_post`, put on the
    site together.

    For the many stories of one test: to publish each by itself takes several times as long.
    """
    posts = []
    for fields in stories:
        at = fields.pop("at", None) or now or timezone.now()
        targets = fields.pop("links", ())
        post = make_post(**fields, status=Post.Status.PUBLISHED, published_at=at)
        for target in targets:
            make_link(post, target)
        posts.append(post)
    bulk_publish(now=now)
    for post in posts:
        post.refresh_from_db()
    return posts


def rewrite(post, words):
    """Change the words of a post on the desk, as a save in the admin does."""
    post.refresh_from_db()
    Text.objects.filter(parent=post).update(html=f"<p>{words}</p>")
    post.version += 1
    post.save()


def make_recording(sort="film", **fields):
    """A film or sound that lacks nothing, whose file is not really there."""
    number, is_film = next(numbers), sort == "film"
    suffix = "webm" if is_film else "mp3"
    token = f"token-{number}"
    said = {"transcript": "It began at four in the morning."}
    if is_film:
        poster = fields.pop("poster", None) or make_photo()
        said = {"poster": poster, "no_speech": True, "width": 640, "height": 360}
    return Recording.objects.create(
        **{
            "slug": f"recording-{number}",
            "sort": sort,
            "token": token,
            "file": f"recordings/{token}/{sort}.{suffix}",
            "bytes": 4_000,
            "seconds": 125,
            "title": "The flood",
            "caption": "The river at four in the morning.",
            "credit": "PA Video",
        }
        | said
        | fields
    )


def play(post, recording, **fields):
    """A film or sound in a post's body, after what is there."""
    model = Film if recording.is_film else Sound
    return model.objects.create(
        parent=post, region="body", ordering=next(numbers) + 100, recording=recording, **fields
    )

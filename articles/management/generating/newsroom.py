"""What generated stories refer to: sections, topics, authors, photos. Made once."""

import io
from dataclasses import dataclass

from django.core.files import File
from PIL import Image, ImageDraw

from ...library.naming.slugs import make_slug
from ...library.uploads.store import store_picture
from ...models import Author, Photo, Section, Topic
from .vocabulary import zipf

SECTIONS = ("Politics", "World", "Business", "Environment", "Science", "Culture", "Sport")
TOPICS, AUTHORS, PHOTOS = 300, 60, 12


@dataclass
class Newsroom:
    """Rows that stories refer to, with weights: some topics are common, most are rare."""

    sections: list
    topics: list
    authors: list
    photos: list

    def __post_init__(self):
        self.topic_weights = zipf(len(self.topics))
        self.author_weights = zipf(len(self.authors))


def make_newsroom(words):
    topics = made(Topic, "topic", TOPICS, words.name)
    authors = made(Author, "author", AUTHORS, lambda: words.name(2))
    return Newsroom(sections(), topics, authors, photos(words))


def sections():
    found = list(Section.objects.all())
    if found:
        return found
    return [
        Section.objects.create(name=name, slug=make_slug(name), position=place * 10)
        for place, name in enumerate(SECTIONS, start=1)
    ]


def made(model, prefix, count, make_name):
    """This many rows, found by their slugs (generated-topic-001 …) or made."""
    slugs = [f"generated-{prefix}-{number:03}" for number in range(1, count + 1)]
    known = set(model.objects.filter(slug__in=slugs).values_list("slug", flat=True))
    taken, new = set(model.objects.values_list("name", flat=True)), []
    for slug in slugs:
        if slug not in known:
            while (name := make_name()) in taken:
                pass
            taken.add(name)
            new.append(model(name=name, slug=slug))
    model.objects.bulk_create(new)
    return list(model.objects.filter(slug__in=slugs).order_by("slug"))


def photos(words):
    for number in range(1, PHOTOS + 1):
        slug = f"generated-photo-{number:02}"
        if Photo.objects.filter(slug=slug).exists():
            continue
        photo = Photo(
            slug=slug,
            caption=words.sentence(12),
            credit=f"{words.name()} Pictures",
            alt=words.sentence(8),
        )
        store_picture(photo, File(drawing(words.rng), name=f"{slug}.jpg"))
        photo.save()
    return list(Photo.objects.filter(slug__startswith="generated-photo-").order_by("slug"))


def drawing(rng):
    """A small JPEG: a sky, a sun and hills."""
    image = Image.linear_gradient("L").resize((480, 320)).convert("RGB")
    tint = Image.new("RGB", image.size, tuple(rng.randrange(90, 230) for _ in range(3)))
    image = Image.blend(image, tint, 0.7)
    draw = ImageDraw.Draw(image)
    x, y = rng.randrange(60, 420), rng.randrange(40, 140)
    draw.ellipse((x - 30, y - 30, x + 30, y + 30), fill=(250, 235, 190))
    for layer in range(3):
        colour = tuple(rng.randrange(20, 120) for _ in range(3))
        top = 170 + layer * 45
        edge = [(step, top + rng.randrange(-25, 25)) for step in range(0, 521, 40)]
        draw.polygon([(0, 320), *edge, (480, 320)], fill=colour)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    out.seek(0)
    return out

"""Find pictures by their words, and what was published of them, from rows that are there already."""

from django.db import migrations

from articles.library.photo_words import words_of
from articles.publishing.key_batches import key_batches

BATCH_SIZE = 500

ON_POSTGRESQL = (
    "CREATE INDEX photo_words ON articles_photo"
    " USING gin (array_to_tsvector(string_to_array(words, ' ')))"
)


def fill_photos(apps, schema_editor):
    """Their words, and the agency that stands behind the photographer in “Photographer/Agency”."""
    photos = apps.get_model("articles", "Photo").objects
    for keys in key_batches(photos.all(), BATCH_SIZE):
        batch = list(photos.filter(pk__in=keys))
        for photo in batch:
            photo.agency = photo.agency or photo.credit.rpartition("/")[2].strip()[:100]
            photo.words = words_of(photo)
        photos.bulk_update(batch, ["agency", "words"])


def fill_uses(apps, schema_editor):
    edition, photo, use = (
        apps.get_model("articles", name) for name in ("Edition", "Photo", "PictureUse")
    )
    photos = dict(photo.objects.values_list("slug", "pk"))
    for keys in key_batches(edition.objects.all(), BATCH_SIZE) if photos else ():
        editions = edition.objects.filter(pk__in=keys)
        use.objects.bulk_create(
            (
                use(edition_id=pk, photo_id=photos[slug])
                for pk, refers_to, document in editions.values_list("pk", "refers_to", "document")
                for slug in slugs_in(refers_to, document)
                if slug in photos
            ),
            ignore_conflicts=True,
        )


def slugs_in(refers_to, document):
    """The slugs of the photos that an edition names."""
    if refers_to:
        return set(refers_to.get("photos", ()))
    blocks = (block for region in document["regions"].values() for block in region)
    return {block["picture"]["slug"] for block in blocks if block.get("picture")}


def index_words(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(ON_POSTGRESQL)


def forget_words(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX photo_words")


class Migration(migrations.Migration):
    dependencies = [("articles", "0052_pictures_with_the_truth")]

    operations = [
        migrations.RunPython(fill_photos, migrations.RunPython.noop),
        migrations.RunPython(fill_uses, migrations.RunPython.noop),
        migrations.RunPython(index_words, forget_words),
    ]

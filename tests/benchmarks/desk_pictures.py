"""How quick the library of pictures is: each of its pages with so many pictures, on PostgreSQL.

DATABASE_URL=postgres://… python -m tests.benchmarks.desk_pictures [--photos 100 100000]

The database is there, and is migrated; its stories and pictures are removed between the sizes, so
it must hold nothing of value. Rows are made by SQL, without files: half are used in stories on
the desk, two thirds were ever published, one in forty lacks its alt text or its credit, and every
hundredth is of a file that is there already.
"""

import argparse
import random
import statistics
import time

import django

PAGES = {
    "list": "",
    "list, page 25": "?p=25",
    "search: a common word": "?q=street",
    "search: two words": "?q=street+harbour",
    "search: a rare word": "?q=zanzibar",
    "search: a wrong letter": "?q=zanzibra",
    "search: nothing": "?q=qqqqqqqq",
    "search: a day": "?q=13+December+2016",
    "no alt text": "?lacks=alt",
    "no credit": "?lacks=credit",
    "never used": "?lacks=use",
    "rights ended": "?rights=ended",
    "rights end in 30 days": "?rights=ending",
    "not for others": "?rights=own",
    "licence": "?licence=single",
    "agency": "?agency=Agency+07",
    "no alt text and a word": "?lacks=alt&q=street",
    "doubles": "doubles/",
    "form": "{photo}/change/",
    "replace": "{photo}/replace/",
}
PICKER = "/admin/articles/post/choose/photos/?q=street"
TIMES = 9
WORDS = 4_000
COLUMNS = (
    "slug, file, token, width, height, formats, series, content_hash, focus_x, focus_y, caption,"
    " credit, alt, decorative, rights_note, rights_until, taken_at, added_at, agency, copyright,"
    " keywords, licence, territory, not_for_others, marks, look, words"
)
PHOTOS = f"""
INSERT INTO articles_photo ({COLUMNS})
SELECT 'photo-' || n, 'x/' || n || '.jpg', 'token-' || n, 1800, 1200, 'avif webp jpg', 2,
    md5((n / 100 * 100 + CASE WHEN n %% 100 = 1 THEN 0 ELSE n %% 100 END)::text), 50, 50,
    said, CASE WHEN n %% 40 = 1 THEN '' ELSE 'Anna Brown/' || agency END,
    CASE WHEN n %% 40 = 2 THEN '' ELSE 'What ' || said || ' shows' END, false, '',
    CASE WHEN n %% 10 = 0 THEN current_date + (n %% 700)::int - 350 END,
    now() - n * interval '30 minutes', now() - (%(photos)s - n) * interval '20 minutes',
    agency, '', '', (ARRAY['', 'staff', 'agency', 'single'])[1 + n %% 4], '', n %% 50 = 0, '',
    substr(md5(n::text || 'look'), 1, 16),
    lower(said) || ' anna brown ' || lower(agency) || ' photo ' || n
FROM (
    SELECT n, 'Agency ' || lpad((n %% 30)::text, 2, '0') AS agency,
        array_to_string(ARRAY(
            SELECT (%(words)s::text[])[1 + floor(%(most)s * power(random(), 3) + 0 * n)::int]
            FROM generate_series(1, 12)
        ), ' ') || CASE WHEN n %% 9973 = 7 THEN ' zanzibar' ELSE '' END AS said
    FROM generate_series(1, %(photos)s) n
) drawn
"""  # noqa: S608
POSTS = """
INSERT INTO articles_post (uuid, source, source_id, headline, slug, kicker, standfirst, byline,
    language, status, version, others_version, removed_number, change_kind, change_note,
    embargo_note, saved_at, section_id)
SELECT gen_random_uuid(), 'measured', n::text, 'Story ' || n, 'story-' || n, '', '', '', 'en-gb',
    'published', 1, 0, 0, '', '', '', now() - n * interval '1 minute',
    (SELECT min(id) FROM articles_section)
FROM generate_series(1, %(posts)s) n
"""
CAPTIONS = """
INSERT INTO articles_caption (parent_id, region, ordering, ids, photo_id, caption, credit, alt)
SELECT post.id, 'lead', 10, '[]', photo.id, '', '', ''
FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM articles_photo) photo
JOIN (SELECT id, row_number() OVER (ORDER BY id) AS n FROM articles_post WHERE source = 'measured')
    post ON post.n = 1 + photo.n %% %(posts)s
WHERE photo.n %% 2 = 0
"""
EDITIONS = """
INSERT INTO articles_edition (post_id, number, kind, live_from, live_until, uuid, family,
    published_at, posted_on, slug, headline, kicker, standfirst, language, section_id, byline,
    topics, notes, document, body, renderer, word_count, version, made_at)
SELECT id, 1, 'new', saved_at, '9000-01-01', uuid, uuid, saved_at, saved_at::date, slug, headline,
    '', '', 'en-gb', section_id, '{"authors": [], "text": ""}', '[]', '[]',
    '{"regions": {"lead": [], "body": []}}', '[]', 2, 0, 1, saved_at
FROM articles_post WHERE source = 'measured'
"""
USES = """
INSERT INTO articles_pictureuse (photo_id, edition_id)
SELECT photo.id, edition.id
FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM articles_photo) photo
JOIN (SELECT id, row_number() OVER (ORDER BY id) AS n FROM articles_edition) edition
    ON edition.n = 1 + photo.n %% %(posts)s
WHERE photo.n %% 3 > 0
"""
EMPTY = (
    "TRUNCATE articles_photo, articles_pictureuse, articles_caption, articles_edition,"
    " articles_post CASCADE"
)


def fill(photos: int) -> None:
    from django.db import connection

    rng = random.Random(7)
    syllables = ["ba", "ke", "li", "mo", "nu", "ra", "si", "to", "va", "ze"]
    words = ["street", "harbour", "minister", "police", "rain"]
    words += ["".join(rng.choices(syllables, k=4)) for _ in range(WORDS)]
    values = {"photos": photos, "words": words, "most": WORDS, "posts": max(20, photos // 5)}
    with connection.cursor() as cursor:
        cursor.execute(EMPTY)
        cursor.execute(
            "INSERT INTO articles_section (name, slug, position, description)"
            " VALUES ('Measured', 'measured', 1, '') ON CONFLICT DO NOTHING"
        )
        cursor.execute(PHOTOS, values)
        for sql in (POSTS, CAPTIONS, EDITIONS, USES):
            cursor.execute(sql, values if "%(" in sql else None)
        cursor.execute("ANALYZE")


def measured(client, address: str) -> tuple[float, int]:
    """(milliseconds, queries) of a page: the middle of several times."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code in {200, 302}, address
        queries = len(asked)
    times = []
    for _ in range(TIMES):
        began = time.perf_counter()
        client.get(address)
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times), queries


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--photos", type=int, nargs="+", default=[100, 100_000])
    sizes = parser.parse_args().photos
    django.setup()
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.test import Client

    from articles.models import Photo

    call_command("migrate", verbosity=0)
    editor, _ = User.objects.get_or_create(
        username="measured", defaults={"is_staff": True, "is_superuser": True}
    )
    found: dict[str, list] = {}
    for size in sizes:
        fill(size)
        client = Client(headers={"host": "localhost"})
        client.force_login(editor)
        photo = Photo.objects.order_by("pk")[size // 2].pk
        pages = {
            name: f"/admin/articles/photo/{path.format(photo=photo)}"
            for name, path in PAGES.items()
        }
        for name, address in (pages | {"picker: a common word": PICKER}).items():
            found.setdefault(name, []).append(measured(client, address))
    print(f"{'':28}" + "".join(f"{size:>22,}" for size in sizes))
    for name, values in found.items():
        cells = "".join(
            f"{ms:>11.0f} ms {queries:>2} queries"[:22].rjust(22) for ms, queries in values
        )
        print(f"{name:28}{cells}")


if __name__ == "__main__":
    main()

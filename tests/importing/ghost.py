"""Ghost exports of our own making."""

import json

SECRETS = {
    "api_keys": [{"id": "1", "secret": "SECRET-key"}],
    "settings": [{"key": "mailgun_api_key", "value": "SECRET-setting"}],
    "members": [{"id": "1", "email": "SECRET-member@old.example", "name": "SECRET-name"}],
    "sessions": [{"session_data": "SECRET-session"}],
    "integrations": [{"name": "SECRET-integration"}],
    "webhooks": [{"target_url": "https://SECRET-hook.example/"}],
}
USERS = [
    {
        "id": "u1",
        "name": "Anna Brown",
        "slug": "anna",
        "bio": "Writes.",
        "profile_image": "__GHOST_URL__/content/images/anna.jpg",
        "email": "SECRET-anna@old.example",
        "password": "$2a$SECRET-hash",
    },
    {"id": "u2", "name": "Carl", "slug": "carl", "email": "SECRET-carl@old.example"},
]
TAGS = [
    {"id": "t1", "name": "Politics", "slug": "politics", "visibility": "public"},
    {"id": "t2", "name": "Syria", "slug": "syria", "visibility": "public"},
    {"id": "t3", "name": "#newsletter", "slug": "hash-newsletter", "visibility": "internal"},
]


def post(key="p1", **fields):
    return {
        "id": key,
        "uuid": f"uuid-{key}",
        "title": "A story",
        "slug": f"story-{key}",
        "html": "<p>Words.</p>",
        "type": "post",
        "status": "published",
        "visibility": "public",
        "published_at": "2016-12-13T10:00:00.000Z",
        "updated_at": "2017-01-02T03:04:05.000Z",
        "email": "SECRET-post@old.example",
    } | fields


def export(*posts, version="5.75.0", bare=False, authors=None, tags=None, meta=(), **tables):
    """The text of an export; by default each post is of u1 and has the tags t1, t2 and t3."""
    keys = [each["id"] for each in posts]
    relate = {
        "posts_authors": authors
        if authors is not None
        else [{"post_id": key, "author_id": "u1", "sort_order": 0} for key in keys],
        "posts_tags": tags
        if tags is not None
        else [
            {"post_id": key, "tag_id": tag, "sort_order": place}
            for key in keys
            for place, tag in enumerate(("t1", "t2", "t3"))
        ],
    }
    data = SECRETS | {"posts": list(posts), "users": USERS, "tags": TAGS, "posts_meta": list(meta)}
    whole = {
        "meta": {"exported_on": 1481623200000, "version": version},
        "data": data | relate | tables,
    }
    return json.dumps(whole if bare else {"db": [whole]})


def lexical(*children):
    return json.dumps({"root": {"type": "root", "children": list(children)}})


def words(text, format=0):  # noqa: A002
    return {"type": "extended-text", "text": text, "format": format}


def paragraph(*children):
    return {"type": "paragraph", "children": list(children)}

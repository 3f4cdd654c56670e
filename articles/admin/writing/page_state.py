"""What the writing screen's script is given with the page."""

from django.conf import settings
from django.urls import reverse

from ...desk.blocks import BLOCK_MODELS, Embed, Text
from ...desk.preview_links.rules import SHARE
from ...desk.rights.may_do import may_somewhere
from ...desk.workflow import may_change
from ...desk.writing.document import read
from ...desk.writing.forbidden import locked_kinds
from ...desk.writing.gallery_nodes import pictures_of
from ...library.languages import direction
from ...publishing.link_check.gone_embeds import gone_embeds
from ..choosers.facts import facts_of_photos, facts_of_stories
from ..recordings.facts import facts_of_recordings
from ..steps.status_summary import display_name

BEST_HEADLINE = 70
"""Characters of a headline that lists, search engines and phones show whole."""


def page_state(request, post):
    """The page's state, as JSON values (see static/admin-desk/writing/main.js)."""
    document = read(post).document if post else {"lead": [], "body": []}
    language = post.language if post else settings.LANGUAGE_CODE
    return {
        "post": post.pk if post else None,
        "story": str(post.uuid) if post else "",
        "version": post.version if post else 0,
        "document": document,
        "refs": refs_of(document) | {"gone": gone_in(document, post)},
        "kinds": [kind for kind in BLOCK_MODELS if kind != Text.kind],
        "locked": locked_kinds(request.user, post),
        "readonly": bool(post) and not may_change(post, request.user),
        "mayShare": may_somewhere(request.user, SHARE),
        "user": {"id": request.user.pk, "name": display_name(request.user)},
        "language": language.replace("_", "-"),
        "direction": direction(language),
        "headlineBest": BEST_HEADLINE,
        "urls": urls(post),
    }


def gone_in(document, post):
    """The addresses of embeds that are known to show nothing any more. No query without embeds."""
    has_embeds = any(node["type"] == Embed.kind for node in document["body"])
    return sorted(gone_embeds([post.pk])[post.pk]) if post and has_embeds else []


def urls(post):
    """The addresses that the script asks."""
    names = {"photos", "stories", "refs", "upload", "photo_words", "embed", "embed_fetch"}
    found = {name: reverse(f"admin:articles_post_{name}") for name in names}
    found |= {
        "recordings": reverse("admin:articles_recording_choose"),
        "drop": reverse("admin:articles_recording_drop"),
        "mostBytes": settings.MEDIA_MAX_BYTES,
    }
    found |= {"save": reverse("admin:articles_post_save_new"), "login": reverse("admin:login")}
    if post:
        found |= {
            name: reverse(f"admin:articles_post_{name}", args=[post.pk])
            for name in (
                "save",
                "since",
                "standing",
                "preview",
                "unsaved",
                "share",
                "history",
            )
        }
    return found


def refs_of(document):
    """The facts of all that a document names: {photos: {slug: facts}, recordings: {slug: facts},
    stories: {uuid: facts}}."""
    nodes = [node for region in document.values() for node in region]
    attrs = [each for node in nodes for each in (node["attrs"], *pictures_of(node))]
    return {
        "photos": facts_of_photos(each["photo"] for each in attrs if each.get("photo")),
        "recordings": facts_of_recordings(
            each["recording"] for each in attrs if each.get("recording")
        ),
        "stories": facts_of_stories(each["story"] for each in attrs if each.get("story")),
    }

"""Roles: who may do what on the desk. A migration makes the groups from this table."""

from django.utils.translation import gettext_noop

REPORTER = gettext_noop("Reporter")
EDITOR = gettext_noop("Editor")
PICTURE_EDITOR = gettext_noop("Picture editor")
ADMINISTRATOR = gettext_noop("Administrator")

BLOCKS = ("text", "caption", "relatedlink", "pullquote", "embed")
PARTS = (*BLOCKS, "postauthor", "posttopic")
REFERENCE = ("section", "topic", "topicalias", "author")


def _all(*models):
    return {f"{verb}_{model}" for model in models for verb in ("add", "change", "delete", "view")}


def _view(*models):
    return {f"view_{model}" for model in models}


_EVERYBODY = _view("post", "photo", "transition", "edition", *PARTS, *REFERENCE)
_WRITES = {"add_post", "change_post", *_all(*PARTS), "add_topic", "add_photo", "change_photo"}

# Role → the codenames of its permissions in this app. Administrators also look after accounts.
PERMISSIONS = {
    REPORTER: _EVERYBODY | _WRITES | {"send_post_to_review"},
    EDITOR: _EVERYBODY
    | _WRITES
    | _all("topic", "topicalias", "author", "photo")
    | {"delete_post", "change_any_post"}
    | {"send_post_to_review", "approve_post", "publish_post"},
    PICTURE_EDITOR: _EVERYBODY
    | _all("photo", "caption")
    | {"change_post", "change_any_post", "send_post_to_review"},
    ADMINISTRATOR: _EVERYBODY
    | _all("post", "photo", *PARTS, *REFERENCE)
    | {"change_any_post", "send_post_to_review", "approve_post", "publish_post"},
}

ACCOUNTS = _all("user") | _view("group")
"""What an administrator may do with accounts, beyond this app."""

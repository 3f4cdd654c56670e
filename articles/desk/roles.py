"""Roles: who may do what on the desk. A migration makes the groups from this table."""

from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.utils.translation import gettext_noop

REPORTER = gettext_noop("Reporter")
EDITOR = gettext_noop("Editor")
PICTURE_EDITOR = gettext_noop("Picture editor")
ADMINISTRATOR = gettext_noop("Administrator")
LAWYER = gettext_noop("Lawyer")

BLOCK_TABLES = (
    *("text", "caption", "gallery", "relatedlink", "pullquote", "embed", "table"),
    *("chart", "film", "sound", "alternative"),
)
PART_TABLES = (*BLOCK_TABLES, "postauthor", "posttopic")
FRONT_TABLES = ("placement", "breaking", "topicpin")
REFERENCE_TABLES = ("section", "topic", "topicalias", "author", "authoralias")


def _all(*models: str) -> set[str]:
    return {f"{verb}_{model}" for model in models for verb in ("add", "change", "delete", "view")}


def _view(*models: str) -> set[str]:
    return {f"view_{model}" for model in models}


_EVERYBODY = _view(
    "post",
    "photo",
    "recording",
    "transition",
    "edition",
    *FRONT_TABLES,
    *PART_TABLES,
    *REFERENCE_TABLES,
) | _view("houseword")
_WRITES = {"add_post", "change_post", *_all(*PART_TABLES), "add_topic", "add_photo", "change_photo"}
_WRITES |= {"add_recording", "change_recording"}

# Role → the codenames of its permissions in this app. Administrators also look after accounts.
PERMISSIONS: dict[str, set[str]] = {
    REPORTER: _EVERYBODY | _WRITES | {"send_post_to_review", "share_preview"},
    EDITOR: _EVERYBODY
    | _WRITES
    | _all("topic", "topicalias", "author", "authoralias", "photo", "recording", *FRONT_TABLES)
    | {"delete_post", "change_any_post"}
    | {"send_post_to_review", "approve_post", "publish_post", "plan_post"}
    | _all("houseword")
    | {"kill_post", "place_hold", "share_preview"},
    PICTURE_EDITOR: _EVERYBODY
    | _all("photo", "caption", "gallery", "recording", "film", "sound", "alternative")
    | {"change_post", "change_any_post", "send_post_to_review", "share_preview"},
    ADMINISTRATOR: _EVERYBODY
    | _all("post", "photo", "recording", *FRONT_TABLES, *PART_TABLES, *REFERENCE_TABLES)
    | {"change_any_post", "send_post_to_review", "approve_post", "publish_post", "plan_post"}
    | {"view_machine", "view_oldaddress", "add_oldaddress", "delete_oldaddress", "import_stories"}
    | {"view_log", "see_as"}
    | _all("houseword")
    | {"set_house_style"}
    | {"break_embargo", "place_hold", "lift_hold", "kill_post", "open_sealed", "share_preview"},
    # Reads all, what is sealed too, tells colleagues in notes, and stops what may not go out.
    LAWYER: _EVERYBODY | {"place_hold", "lift_hold", "open_sealed"},
}

ACCOUNTS = _all("user") | _view("group")
"""What an administrator may do with accounts, beyond this app."""


def make_roles(apps: Apps, schema_editor: object = None) -> None:
    """Create or update the roles. For migrations, whose app registry it takes.

    Permissions are made first where a new database has none yet.
    """
    for label in ("articles", "auth"):
        config = apps.get_app_config(label)
        # A migration's apps have no modules, and without one no permissions are made.
        module = getattr(config, "models_module", None)
        config.models_module = True  # type: ignore[assignment]
        create_permissions(config, apps=apps, verbosity=0)
        config.models_module = module
    groups, permissions = (apps.get_model("auth", name) for name in ("Group", "Permission"))
    for role, codenames in PERMISSIONS.items():
        group, _ = groups.objects.get_or_create(name=role)
        granted = permissions.objects.filter(
            content_type__app_label="articles", codename__in=codenames
        )
        group.permissions.set(granted)
        if role == ADMINISTRATOR:
            accounts = permissions.objects.filter(
                content_type__app_label="auth", codename__in=ACCOUNTS
            )
            group.permissions.add(*accounts)

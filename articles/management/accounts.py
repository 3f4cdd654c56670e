"""The demo newsroom's accounts: one for each role."""

from django.contrib.auth.models import Group, User
from django.db import transaction

from ..desk import roles
from ..models import Author, Post

PASSWORD = "newsroom-demo"  # noqa: S105 (anybody may know it: it opens only a demo)

# User name → role and, in the demo, the author that this person is.
PEOPLE = {
    "reporter": (roles.REPORTER, "leila-haddad"),
    "editor": (roles.EDITOR, "hannah-whitcombe"),
    "picture-editor": (roles.PICTURE_EDITOR, None),
    "administrator": (roles.ADMINISTRATOR, None),
    "lawyer": (roles.LAWYER, None),
}


@transaction.atomic
def make_accounts():
    """Make the accounts that are missing. Returns [(user, role)]."""
    accounts = []
    for name, (role, _author) in PEOPLE.items():
        user = User.objects.filter(username=name).first()
        if user is None:
            user = User.objects.create_user(name, password=PASSWORD, is_staff=True)
            user.groups.add(Group.objects.get(name=role))
        accounts.append((user, role))
    return accounts


@transaction.atomic
def give_demo_accounts_their_work():
    """Link people to their bylines, and make the reporter the author of the demo's drafts."""
    for name, (_role, slug) in PEOPLE.items():
        user = User.objects.get(username=name)
        if slug and not Author.objects.filter(user=user).exists():
            Author.objects.filter(slug=slug, user=None).update(user=user)
    reporter = User.objects.get(username="reporter")
    Post.objects.filter(source="demo", status=Post.Status.DRAFT, created_by=None).update(
        created_by=reporter
    )

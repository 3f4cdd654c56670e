"""The line of time: everything that happened to a story, newest first."""

import datetime as dt
from dataclasses import dataclass, field
from itertools import pairwise

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _

from ....desk.post import Post
from ....desk.transition import Transition
from ....publishing.dates import FOREVER
from ....publishing.editions.document import compose
from ...fields.datetime_fields import format_moment
from ...steps.status_summary import display_name
from ...time_machine.moments import time_machine_url
from .changes import Document, sentence_of_changes
from .versions import Version, versions_of

Action = Transition.Action

MOST_ROWS = 1_000
"""Of revisions, of editions and of steps: the newest."""
PAGE_SIZE = 40

MAKES_EDITION = {Action.PUBLISH, Action.SCHEDULE, Action.PUT_BACK}


@dataclass
class Entry:
    """One line: when, who, and what happened; with the version that it made, if it made one.

    `changes` is a sentence on what changed since `before`, a Version.
    """

    at: dt.datetime
    who: str
    what: str
    note: str = ""
    version: Version | None = None
    before: Version | None = None
    details: list[str] = field(default_factory=list)
    changes: str = ""
    is_on_desk: bool = False
    as_seen_url: str = ""
    taken_at: Version | None = None

    @property
    def order(self) -> tuple:
        return self.at, self.version.number if self.version else 0, bool(self.version)


def timeline(post, *, user):
    """The Entries of a post, newest first, as far as this person may see them; in a constant number
    of queries. What changed is not told yet (`tell_changes`)."""
    # Of a story that is only planned there are no words yet.
    is_written = post.status != Post.Status.PLANNED
    sees_words = is_written and user.has_perm("articles.view_edition")
    versions = versions_of(post, most=MOST_ROWS) if sees_words else []
    steps = []
    if user.has_perm("articles.view_transition"):
        steps = list(post.transitions.select_related("by")[:MOST_ROWS])
    entries = [*_of_versions(versions, post, steps), *_of_steps(steps, versions)]
    entries += [*_of_links(post), *_of_approvals_by_link(post, versions)]
    entries += _of_old_saves(post, versions)
    if sees_words and post.source != "desk":
        entries += _of_sides_chosen(post)
    return sorted(entries, key=lambda entry: entry.order, reverse=True)


def tell_changes(entries):
    """Say of each of these entries what changed in it; their words are read in two queries."""
    documents = _documents({v for e in entries for v in (e.version, e.before) if v})
    for entry in entries:
        if entry.version and entry.before:
            before, after = documents[entry.before.key], documents[entry.version.key]
            entry.changes = sentence_of_changes(before, after)


def _documents(versions):
    """Their Documents, by key."""
    found = {}
    for kind in ("copy", "edition"):
        rows = {each.row.pk: each for each in versions if each.kind == kind}
        if rows:
            model = type(next(iter(rows.values())).row)
            words = ["document"] if kind == "copy" else ["document", "packed"]
            for row in model.objects.filter(pk__in=rows).only(*words):
                found[rows[row.pk].key] = Document(row.document)
    for version in versions:
        if version.kind == "now":
            found[version.key] = Document(compose(version.row))
    return found


def _of_versions(versions, post, steps):
    """A line for each version, with the step that published it."""
    published = {(step.version, step.at): step for step in steps if step.action in MAKES_EDITION}
    before = _before(versions)
    on_desk = next((each for each in versions if each.version == post.version), None)
    for version in versions:
        entry = Entry(version.at, version.who, "", version=version, before=before.get(version.key))
        entry.is_on_desk = version == on_desk
        if version.kind == "edition":
            _tell_edition(entry, published.get((version.version, version.at)))
        elif version.kind == "now":
            entry.what = _("Saved")
        else:
            entry.what = version.row.get_reason_display()
        yield entry


def _before(versions):
    """The version that each is compared with: an edition with the edition before it, if there is
    one; all else with the version saved before it."""
    oldest_first = sorted(versions, key=lambda each: (each.version, each.kind == "edition"))
    found = {newer.key: older for older, newer in pairwise(oldest_first)}
    editions = [each for each in oldest_first if each.kind == "edition"]
    return found | {newer.key: older for older, newer in pairwise(editions)}


def _tell_edition(entry, step):
    """Say what readers saw of an edition, and from when to when."""
    edition = entry.version.row
    entry.what = step.get_action_display() if step else _("Published")
    entry.note = step.note if step else ""
    seen = {"start": format_moment(edition.live_from), "end": format_moment(edition.live_until)}
    span = _("from %(start)s") if edition.live_until == FOREVER else _("%(start)s to %(end)s")
    entry.as_seen_url = time_machine_url(edition.live_from, edition.get_absolute_url())
    entry.details = [
        _("Edition %(number)s (%(kind)s), for readers %(span)s")
        % {
            "number": edition.number,
            "kind": edition.get_kind_display(),
            "span": span % seen,
        }
    ]


def _of_steps(steps, versions):
    """A line for each step that made no edition."""
    editions = {(v.version, v.at) for v in versions if v.kind == "edition"}
    by_number = {v.version: v for v in reversed(versions) if v.kind != "now"}
    for step in steps:
        if step.action in MAKES_EDITION and (step.version, step.at) in editions:
            continue
        entry = Entry(step.at, display_name(step.by), step.get_action_display(), note=step.note)
        entry.taken_at = by_number.get(step.version)
        if step.due_at:
            entry.details = [_("for %s") % format_moment(step.due_at)]
        yield entry


def _of_links(post):
    """Lines for the preview links that were made and revoked."""
    for link in post.preview_links.select_related("made_by", "revoked_by")[:MOST_ROWS]:
        for_whom = _("for %s") % link
        ends = _("Ends %s") % format_moment(link.ends_at)
        maker = display_name(link.made_by) if link.made_by else ""
        yield Entry(link.made_at, maker, _("Preview shared"), details=[for_whom, ends])
        if link.revoked_at:
            revoker = display_name(link.revoked_by) if link.revoked_by else ""
            yield Entry(link.revoked_at, revoker, _("Preview link revoked"), details=[for_whom])


def _of_approvals_by_link(post, versions):
    """Lines for what people outside approved."""
    by_number = {v.version: v for v in reversed(versions) if v.kind != "now"}
    for approval in post.preview_approvals.select_related("link")[:MOST_ROWS]:
        yield Entry(
            approval.at,
            approval.name,
            _("Approved by preview link"),
            details=[
                _("Version %s") % approval.version,
                _("The link was made for %s.") % approval.link,
            ],
            taken_at=by_number.get(approval.version),
        )


def _of_sides_chosen(post):
    """Lines for choices between what an imported story says here and there."""
    for chosen in post.sides_chosen.select_related("by")[:MOST_ROWS]:
        entry = Entry(chosen.at, display_name(chosen.by), chosen.get_side_display())
        if chosen.saved_there_at:
            there = {"source": chosen.source, "moment": format_moment(chosen.saved_there_at)}
            entry.details = [_("What %(source)s says as of %(moment)s") % there]
        yield entry


def _of_old_saves(post, versions):
    """Lines for saves from before every save was kept, as the admin logged them."""
    first = min((v.at for v in versions if v.kind == "copy"), default=None)
    saves = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(post), object_id=str(post.pk)
    )
    if first:
        saves = saves.filter(action_time__lt=first)
    elif versions and versions[0].kind == "now" and post.saved_by_id:
        saves = saves.filter(action_time__lt=versions[0].at)
    for save in saves.select_related("user").order_by("-action_time", "-pk")[:MOST_ROWS]:
        message = save.get_change_message()
        yield Entry(save.action_time, display_name(save.user), message or _("Saved"))

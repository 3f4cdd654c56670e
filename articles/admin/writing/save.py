"""One save of a story from the writing screen: merged with what colleagues saved meanwhile."""

import hashlib
import json
from copy import copy

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from ...desk.blocks import Alternative
from ...desk.optimistic_lock import next_version
from ...desk.post import Post
from ...desk.search.index import index_posts
from ...desk.workflow import may_set_dates, refuse_foreign_section
from ...desk.writing.document import InvalidDocument, normalise, read, write
from ...desk.writing.merge import merge
from ...library.whole_numbers import INTEGER_DIGITS, parse_whole_number
from ...publishing.steps.checkpoint import Reason, keep, keep_replaced
from ..fields.alike_topics import alike_sentences
from ..steps.status_summary import display_name
from .field_merge import merge_fields

EMPTY = {"lead": [], "body": []}


class NeedsBase(Exception):
    """Somebody saved meanwhile: the save must come with the document that it started from."""


class NotSaved(Exception):
    """A save that cannot be taken as it is: a sentence, and {id of a node: [sentence]}."""

    def __init__(self, sentence, block_errors=None):
        self.sentence, self.block_errors = sentence, block_errors or {}
        super().__init__(sentence)


class StorySave:
    """What one person sends of one story; `post`, locked, is None for a new one.

    A retry of one that made a new story (its answer was lost) starts from an empty story. After
    `run`: `errors` by field and `block_errors` by node, of what stays as it was; `document`, the
    merged one if it is not what was sent; `is_stale`, whether a colleague saved since the page was
    told; `settled`, fields in which a colleague's choice stays; `changed`, whether anything was
    stored.
    """

    def __init__(self, admin, request, post, *, is_retry=False):
        self.admin, self.request, self.is_retry = admin, request, is_retry
        self.is_new = post is None
        self.post = post or Post(created_by=request.user, saved_by=request.user)
        # A form puts what was sent into its post, before anything is stored.
        self.as_stored = copy(self.post)
        self.is_auto = bool(request.POST.get("auto"))
        self.errors, self.block_errors = {}, {}
        self.settled = []
        self.stored = self.document = None
        self.changed = self.is_stale = False

    def run(self):
        """Store it. Raises NeedsBase, NotSaved or PermissionDenied."""
        if not self.is_new:
            self.stored = read(self.post)
        before = self.stored.document if self.stored else EMPTY
        wanted = self.wanted_document(before)
        form = self.valid_form()
        fields = merge_fields(form)
        self.settled, self.is_stale = fields.settled, self.is_stale or bool(fields.merged)
        if fields.alternatives:
            # The page must have them too: its next save would take them away.
            shown = self.document or wanted
            self.document = with_alternatives(shown, fields.alternatives, self.colleague)
            wanted = with_alternatives(wanted, fields.alternatives, self.colleague)
        self.changed = self.is_new or fields.changed or wanted != before
        if self.changed:
            self.store(form, wanted)
        elif not self.is_auto and self.post.saved_by_id == self.request.user.pk:
            # The page has saved it by itself; now somebody means it.
            keep(self.post, reason=Reason.SAVED)
        return self

    def wanted_document(self, stored):
        """The document that is to be stored: what was sent, merged with what is stored."""
        sent = self.json_in("document")
        self.is_stale = not self.is_new and self.started_from != self.post.version
        if sent is None:
            # The page goes on from the new version, so it must have its words too.
            self.document = stored if self.is_stale else None
            return stored
        try:
            mine = normalise(sent, stored)
            if not self.is_stale:
                return mine
            base = EMPTY if self.is_retry else normalise(self.base(), stored)
        except InvalidDocument as invalid:
            raise NotSaved(_("Part of the story cannot be saved."), invalid.errors) from None
        except ValidationError as error:
            raise NotSaved(" ".join(error.messages)) from None
        if self.was_stored_before(stored):
            return mine
        merged = with_wordings_in_the_body(merge(base, stored, mine, who=self.colleague).document)
        if merged != mine:
            self.document = as_sent(merged, mine, sent)
        return merged

    def was_stored_before(self, stored):
        """Whether what is stored is what this page sent before, when the answer was lost."""
        tried = self.json_in("tried")
        return isinstance(tried, list) and any(is_of(each, stored) for each in tried[:5])

    def base(self):
        """The document that this save started from. Raises NeedsBase when it was not sent."""
        if (base := self.json_in("base")) is None:
            raise NeedsBase
        return base

    @property
    def started_from(self):
        """The version that the page shows."""
        if self.is_retry:
            return 0
        version = parse_whole_number(self.request.POST.get("version"), max_digits=INTEGER_DIGITS)
        if version is None or version > self.post.version:
            raise NotSaved(
                _("This page names a version that the story does not have. Load it again.")
            )
        return version

    @property
    def colleague(self):
        """Whose words are merged with these."""
        return display_name(self.post.saved_by)

    def json_in(self, name):
        text = self.request.POST.get(name)
        if not text:
            return None
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            raise NotSaved(_("This page sent something that is no story. Load it again.")) from None

    def valid_form(self):
        """The form of the fields that were sent, without those that are not valid."""
        form = self.admin.sent_form(self.request, self.post)
        if not self.is_valid(form):
            self.errors = {name: list(map(str, found)) for name, found in form.errors.items()}
            if "__all__" in self.errors:
                raise NotSaved(" ".join(self.errors["__all__"]))
            # The form has put into its post what was valid: this one compares with what is stored.
            self.post = copy(self.as_stored)
            form = self.admin.sent_form(self.request, self.post, without=self.errors)
            if not form.is_valid():
                raise NotSaved(" ".join(str(error) for error in form.errors.values()))
        return form

    def is_valid(self, form):
        """Whether all that was sent can be stored: the section, and the date there, too."""
        if not form.is_valid():
            return False
        if "section" in form.fields:
            try:
                refuse_foreign_section(self.as_stored, form.instance.section, by=self.request.user)
            except PermissionDenied as refusal:
                form.add_error("section", str(refusal))
        is_dated = "published_at" in form.changed_data
        if is_dated and not may_set_dates(self.request.user, form.instance):
            form.add_error("published_at", _("You may not date stories of this section."))
        return form.is_valid()

    def store(self, form, document):
        request, post, now = self.request, self.post, timezone.now()
        if self.is_new:
            post.saved_at = now
        else:
            keep_replaced(post, now=now)
            next_version(post, copy(post), by=request.user, now=now)
        for sentence in alike_sentences(form):
            messages.info(request, sentence)
        form.save(commit=False)
        refuse_foreign_section(self.as_stored, post.section, by=request.user)
        post.save()
        form.save_m2m()
        stored = self.stored or read(post)
        self.block_errors = write(post, stored, document, by=request.user)
        index_posts([post.pk])
        if not self.is_auto:
            keep(post, now=now, reason=Reason.SAVED)
            words_changed = document != stored.document
            self.admin.log_save(request, form, is_new=self.is_new, words_changed=words_changed)


def is_of(sent, stored):
    """Whether a document that a browser sent is the one that is stored."""
    try:
        return normalise(sent, stored) == stored
    except (InvalidDocument, ValidationError):
        return False


def with_wordings_in_the_body(document):
    """The document with alternatives about the picture above the story before its text."""
    lead = [node for node in document["lead"] if node["type"] != Alternative.kind]
    moved = [node for node in document["lead"] if node["type"] == Alternative.kind]
    return {"lead": lead, "body": [*moved, *document["body"]]}


def with_alternatives(document, texts, who):
    """The document with colleagues' texts of the story's own fields, {name: text}, before it."""
    nodes = [
        {
            "type": Alternative.kind,
            "attrs": {
                "id": key_of(name, text),
                "about": "",
                "field": name,
                "text": text,
                "who": who,
            },
        }
        for name, text in texts.items()
    ]
    known = {node["attrs"]["id"] for node in document["body"]}
    new = [node for node in nodes if node["attrs"]["id"] not in known]
    return document | {"body": [*new, *document["body"]]}


def key_of(name, text):
    """The id of an alternative: the same for the same words, which stand there once."""
    return hashlib.sha256(f"{name}\x00{text}".encode()).hexdigest()[:12]


def as_sent(merged, mine, sent):
    """The merged document with the nodes that are as they were sent just as they were sent: a space
    at the end of a paragraph must not vanish while somebody types there."""
    originals = {}
    for region in merged:
        # An id that is none may be a list.
        originals |= {str(node["attrs"].get("id")): node for node in sent[region]}
    typed = {node["attrs"]["id"]: node for region in mine for node in mine[region]}

    def original(node):
        key = node["attrs"]["id"]
        return originals.get(key, node) if typed.get(key) == node else node

    return {region: [original(node) for node in merged[region]] for region in merged}

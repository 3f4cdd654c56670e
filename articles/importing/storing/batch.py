"""A batch of stories, stored in one transaction; one by one where one of them is at fault."""

import datetime as dt
import json
import logging
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from ...desk.workflow import Refusal
from ...library.author import Author
from ...library.section import Section
from ...library.topic import Topic
from ..imported_story import ImportedStory, hash_of
from ..incoming import Incoming, Use
from ..names import AUTHOR, BYLINE, DROP, SECTION, TOPIC, names_of
from ..options import Options
from ..pictures.find import PictureFinder
from ..pictures.used import words_used
from ..scratch import Scratch
from .blocks import Builder, converted
from .links import Links
from .plan import Plan, fingerprints_of, make_post
from .renew import was_worked_on
from .store import store

log = logging.getLogger(__name__)

BATCH_SIZE = 200


class Batches:
    """Stores batches; what becomes of each story is noted in the scratch database."""

    def __init__(
        self, scratch: Scratch, options: Options, hosts: set[str], pictures: PictureFinder
    ) -> None:
        self.scratch, self.options, self.hosts, self.pictures = scratch, options, hosts, pictures
        self.sections = Section.objects.in_bulk()

    def work(self, rows: list[tuple[str, str, str]], *, now: dt.datetime) -> None:
        """Import the stories of some rows: (id, data, slug)."""
        changed = self.changed(rows)
        plans = self.planned(changed, now=now)
        if not plans:
            return
        try:
            with transaction.atomic():
                outcomes = store(plans, self.options, now=now)
        except (DatabaseError, Refusal, ValidationError, ValueError) as error:
            log.info("A batch is stored story by story: %s", error)
            outcomes = [self.alone(plan, now=now) for plan in plans]
        for plan, outcome in zip(plans, outcomes, strict=True):
            self.note(plan, *outcome)

    def alone(self, plan: Plan, *, now: dt.datetime) -> tuple[str, str]:
        """What becomes of a story by itself, after its batch failed."""
        # Another of the batch may have made an empty draft of it since, to link to.
        known = self.known([plan.id]).get(plan.id)
        plans = self.planned([(plan.incoming, plan.fingerprint, known, plan.slug)], now=now)
        if not plans:
            return "refused", ""
        plan.problems = plans[0].problems
        try:
            with transaction.atomic():
                return store(plans, self.options, now=now)[0]
        except (DatabaseError, Refusal, ValidationError, ValueError) as error:
            return "refused", sentence(error)

    def changed(
        self, rows: list[tuple[str, str, str]]
    ) -> list[tuple[Incoming, str, ImportedStory | None, str]]:
        """Those stories that are new or have changed; the others are noted as they are."""
        known = self.known(key for key, _data, _slug in rows)
        stories = [(key, data, slug, incoming_of(data)) for key, data, slug in rows]
        said = words_used(self.scratch, [story for *_others, story in stories])
        found = []
        for key, data, slug, story in stories:
            before = known.get(key)
            fingerprint, *others = fingerprints_of(data, story, self.options, said.get(key, ""))
            if before and before.post is None:
                self.outcome(story, "unchanged", "deleted_here")
            elif before and before.fingerprint in {fingerprint, *others}:
                if self.has_new_pictures(before):
                    found.append((story, fingerprint, before, slug or ""))
                else:
                    self.outcome(story, "unchanged")
            elif before and was_worked_on(before):
                self.conflict(story, fingerprint, before)
            else:
                found.append((story, fingerprint, before, slug or ""))
        return found

    def has_new_pictures(self, before: ImportedStory) -> bool:
        """Whether a picture that an unchanged story lacks has come since, and nobody here has
        worked on the story."""
        if not before.missing or was_worked_on(before):
            return False
        uses = (Use(address=address, attachment=number) for address, number in before.missing)
        return any(self.pictures.is_given(use) for use in uses)

    def known(self, keys: Iterable[str]) -> dict[str, ImportedStory]:
        hashes = {hash_of(key): key for key in keys}
        rows = ImportedStory.objects.filter(source=self.options.source, reference_hash__in=hashes)
        return {hashes[row.reference_hash]: row for row in rows.select_related("post")}

    def planned(
        self, stories: list[tuple[Incoming, str, ImportedStory | None, str]], *, now: dt.datetime
    ) -> list[Plan]:
        """Plans with their blocks; a story that cannot be read is refused by itself."""
        plans, texts = [], []
        for story, fingerprint, before, slug in stories:
            plan = Plan(story, fingerprint, before, slug=slug)
            try:
                texts.append(converted(plan))
                plans.append(plan)
            except (ValueError, RecursionError, MemoryError) as error:
                self.outcome(story, "refused", sentence(error))
        links = Links(self.scratch, self.hosts, texts)
        self.add_names(plans)
        builder = Builder(links, self.pictures)
        for plan, text in zip(plans, texts, strict=True):
            plan.problems += plan.incoming.notes
            builder.build(plan, text)
            plan.post = make_post(plan, self.options, now=now)
            self.leave_unchosen(plan, links)
        return plans

    def leave_unchosen(self, plan: Plan, links: Links) -> None:
        """With `--limit` or `--only` some stories are not there to be linked to: that is for the
        whole run, which then finds that this one changed."""
        missing = {key for key in plan.targets.values() if key not in links.chosen}
        if not missing:
            return
        there = {row.reference for row in self.known(missing).values() if row.post_id}
        gone = [
            block for block in plan.blocks if plan.targets.get(id(block), "") in missing - there
        ]
        plan.blocks = [block for block in plan.blocks if block not in gone]
        for block in gone:
            del plan.targets[id(block)]
        if gone:
            plan.fingerprint = f"partial:{plan.fingerprint}"[:64]

    def add_names(self, plans: list[Plan]) -> None:
        """The section, topics and authors of each plan, in a query for each kind."""
        names = names_of(self.scratch, [plan.incoming for plan in plans])
        topics = Topic.objects.in_bulk({pk for goes, pk, _name in names.values() if goes == TOPIC})
        authors = Author.objects.in_bulk(
            {pk for goes, pk, _name in names.values() if goes == AUTHOR}
        )
        for plan in plans:
            self.add_section_and_topics(plan, names, topics)
            for each in plan.incoming.authors:
                goes, pk, name = names.get(("author", each.key), (DROP, None, ""))
                if goes == AUTHOR and authors[pk] not in plan.authors:
                    plan.authors.append(authors[pk])
                elif goes == BYLINE:
                    plan.byline = ", ".join(filter(None, (plan.byline, name)))
                elif goes == DROP:
                    plan.tell("author_dropped", name or each.key)

    def add_section_and_topics(self, plan: Plan, names: dict, topics: dict[int, Topic]) -> None:
        for kind, rows in (("category", plan.incoming.categories), ("tag", plan.incoming.tags)):
            for each in rows:
                goes, pk, _name = names.get((kind, each.key), (DROP, None, ""))
                if goes == TOPIC and topics[pk] not in plan.topics:
                    plan.topics.append(topics[pk])
                elif goes == SECTION and plan.section is None:
                    plan.section = self.sections[pk]
                elif goes == SECTION and plan.section != self.sections[pk]:
                    plan.tell("second_section", self.sections[pk].name)
        plan.section = plan.section or self.options.section

    def conflict(self, story: Incoming, fingerprint: str, before: ImportedStory) -> None:
        """Changed there and here: ours stays, and theirs is kept beside it."""
        post = before.post
        when = _("changed there %(there)s, here %(here)s") % {
            "there": story.saved_at or "?",
            "here": post.saved_at.isoformat(timespec="seconds") if post else "?",
        }
        self.outcome(story, "ours_stays", when)
        if before.theirs_fingerprint != fingerprint:
            before.theirs, before.theirs_fingerprint = story.as_data(), fingerprint
            before.save(update_fields=["theirs", "theirs_fingerprint"])

    def note(self, plan: Plan, outcome: str, why: str = "") -> None:
        for code, said in plan.problems:
            self.scratch.problem(plan.id, code, plan.incoming.title, said)
        for name, count in plan.incoming.aside.items():
            self.scratch.count(f"aside_{name}", count)
        self.outcome(plan.incoming, outcome, why)

    def outcome(self, story: Incoming, outcome: str, why: str = "") -> None:
        self.scratch.item(story.id, story.kind, story.title, outcome, why)
        if outcome in {"refused", "ours_stays"}:
            self.scratch.problem(story.id, outcome, story.title, why)


def incoming_of(data: str) -> Incoming:
    return Incoming.of_data(json.loads(data))


def sentence(error: BaseException) -> str:
    """What went wrong with one story, without the words of it."""
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if isinstance(error, Refusal):
        return str(error)
    return _("It could not be stored: %s.") % str(error).partition("\n")[0][:300]

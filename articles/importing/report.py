"""The report of a run: what became of every item, as JSON and in words."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import IO, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from .options import Options
from .reading import ReadFile
from .scratch import Scratch

EXAMPLES = 5
"""Examples of a problem on the screen."""

PROBLEMS = {
    "title_cut": gettext_noop("The headline was longer than 200 characters and was cut"),
    "standfirst_cut": gettext_noop("The standfirst was too long and was cut"),
    "no_title": gettext_noop("A draft: it has no headline"),
    "no_section": gettext_noop("A draft: none of its categories is a section (see the map)"),
    "no_date": gettext_noop("A draft: it has no date"),
    "no_text": gettext_noop("A draft: it has no text"),
    "status": gettext_noop("A draft: it was not public there"),
    "password": gettext_noop("A draft: readers needed a password"),
    "members": gettext_noop("A draft: it was for members only"),
    "sent": gettext_noop("A draft: it was sent by mail, and never a page"),
    "summary_only": gettext_noop("A draft: the feed has only its summary"),
    "schedule_passed": gettext_noop("Was scheduled, and its moment has passed: it is live"),
    "scheduled_without_credit": gettext_noop(
        "A draft: it was scheduled, and something is missing of its pictures"
    ),
    "second_section": gettext_noop("Stood in a second section, which a story of ours cannot"),
    "author_dropped": gettext_noop("An author was left out"),
    "canonical": gettext_noop("Says that it belongs to another site"),
    "code": gettext_noop("Brought code for its page, which was left out"),
    "credit_offered": gettext_noop("A caption looks like a credit"),
    "picture_missing": gettext_noop("A picture did not come"),
    "caption_left_out": gettext_noop("The words of a picture that did not come"),
    "words_left_out": gettext_noop("Words that were left out"),
    "link_to_deleted": gettext_noop("A link to a story that was deleted here was left out"),
    "no_longer_public": gettext_noop("Is no longer public there, and still is here"),
    "refused": gettext_noop("Refused"),
    "ours_stays": gettext_noop("Changed there and here: ours stays"),
    "missing_now": gettext_noop("Was imported before and is not in these files: nothing was done"),
    "promised": gettext_noop("An empty draft: other stories link to it, and it did not come"),
    "old_address_taken": gettext_noop("Its old address leads to something else already"),
    "old_address_is_ours": gettext_noop(
        "Its old address is one of ours, and leads to what is there"
    ),
    "file_ended": gettext_noop("A file could not be read to its end"),
    "feed_broken": gettext_noop("The feed is not as it should be, and could be read"),
}
LEFT_OUT = {
    "table_as_rows": gettext_noop("Tables, of which each row became a paragraph"),
    "form": gettext_noop("Forms"),
    "picture_without_address": gettext_noop("Pictures without an address, or of one pixel"),
    "embed_without_address": gettext_noop("Embeds without an address"),
}
COUNTS = {
    "aside_comments": gettext_noop("comments, left behind"),
    "aside_seo": gettext_noop("fields for search engines, left behind"),
    "mended_bare_ampersands": gettext_noop("bare “&” in the file, mended"),
    "mended_left_over_ends": gettext_noop("“]]>” left over in the file, mended"),
    "mended_control_characters": gettext_noop("control characters in the file, made spaces"),
}


@dataclass
class Report:
    """What a run did. `exit_code` is 0 when every item is accounted for."""

    options: Options
    files: list[ReadFile]
    outcomes: dict[str, int] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)
    statuses: dict[str, int] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    problems: dict[str, int] = field(default_factory=dict)

    @property
    def exit_code(self) -> int:
        if not sum(self.outcomes.values()):
            return 2
        return int(bool(self.outcomes.get("refused") or any(file.fault for file in self.files)))


def report_of(scratch: Scratch, options: Options, files: list[ReadFile]) -> Report:
    tally = "SELECT {0}, count(*) FROM items {1} GROUP BY {0} ORDER BY 2 DESC, 1"
    return Report(
        options,
        files,
        outcomes=dict(scratch.rows(tally.format("outcome", ""))),
        left_out=dict(scratch.rows(tally.format("why", "WHERE outcome = 'left_out'"))),
        statuses=dict(scratch.rows(tally.format("why", "WHERE outcome = 'imported'"))),
        counts=dict(scratch.rows("SELECT name, count FROM counts ORDER BY name")),
        problems=dict(
            scratch.rows("SELECT code, count(*) FROM problems GROUP BY code ORDER BY 2 DESC, 1")
        ),
    )


def write_json(report: Report, scratch: Scratch, out: IO[str]) -> None:
    """The report as JSON, item by item, so that it may be long."""
    head = {
        "options": report.options.as_data(),
        "files": [asdict(file) for file in report.files],
        "outcomes": report.outcomes,
        "imported_as": report.statuses,
        "left_out": report.left_out,
        "counts": report.counts,
        "problems": {
            code: {"what": what_is(code), "count": count} for code, count in report.problems.items()
        },
    }
    out.write(json.dumps(head, ensure_ascii=False, indent=1)[:-2])
    for name, rows in (("items", items(scratch)), ("problem_list", problem_list(scratch))):
        out.write(f',\n "{name}": [')
        for place, row in enumerate(rows):
            out.write(("" if place == 0 else ",") + "\n  " + json.dumps(row, ensure_ascii=False))
        out.write("\n ]")
    out.write("\n}\n")


def items(scratch: Scratch) -> Iterator[dict[str, Any]]:
    sql = "SELECT id, kind, title, outcome, why FROM items ORDER BY place"
    for row in scratch.stream(sql):
        yield dict(zip(("id", "kind", "title", "outcome", "why"), row, strict=True))


def problem_list(scratch: Scratch) -> Iterator[dict[str, Any]]:
    sql = "SELECT code, id, title, said FROM problems ORDER BY place"
    for row in scratch.stream(sql):
        yield dict(zip(("problem", "id", "title", "said"), row, strict=True))


def what_is(code: str) -> str:
    """A problem in words."""
    if code.startswith("left_out_"):
        name = code.removeprefix("left_out_")
        if name in LEFT_OUT:
            return _(LEFT_OUT[name])
        kind, _bar, name = name.partition("_")
        if kind == "shortcode":
            return _("Shortcodes [%s], without their brackets") % name
        if kind == "card":
            return _("Cards “%s”, which are there to sell or to sign up") % name
        return _("Blocks “%s”, which show what is new and have no words") % name
    return _(PROBLEMS.get(code, code))


def count_is(name: str) -> str:
    """What was counted, in words."""
    if name.startswith("aside_taxonomy_"):
        return _("names of the kind “%s”, left behind") % name.removeprefix("aside_taxonomy_")
    return _(COUNTS.get(name, name))


def in_words(report: Report, scratch: Scratch) -> Iterator[str]:
    """The report, line by line."""
    if report.options.dry_run:
        yield _("A dry run: nothing was kept.")
    for file in report.files:
        sentence = ngettext(
            "%(name)s: %(format)s, %(items)s item, %(size)s bytes.",
            "%(name)s: %(format)s, %(items)s items, %(size)s bytes.",
            file.items,
        )
        yield sentence % {
            "name": file.name,
            "format": file.format or _("not read"),
            "items": f"{file.items:,}",
            "size": f"{file.size:,}",
        }
        if file.fault:
            yield f"  {file.fault}"
    yield from outcome_lines(report)
    for name, count in report.counts.items():
        yield f"  {count_is(name)}: {count:,}"
    for code, count in report.problems.items():
        yield f"{what_is(code)}: {count:,}"
        rows = scratch.rows(
            "SELECT id, title, said FROM problems WHERE code = ? ORDER BY place LIMIT ?",
            [code, EXAMPLES],
        )
        for key, title, said in rows:
            yield "    " + " · ".join(part for part in (key, title[:80], said[:200]) if part)
        if count > len(rows):
            yield "    " + _("and %s more, in the report") % f"{count - len(rows):,}"


def outcome_lines(report: Report) -> Iterator[str]:
    imported = report.outcomes.get("imported", 0)
    states = ", ".join(f"{count:,} {state}" for state, count in report.statuses.items())
    yield ngettext("%s story imported", "%s stories imported", imported) % f"{imported:,}" + (
        f": {states}" if states else ""
    )
    words = {
        "updated": _("%s brought up to date"),
        "unchanged": _("%s unchanged, not touched"),
        "ours_stays": ngettext(
            "%s changed there and here, ours left as it is",
            "%s changed there and here, ours left as they are",
            report.outcomes.get("ours_stays", 0),
        ),
        "refused": _("%s refused"),
    }
    for outcome, sentence in words.items():
        if count := report.outcomes.get(outcome):
            yield sentence % f"{count:,}"
    if report.left_out:
        reasons = ", ".join(
            f"{count:,} {reason.replace('_', ' ')}" for reason, count in report.left_out.items()
        )
        count = sum(report.left_out.values())
        sentence = ngettext(
            "%(count)s item left out: %(reasons)s", "%(count)s items left out: %(reasons)s", count
        )
        yield sentence % {"count": f"{count:,}", "reasons": reasons}

"""Merging several near doubles at once: those that were ticked in the report of them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ....library.whole_numbers import parse_whole_number
from ....publishing.names.counts import with_uses
from ....publishing.names.merge_pairs import merge_pairs
from ...desk_page import desk_page

MOST_PAIRS = 25
"""Pairs of one go: those of a page of the report."""


class SeveralPairs:
    """Mixed into the admin of topics or authors, after MergePages."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.several_view)
        name = f"{self.page_name}_several"
        return [path("doubles/several/", view, name=name), *super().get_urls()]

    def several_view(self, request):
        """?pair=one-other, any number of times: each with its uses, the more used to be kept.
        A POST merges them; `keep-one-other` says which is kept."""
        if not self.has_delete_permission(request):
            raise PermissionDenied
        data = request.POST if request.method == "POST" else request.GET
        pairs = self.pairs_of_rows(named_pairs(data.getlist("pair")))
        if request.method == "POST" and pairs:
            return self.merged_several(request, [chosen(pair, data) for pair in pairs])
        context = {
            "title": _("Merge several"),
            "pairs": [(name_of(pair), pair) for pair in pairs],
            "stories": sum(min(row.stories for row in pair) for pair in pairs),
            "back_url": self.page("doubles"),
            "list_url": self.page("changelist"),
        }
        return desk_page(self, request, "names/several", **context)

    def pairs_of_rows(self, pairs):
        """[[row, row]] of pairs of keys, the more used first; without those that are gone."""
        keys = {key for pair in pairs for key in pair}
        found = with_uses(self.kind, self.model.objects.filter(pk__in=keys), at=timezone.now())
        rows = {row.pk: row for row in found.order_by()}
        return [
            sorted((rows[key] for key in pair), key=lambda row: (-row.stories, row.pk))
            for pair in pairs
            if rows.keys() >= set(pair)
        ]

    def merged_several(self, request, pairs):
        done, refused = merge_pairs(pairs, by=request.user, now=timezone.now())
        for reason in refused:
            messages.warning(request, reason)
        if done:
            stories = sum(change.stories for change in done)
            said = ngettext(
                "%(count)d pair was merged; stories that changed hands: %(stories)d.",
                "%(count)d pairs were merged; stories that changed hands: %(stories)d.",
                len(done),
            ) % {"count": len(done), "stories": stories}
            log = format_html(
                '<a href="{}">{}</a>', self.page("names"), _("Look at it, or undo it")
            )
            messages.success(request, format_html("{} {}", said, log))
        return redirect(self.page("doubles"))


def named_pairs(texts):
    """{(one, other)} that texts such as "12-7" name, in that order."""
    pairs = [tuple(map(parse_whole_number, text.split("-"))) for text in texts]
    good = [pair for pair in pairs if len(set(pair)) == len(pair) == 2 and all(pair)]
    return list(dict.fromkeys(good))[:MOST_PAIRS]


def name_of(pair):
    """The pair as forms name it."""
    return "-".join(str(row.pk) for row in pair)


def chosen(pair, data):
    """(gone, kept) of a pair: the more used is kept unless the other was chosen."""
    names = (name_of(pair), name_of(pair[::-1]))
    answer = next((data[f"keep-{name}"] for name in names if f"keep-{name}" in data), "")
    return tuple(pair) if answer == str(pair[1].pk) else tuple(pair[::-1])

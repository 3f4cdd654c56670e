"""The form of a front: stories pinned to slots, each perhaps for an interval."""

import datetime as dt
import re
from contextlib import suppress
from itertools import combinations

from django import forms
from django.contrib.admin import site
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...desk.post import Post
from ...library.whole_numbers import parse_whole_number
from ...publishing.dates import FOREVER
from ...publishing.fronts.placement import SLOTS, Placement
from ..fields.datetime_fields import WallClockField
from ..fields.pickers import RowPicker, preload
from .slots import pin_key

MAX_PINS = 60
_STORY_PATH = re.compile(r"/([0-9]{4}/[0-9]{2}/[0-9]{2})/([^/]+)/?")


class StoryField(forms.ModelChoiceField):
    """A story, looked up among those that the whole form names (`known`, by primary key)."""

    known = {}

    def to_python(self, value):
        if value in self.empty_values:
            return None
        try:
            return self.known[str(value)]
        except KeyError:
            raise ValidationError(_("There is no such story."), code="invalid_choice") from None


class PinForm(forms.Form):
    """A pin. `pin` is the row that it was loaded from; `typed` names the story without scripts."""

    pin = forms.IntegerField(required=False, widget=forms.HiddenInput)
    slot = forms.IntegerField(label=gettext_lazy("Slot"), min_value=1, max_value=SLOTS)
    post = StoryField(Post.objects.none(), label=gettext_lazy("Story"), required=False)
    typed = forms.CharField(
        label=gettext_lazy("The story's number, or its address on the site"),
        required=False,
        max_length=300,
    )
    live_from = WallClockField(label=gettext_lazy("From"), required=False)
    live_until = WallClockField(label=gettext_lazy("Until"), required=False)
    remove = forms.BooleanField(label=gettext_lazy("Unpin"), required=False)

    def __init__(self, *args, known=(), **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["post"]
        field.known = {str(post.pk): post for post in known}
        field.widget = RowPicker(Placement._meta.get_field("post"), site)
        field.widget.choices = field.choices
        preload(field, known)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("typed") and not cleaned.get("post"):
            cleaned["post"] = story_from_text(cleaned["typed"].strip())
        return cleaned

    @cached_property
    def numbers(self):
        """{slot, pin, post} as submitted or initial, each a number or None."""
        return {
            name: parse_whole_number(str(self[name].value() or ""))
            for name in ("slot", "pin", "post")
        }


def story_from_text(words):
    """The story of a number or a URL. Raises ValidationError."""
    found = None
    if number := parse_whole_number(words):
        found = Post.objects.filter(pk=number).first()
    elif match := _STORY_PATH.search(words.partition("?")[0]):
        with suppress(ValueError):
            day = dt.datetime.strptime(match[1], "%Y/%m/%d").date()
            found = Post.objects.filter(addresses__posted_on=day, addresses__slug=match[2]).first()
    if found is None:
        raise ValidationError({"typed": _("There is no story “%s”.") % words[:80]})
    return found


class PinsForm(forms.BaseFormSet):
    """All pins of a front, and an empty line in each slot. Sets `pins` once it is valid."""

    pins = ()

    def __init__(self, data=None, *, originals, now):
        self.now, self.originals = now, {pin.pk: pin for pin in originals}
        lines = [_initial(pin, now) for pin in originals]
        lines += [{"slot": slot} for slot in range(1, SLOTS + 1)]
        super().__init__(data, prefix="pins", initial=lines)
        self.form_kwargs = {"known": self._stories()}

    def _stories(self):
        """The stories that the form names, in one query at most."""
        known = {pin.post_id: pin.post for pin in self.originals.values()}
        if self.is_bound:
            named = {
                parse_whole_number(value)
                for name, value in self.data.items()
                if name.startswith("pins-") and name.endswith("-post")
            } - {None, *known}
            known |= Post.objects.in_bulk(list(named)[:MAX_PINS])
        return list(known.values())

    def clean(self):
        if any(self.errors):
            return
        rows = [form.cleaned_data for form in self.forms]
        rows = [row for row in rows if row.get("post") and not row["remove"]]
        self.pins = [self._pin(row) for row in rows]
        wrong = [*self._never_shown(), *self._starting_together(rows), *self._pinned_twice()]
        if wrong:
            raise ValidationError(wrong)

    def _pin(self, row):
        before = self.originals.get(row["pin"])
        start = row["live_from"]
        if before and before.post_id != row["post"].pk:
            before = None
        # A pin that has begun keeps its beginning.
        if start is None and before and before.live_from <= self.now:
            start = before.live_from
        return Placement(
            slot=row["slot"],
            post=row["post"],
            live_from=start or self.now,
            live_until=row["live_until"] or FOREVER,
        )

    def _never_shown(self):
        for pin in self.pins:
            if pin.live_until <= max(pin.live_from, self.now):
                yield _("“%(story)s” would leave slot %(slot)d before it comes, or has left.") % {
                    "story": pin.post,
                    "slot": pin.slot,
                }

    def _starting_together(self, rows):
        """Two stories that begin in one slot at the same moment: which would be shown?"""
        seen = {}
        for pin, row in zip(self.pins, rows, strict=True):
            before = self.originals.get(row["pin"])
            stays = before and pin_key(before) == pin_key(pin)
            key = pin.slot, max(pin.live_from, self.now)
            other, other_stays = seen.setdefault(key, (pin, stays))
            if other is not pin and not (stays and other_stays):
                yield _(
                    "“%(one)s” and “%(other)s” are both pinned to slot %(slot)d from the same "
                    "moment. Unpin one, or give it another slot or another time."
                ) % {"one": other.post, "other": pin.post, "slot": pin.slot}

    def _pinned_twice(self):
        message = _("“%(story)s” is pinned twice at once, to slots %(one)d and %(other)d.")
        for one, other in combinations(self.pins, 2):
            overlap = one.live_from < other.live_until and other.live_from < one.live_until
            if one.post == other.post and overlap:
                yield message % {"story": one.post, "one": one.slot, "other": other.slot}


PinsFormSet = forms.formset_factory(
    PinForm, formset=PinsForm, extra=0, max_num=MAX_PINS, absolute_max=MAX_PINS, validate_max=True
)


class PreviewMomentForm(forms.Form):
    at = WallClockField(label=gettext_lazy("At"), required=False)


def _initial(pin, now):
    """A pin as the form shows it. The beginning of one that has begun cannot be changed."""
    return {
        "pin": pin.pk,
        "slot": pin.slot,
        "post": pin.post_id,
        "live_from": pin.live_from if pin.live_from > now else None,
        "live_until": None if pin.live_until == FOREVER else pin.live_until,
    }

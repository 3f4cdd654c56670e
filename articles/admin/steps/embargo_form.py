"""The form of an embargo: until when, and who says so."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...desk.embargo.embargoed import BREAK_EMBARGO, is_embargoed
from ...desk.post import Post
from ...desk.rights.may_do import may_do
from ...desk.rights.who_may import names_of_who_may
from ...desk.transition import Transition
from ...library.date_formats import local
from ...library.fields import LineFormField
from ...publishing.stops.embargo import Embargo, changes_to
from ..fields.datetime_fields import MomentForm, format_moment

UNTIL, OPEN, NONE = "until", "open", "none"


class KindSelect(forms.RadioSelect):
    """Choices of which those that would be refused are shown, and cannot be chosen."""

    refused = frozenset()

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        if value in self.refused:
            option["attrs"]["disabled"] = True
        return option


class EmbargoForm(MomentForm):
    """An embargo until a moment, until further notice, or none."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Embargo"),
        choices=[
            (UNTIL, gettext_lazy("Until a day and a time")),
            (OPEN, gettext_lazy("Until further notice")),
            (NONE, gettext_lazy("No embargo")),
        ],
        widget=KindSelect,
    )
    about = LineFormField(
        label=gettext_lazy("About the embargo"),
        max_length=Post._meta.get_field("embargo_note").max_length,
        required=False,
        help_text=gettext_lazy("Who asked for it: “the ministry”, “agreed with the author”."),
    )
    field_order = ["kind", "day", "time", "about"]

    def __init__(self, *args, post, user, now, **kwargs):
        self.post, self.user = post, user
        super().__init__(*args, now=now, must_choose=False, initial=as_shown(post), **kwargs)
        self.may_ease = not is_embargoed(post, now) or may_do(user, BREAK_EMBARGO, post)
        self.fields["kind"].widget.refused = self.refused
        if UNTIL in self.refused:
            for name in ("day", "time"):
                self.fields[name].widget.attrs["disabled"] = True

    @property
    def refused(self):
        """The kinds of embargo that this person may not choose now, whatever the day."""
        if self.may_ease:
            return set()
        return {UNTIL, NONE} if self.post.embargo_open_ended else {NONE}

    @property
    def needs_reason(self):
        """Whether a choice would end an embargo sooner, which takes a reason in the note."""
        return self.may_ease and is_embargoed(self.post, self.now)

    @cached_property
    def why_refused(self):
        """Why some of the choices are not open, and whom to ask; "" where all are."""
        return "" if self.may_ease else ease_refusal(self.post)

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        kind = cleaned["kind"]
        given = [name for name in ("day", "time") if cleaned[name] and name in self.changed_data]
        if kind != UNTIL and given:
            raise ValidationError(
                _("A day and a time are given, and “%s” is chosen. Choose one of the two.")
                % dict(self.fields["kind"].choices)[kind],
                code="contradiction",
            )
        if kind == UNTIL and cleaned["moment"] is None:
            raise ValidationError(_("Give both a day and a time."), code="incomplete")
        self.embargo = Embargo(
            until=cleaned["moment"] if kind == UNTIL else None,
            open_ended=kind == OPEN,
            note="" if kind == NONE else cleaned["about"],
        )
        eases = changes_to(self.post, self.embargo, self.now) == Transition.Action.EASE_EMBARGO
        if eases and not self.may_ease:
            raise ValidationError(self.why_refused, code="eased")
        return cleaned

    def _moment(self, day, time):
        # What the fields show of another kind of embargo is not meant.
        return super()._moment(day, time) if self.cleaned_data.get("kind") == UNTIL else None

    @property
    def chosen(self):
        return self.embargo if self.is_valid() else None


def ease_refusal(post):
    """Why an embargo cannot be ended sooner by who asks, with the names of some who may."""
    names = ", ".join(names_of_who_may(BREAK_EMBARGO, post))
    said = _("You can make this embargo longer. To end it sooner takes a right of its own: ")
    if post.embargo_open_ended:
        said = _("To end this embargo takes a right of its own: ")
    return said + (
        _("ask %s.") % names if names else _("nobody has it here, so ask an administrator.")
    )


def as_shown(post):
    """What the form shows of a post; a day and a time are asked for where there is no embargo."""
    if post.embargo_open_ended:
        return {"kind": OPEN, "about": post.embargo_note}
    until = post.embargo_until and local(post.embargo_until)
    moment = {"day": until.date(), "time": until.time()} if until else {}
    return {"kind": UNTIL, "about": post.embargo_note} | moment


def embargo_set_sentence(embargo, *, was, now):
    """What became of the embargo of a post as it was: it is set, changed, or there is none."""
    if embargo.is_none:
        return _("There is no embargo any more.")
    is_new = not is_embargoed(was, now)
    if embargo.open_ended and is_new:
        return _("The embargo is set, until further notice.")
    if embargo.open_ended:
        return _("The embargo is changed: it lasts until further notice.")
    said = _("The embargo is set, until %s.")
    if not is_new:
        said = _("The embargo is changed: it lasts until %s.")
    return said % format_moment(embargo.until)

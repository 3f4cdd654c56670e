"""The form of a plan."""

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...desk.planning.change_plan import refuse_writer
from ...desk.planning.plan import Plan, PlanNeed
from ...desk.planning.rules import refuse_unless_may_assign
from ...desk.post import Post
from ...desk.rights.may_do import ALL
from ...desk.workflow import refuse_foreign_section
from ...library.fields import LineFormField
from ...library.section import Section
from ..colleague_field import ColleagueField
from ..fields.datetime_fields import WallClockField, format_moment, format_time_zone

NOT_NEEDED, MISSING, THERE = "", "missing", "there"
STATES = [
    (NOT_NEEDED, gettext_lazy("Not needed")),
    (MISSING, gettext_lazy("Needed, not there yet")),
    (THERE, gettext_lazy("There")),
]
WHY = gettext_lazy("Why it is missing")
OF_PLAN = ("slug_line", "about", "section", "assigned_to", "due_at", "length")
REASON_LENGTH = PlanNeed._meta.get_field("reason").max_length


def need_fields():
    """Two fields for each kind of need: how it stands, and why it is missing."""
    fields = {}
    for kind, label in PlanNeed.Kind.choices:
        fields[f"need_{kind}"] = forms.ChoiceField(label=label, choices=STATES, required=False)
        fields[f"missing_{kind}"] = LineFormField(
            label=WHY,
            max_length=REASON_LENGTH,
            required=False,
            widget=forms.TextInput(attrs={"placeholder": WHY}),
        )
    return fields


NeedsForm = type(forms.Form)("NeedsForm", (forms.Form,), need_fields())


class PlanForm(NeedsForm, forms.ModelForm):
    by = None
    """Who fills it in."""
    may_assign = True
    own_sections = ALL
    """Those in which they may plan, for a query."""

    slug_line = LineFormField(
        label=gettext_lazy("Slug line"),
        max_length=Post._meta.get_field("slug_line").max_length,
        help_text=Post._meta.get_field("slug_line").help_text,
    )
    section = forms.ModelChoiceField(
        Section.objects.all(), label=gettext_lazy("Section"), required=False
    )
    assigned_to = ColleagueField(
        "articles.add_post",
        label=gettext_lazy("Who writes it"),
        required=False,
        empty_label=gettext_lazy("Nobody yet"),
    )
    due_at = WallClockField(label=gettext_lazy("Due"), required=False)

    class Meta:
        model = Plan
        fields = ["about"]  # the admin asks for the rest, by person
        labels = {"length": gettext_lazy("Length, in words")}
        widgets = {"about": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        plan = self.instance
        if plan.pk:
            self.initial |= {"slug_line": plan.slug_line, "section": plan.post.section_id}
            self.initial |= needs_as_shown(plan)
        if plan.pk and not plan.is_planned:
            del self.fields["section"]
        else:
            own = self.own_sections | Q(pk=plan.post.section_id if plan.pk else None)
            self.fields["section"].queryset = Section.objects.filter(own)
        if not self.may_assign:
            del self.fields["assigned_to"]
        else:
            self.fields["assigned_to"].keep(plan.assigned_to)
        now = timezone.now()
        self.fields["due_at"].help_text = _("In the newsroom's time zone, %s.") % format_time_zone(
            now
        )

    def clean_due_at(self):
        due, now = self.cleaned_data["due_at"], timezone.now()
        if due and "due_at" in self.changed_data and due < now:
            raise ValidationError(
                _("%(moment)s has passed: it is %(now)s now. Choose a moment to come.")
                % {"moment": format_moment(due), "now": format_moment(now)},
                code="passed",
            )
        return due

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            changes, plan = self.changes(), self.instance
            self.try_out("section", self.refuse_section, changes, plan)
            self.try_out("assigned_to", self.refuse_writer, changes, plan)
        return cleaned

    def try_out(self, field, refuse, changes, plan):
        """Say what a save would refuse at the field that it is about."""
        try:
            refuse(changes, plan)
        except PermissionDenied as refusal:
            self.add_error(field if field in self.fields else None, str(refusal))

    def refuse_section(self, changes, plan):
        if plan.pk and "section" in changes:
            refuse_foreign_section(plan.post, changes["section"], by=self.by)

    def refuse_writer(self, changes, plan):
        if plan.pk:
            refuse_writer(plan.post, plan, changes, by=self.by)
        else:
            writer = changes.get("assigned_to") if self.may_assign else self.by
            post = Post(section=changes.get("section"))
            refuse_unless_may_assign(writer, by=self.by, post=post)

    def changes(self):
        """What this person changed, as `change_plan` takes it; of a new plan all."""
        is_new = self.instance.pk is None
        changed = set(self.fields if is_new else self.changed_data)
        found = {name: self.cleaned_data[name] for name in OF_PLAN if name in changed}
        needs = {
            kind: self.need(kind)
            for kind in PlanNeed.Kind.values
            if {f"need_{kind}", f"missing_{kind}"} & changed
        }
        return found | ({"needs": needs} if needs else {})

    def need(self, kind):
        """(whether it is there, why not), or None when it is not needed."""
        state, reason = (
            self.cleaned_data.get(name, self.initial.get(name, ""))
            for name in (f"need_{kind}", f"missing_{kind}")
        )
        if state == NOT_NEEDED:
            return None
        return (True, "") if state == THERE else (False, reason)


def needs_as_shown(plan):
    """The initial values of the fields of a plan's needs."""
    shown = {}
    for need in plan.needs.all():
        shown[f"need_{need.kind}"] = THERE if need.met else MISSING
        shown[f"missing_{need.kind}"] = need.reason
    return shown

"""The forms on the page of a step, besides MomentForm."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...desk.post import Post
from ...library.fields import TidyFormField
from ...publishing.steps.posted_on import Meant
from ..fields.named_stories import NamedStoryField


class NoteForm(forms.Form):
    """A note to colleagues, kept in the log."""

    note = TidyFormField(
        label=gettext_lazy("Note to colleagues"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, required, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["note"].required = required
        self.fields["note"].error_messages["required"] = _(
            "Say in a note why, so that your colleague knows what to do."
        )


class MeantForm(forms.Form):
    """What is meant by a “posted on” in the future."""

    meant = forms.ChoiceField(choices=Meant, widget=forms.RadioSelect, label="")
    meant.error_messages["required"] = gettext_lazy("Choose one of the two.")


class ToldForm(forms.ModelForm):
    """What readers are told about a change of a live story."""

    class Meta:
        model = Post
        fields = ["change_kind", "change_note", "change_place"]
        widgets = {"change_note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["change_place"].required = False

    def clean_change_place(self):
        return self.cleaned_data["change_place"] or Post.NotePlace.FOOT


class WithdrawForm(forms.Form):
    """What readers find where a story was that is withdrawn."""

    told = TidyFormField(
        label=gettext_lazy("What readers are told at its address"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Empty: that it has been withdrawn."),
    )
    replacement = NamedStoryField(
        label=gettext_lazy("A story in its place"),
        help_text=gettext_lazy(
            "Words of its headline, its address or its number. Whoever opens the old address is "
            "led there, and does not see the words above."
        ),
    )
    replace_links = forms.BooleanField(
        label=gettext_lazy("Let all that is named above lead to that story"),
        required=False,
        help_text=gettext_lazy(
            "Live stories are published again with this small change, unless other changes wait "
            "in them. An approval of a story that readers do not see yet is then of its earlier "
            "words. Not for a withdrawal to come."
        ),
    )

    def clean(self):
        found = super().clean()
        names_none = "replacement" not in self.errors and not found.get("replacement")
        if found.get("replace_links") and names_none:
            self.add_error("replacement", _("Name the story that they are to lead to."))
        return found


class AskKillForm(forms.Form):
    """What is to be left of a story that is killed."""

    words = TidyFormField(
        label=gettext_lazy("What readers are told at its address"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("From now on. Do not repeat what must not be said."),
    )
    headline = TidyFormField(
        label=gettext_lazy("Headline of that page"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Empty: “This page has been withdrawn”."),
    )
    with_pictures = forms.BooleanField(
        label=gettext_lazy("Remove the pictures that nothing else shows"), required=False
    )

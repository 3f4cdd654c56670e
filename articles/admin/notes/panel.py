"""The notes at a story, as a panel beside it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ...desk.notes.leave_note import SEES_STORIES, may_mark_done
from ...desk.notes.note import Note
from ..colleague_field import ColleagueField

MOST_SHOWN = 30
"""Notes in the panel: the open ones, then the newest that are done."""


class NoteForm(forms.ModelForm):
    """A note to a colleague, or to everybody who opens the story."""

    to = ColleagueField(
        SEES_STORIES,
        label=_("To"),
        required=False,
        empty_label=_("Everybody at this story"),
    )

    answer_to = forms.IntegerField(
        required=False, min_value=1, max_value=2**53, widget=forms.HiddenInput
    )

    class Meta:
        model = Note
        fields = ["text", "to", "node", "quote"]
        labels = {"text": _("Note")}
        error_messages = {
            "text": {"required": _("The note is empty. Write what your colleague should know.")}
        }
        widgets = {
            "text": forms.Textarea(attrs={"rows": 3}),
            "node": forms.HiddenInput,
            "quote": forms.HiddenInput,
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="note-%s", label_suffix="", **kwargs)
        # In the writing screen they stand within the form of the story.
        for field in self.fields.values():
            field.widget.attrs["form"] = "beside-form"


def notes_of(post, user):
    """The notes at a story, those that are open first, each newest first; one query. Each with
    `is_mine` to mark done, and with its `answered`, the oldest first."""
    rows = list(post.notes.select_related("by", "to", "done_by").newest_first()[:MOST_SHOWN])
    known = {note.pk: note for note in rows}
    for note in rows:
        note.is_mine, note.answered = may_mark_done(note, user), []
    beginnings = []
    for note in reversed(rows):
        # An answer to a note that is too old to be shown stands by itself.
        thread = known.get(note.answer_to_id)
        (thread.answered if thread else beginnings).append(note)
    beginnings.reverse()
    return sorted(beginnings, key=is_settled)


def is_settled(note):
    """Whether a note is done and so is every answer to it."""
    return all(each.done_at is not None for each in (note, *note.answered))

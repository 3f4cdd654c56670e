"""Leaving a note at a story and marking one done, from the panel beside it."""

from django.contrib import messages
from django.db import transaction
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import path
from django.utils.translation import gettext as _

from ...desk.notes.leave_note import Passage, leave_note, mark_done
from ...desk.notes.mentions import mentioned
from ...desk.workflow import Refusal
from ...library.whole_numbers import parse_whole_number
from ..not_saved import not_saved
from ..steps.status_summary import display_name
from .panel import NoteForm, notes_of


class NotePages:
    """Mixed into the PostAdmin: what the panel of notes sends."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.notes_view)
        return [path("<int:key>/notes/", view, name="articles_post_notes"), *super().get_urls()]

    def notes_view(self, request, key):
        """Take a note, or mark one done; a GET leads to the story."""
        post = self.post_or_404(request, str(key))
        if request.method != "POST":
            return redirect("admin:articles_post_change", post.pk)
        try:
            said = self.settled(request, post) or self.left(request, post)
        except Refusal as refusal:
            return self.note_refused(request, str(refusal))
        return self.notes_answer(request, post, said)

    def settled(self, request, post):
        """Mark the note done whose button was pressed; what to say of it, or None."""
        if "done" not in request.POST:
            return None
        number = parse_whole_number(request.POST["done"]) or 0
        mark_done(get_object_or_404(post.notes, pk=number), by=request.user)
        return _("Done: the note is off the list.")

    def left(self, request, post):
        form = NoteForm(request.POST)
        if not form.is_valid():
            raise Refusal(" ".join(sentence for each in form.errors.values() for sentence in each))
        data = form.cleaned_data
        thread = data["answer_to"] and get_object_or_404(post.notes, pk=data["answer_to"])
        said = {"by": request.user, "passage": Passage(data["node"], data["quote"])}
        told = dict.fromkeys([*filter(None, [data["to"]]), *mentioned(data["text"])])
        with transaction.atomic():
            # A note to each, who says when it is done.
            notes = [
                leave_note(post, data["text"], to=to, answer_to=thread or None, **said)
                for to in told or [None]
            ]
        names = [display_name(note.to) for note in notes if note.to]
        if not names:
            return _("Left for everybody who opens this story.")
        return _("Left for %s, who finds it on Today.") % ", ".join(names)

    def note_refused(self, request, why):
        if asks_json(request):
            return JsonResponse({"refused": why}, status=400)
        return not_saved(request, 400, why=why)

    def notes_answer(self, request, post, said):
        if asks_json(request):
            return JsonResponse({"said": said, **notes_html(request, post)})
        messages.success(request, said)
        if request.POST.get("from") == "today":
            return redirect("admin:index")
        return redirect("admin:articles_post_change", post.pk)


def notes_html(request, post):
    """{notes: the list as HTML, open: how many are open}, for a script."""
    notes = notes_of(post, request.user)
    html = render_to_string("admin/articles/post/note_list.html", {"notes": notes}, request)
    shown = [each for note in notes for each in (note, *note.answered)]
    return {"notes": html, "open": sum(note.done_at is None for note in shown)}


def asks_json(request):
    return request.headers.get("Accept") == "application/json"

"""The writing screen of a story: its page, its saves, and the questions it asks while open."""

from itertools import chain

from django.contrib import messages
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from js_asset import Media

from ...desk.planning.rules import plan_of
from ...desk.post import Post
from ...desk.workflow import may_change
from ...desk.writing.document import read
from ...library.date_formats import clock
from ...publishing.steps.deleting import deletion_refusal
from ..choosers.urls import chooser_urls
from ..json_view import json_view
from ..not_saved import not_saved
from ..notes.panel import NoteForm
from ..parameters import clean_initial
from ..saves.double_submit import TOKEN, claim, new_token, sent_before
from ..saves.optimistic_form import OptimisticForm, with_mixin
from .killed_page import killed_page
from .media import WRITING_MEDIA
from .page_state import page_state, refs_of, urls
from .poll import poll
from .save import NeedsBase, NotSaved, StorySave
from .sent_fields import field_values, fields_in
from .standing import standing


class WritingScreen:
    """Mixed into the PostAdmin, in place of Django's change form."""

    def get_urls(self):
        def at(route, view, name):
            return path(route, json_view(self.admin_site, view), name=f"articles_post_{name}")

        return [
            at("add/save/", self.save_view, "save_new"),
            at("<int:key>/save/", self.save_view, "save"),
            at("<int:key>/since/", self.since_view, "since"),
            at("<int:key>/standing/", self.standing_view, "standing"),
            *chooser_urls(self.admin_site),
            *super().get_urls(),
        ]

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """The page; and a save from it where no script runs."""
        post = self.opened(request, object_id)
        if object_id is not None and post is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if request.method != "POST" and post and post.status == Post.Status.KILLED:
            return killed_page(self, request, post)
        if request.method != "POST":
            plan = plan_of(post) if post else None
            if plan and post.status == Post.Status.PLANNED:
                # Not an empty story: what is to be written.
                return redirect("admin:articles_plan_change", plan.pk)
            return self.writing_page(request, post)
        if post and not self.has_change_permission(request, post):
            return self.words_refused(request, post)
        if any(name.endswith("-TOTAL_FORMS") for name in request.POST):
            # The form of blocks of release 0.1.0, left open during an upgrade.
            why = _("This page is older than the desk. Load it again.")
            return not_saved(request, 409, why=why)
        try:
            save = self.saved(request, post and post.pk)
        except NeedsBase:
            refusal = _("A colleague saved this story meanwhile. Open it again.")
        except NotSaved as not_taken:
            sentences = [not_taken.sentence, *chain(*not_taken.block_errors.values())]
            refusal = " ".join(dict.fromkeys(sentences))
        else:
            return self.after_plain_save(request, save)
        return not_saved(request, 409, why=refusal)

    def opened(self, request, object_id):
        """The post to be shown, None for a new one. Raises PermissionDenied."""
        if object_id is None:
            if not self.has_add_permission(request):
                raise PermissionDenied
            return None
        post = self.get_object(request, unquote(str(object_id)))
        if not self.has_view_or_change_permission(request, post):
            raise PermissionDenied
        return post

    def words_refused(self, request, post):
        """403, with what was typed: a reporter's story went to an editor meanwhile."""
        if post.created_by_id != request.user.pk:
            raise PermissionDenied
        return not_saved(
            request,
            403,
            "admin/articles/post/words_refused.html",
            **self.admin_site.each_context(request),
            title=_("Not saved: this story has moved on"),
            opts=self.opts,
            post=post,
            status=post.get_status_display(),
        )

    def after_plain_save(self, request, save):
        for name, sentences in save.errors.items():
            # The form shows what is stored: what was typed is told, or it would be gone.
            typed = _("You typed: %s") % ", ".join(request.POST.getlist(name))
            messages.error(request, " ".join([*sentences, typed]))
        for sentence in chain(*save.block_errors.values()):
            messages.error(request, sentence)
        messages.success(request, _("Saved.") if save.changed else _("Nothing had changed."))
        return redirect("admin:articles_post_change", save.post.pk)

    def offers_deletion(self, request, post):
        """Whether this person may delete a story, and it would not be refused."""
        return self.has_delete_permission(request, post) and not deletion_refusal(post)

    def writing_page(self, request, post):
        form = self.story_form(request, post or Post(created_by=request.user), begun=not post)
        state = page_state(request, post)
        head, *fieldsets = [
            {
                "name": name,
                "fields": [form[field] for field in options["fields"] if field in form.fields],
                "readonly": self.readonly_values(options["fields"], form, post),
                "told": "change_kind" in options["fields"],
            }
            for name, options in self.get_fieldsets(request, post)
        ]
        context = {
            **self.admin_site.each_context(request),
            "is_nav_sidebar_enabled": False,
            "title": str(post) if post else _("New story"),
            "opts": self.opts,
            "original": post,
            "plan": plan_of(post) if post else None,
            "add": post is None,
            "form": form,
            "head": head["fields"],
            "fieldsets": fieldsets,
            "may_delete": post and self.offers_deletion(request, post),
            "state": state,
            "note_form": NoteForm(),
            TOKEN: new_token() if post is None else "",
            # The import map is an inline script: without the nonce the editor dies silently.
            "media": Media.from_media(WRITING_MEDIA + form.media, nonce=request.csp_nonce),
        }
        return TemplateResponse(request, "admin/articles/post/writing.html", context)

    def readonly_values(self, names, form, post):
        """[(label, value)] of fields that this person may only read."""
        return [
            (Post._meta.get_field(name).verbose_name, getattr(post, name, None))
            for name in names
            if name not in form.fields and post
        ]

    def story_form(self, request, post, data=None, names=None, *, begun=False):
        """The form of a post's own fields, or of some of them; of a new story, `begun` with what
        the address of its page says."""
        change = post.pk is not None
        wanted = flatten_fieldsets(self.get_fieldsets(request, post if change else None))
        if names is not None:
            wanted = [name for name in wanted if name in names]
        # Django's form of a change has no fields for who may only read: these see them, disabled.
        form = self.get_form(request, post if change else None, change=False, fields=wanted)
        form = with_mixin(OptimisticForm, form, only=names)
        initial = clean_initial(Post, self.get_changeform_initial_data(request)) if begun else None
        return form(data, instance=post, initial=initial, label_suffix="")

    def sent_form(self, request, post, without=()):
        """The form of those fields that were sent, but for some."""
        names = fields_in(request.POST, self.get_fieldsets(request, post)) - set(without)
        return self.story_form(request, post, request.POST, names)

    def saved(self, request, key):
        """Save what was sent of a story, once, in a transaction. Returns the StorySave."""
        with transaction.atomic():
            before = sent_before(request) if key is None else None
            if before:
                key = int(before.object_id)
            claimed = claim(request) if key is None else None
            post = self.locked(request, key) if key is not None else None
            if post is None and not self.has_add_permission(request):
                raise PermissionDenied
            save = StorySave(self, request, post, is_retry=bool(before)).run()
            if claimed:
                claimed.object_id = str(save.post.pk)
                claimed.save(update_fields=["object_id"])
        return save

    def locked(self, request, key):
        """The post with this key, its row locked. Raises Http404 or PermissionDenied."""
        rows = Post.objects.select_for_update(of=("self",), no_key=True)
        post = rows.select_related("section", "translation_of", "saved_by").filter(pk=key).first()
        if post is None:
            raise Http404
        if not may_change(post, request.user):
            raise PermissionDenied(
                _("This story is now “%s”, so you cannot change it any more.")
                % post.get_status_display()
            )
        return post

    def log_save(self, request, form, *, is_new, words_changed):
        """Log a save with the names of what it changed."""
        message = self.construct_change_message(request, form, [], is_new)
        if is_new:
            self.log_addition(request, form.instance, message)
            return
        if words_changed:
            fields = message[0]["changed"]["fields"] if message else []
            # As a field's name is: in English here, translated where it is read.
            message = [{"changed": {"fields": [*fields, "text"]}}]
        self.log_change(request, form.instance, message)

    @method_decorator(require_POST)
    def save_view(self, request, key=None):
        if request.POST.get("user", str(request.user.pk)) != str(request.user.pk):
            # Somebody signed in beside the page: its words are not theirs.
            why = _("Somebody else has signed in meanwhile. Sign in again.")
            return JsonResponse({"refused": why}, status=401)
        try:
            save = self.saved(request, key)
        except NeedsBase:
            return JsonResponse({"need": "base"}, status=409)
        except NotSaved as refusal:
            answer = {"refused": refusal.sentence, "block_errors": refusal.block_errors}
            return JsonResponse(answer, status=400)
        return JsonResponse(self.save_answer(request, save))

    def save_answer(self, request, save):
        post = save.post
        answer = {
            "post": post.pk,
            "version": post.version,
            "saved": clock(post.saved_at),
            "changed": save.changed,
            "errors": save.errors,
            "block_errors": save.block_errors,
            "messages": [str(message) for message in messages.get_messages(request)],
        }
        if save.document is not None:
            answer |= {"document": save.document, "refs": refs_of(save.document)}
        if save.block_errors:
            answer["stored"] = read(post).document
        if save.is_stale:
            form = self.story_form(request, post)
            answer |= {"fields": field_values(form), "settled": save.settled}
        if save.is_new or save.is_retry:
            answer["page"] = reverse("admin:articles_post_change", args=[post.pk])
            answer["urls"] = urls(post)
        return answer

    @method_decorator(require_safe)
    def since_view(self, request, key):
        """What colleagues saved since a version, and who is here."""
        return JsonResponse(poll(self, request, key))

    @method_decorator(require_safe)
    def standing_view(self, request, key):
        """Where the story stands: its state, the next steps, and what is missing."""
        post = self.opened(request, key)
        if post is None:
            raise Http404
        return JsonResponse(standing(request, post) | {"csrf": get_token(request)})

"""Saving a post in the admin without losing anybody's words."""

from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from ...desk.post import Post
from ...desk.saving import Stale, claim_save, refuse_if_stale
from ...desk.workflow import may_change
from ...publishing.steps.checkpoint import keep
from ..datetime_fields import said
from ..saves.started_from import StartedFrom
from ..steps.status_summary import name_of
from .comparison import compare
from .removed_blocks import typed_words

SEEN, OVER = "seen_version", "_save_over"
"""The version the page was made from; the button that saves over a colleague's version."""


def number_in(text):
    """A version from a form; 0, which every colleague's save is newer than, for nonsense."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def over_in(request):
    """The version that this person chose to save over, or None."""
    return number_in(request.POST[OVER]) if request.POST.get(OVER) else None


class StaleCheck(StartedFrom):
    """Mixed into the post's form: refuses what was typed over a colleague's newer version."""

    started_from = by = over = None

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk is None:
            return cleaned
        try:
            current = refuse_if_stale(self.instance, started_from=self.started_from, by=self.by)
        except Stale as stale:
            if self.started_from > stale.post.version:
                # No page of ours is of a version to come, so there is nothing to set beside it.
                raise ValidationError(
                    _(
                        "This page names a version that the story does not have yet. Open the "
                        "story again in another window, and copy what you typed from here."
                    ),
                    code="no_such_version",
                ) from None
            self.conflict = stale.post
            raise ValidationError(
                _("A colleague saved this story meanwhile. Nothing you typed is lost."),
                code="stale",
            ) from None
        if not self.sent_before and self.over != current.version and self.collisions():
            self.conflict = current
            raise collided()
        return cleaned


def collided():
    """The refusal of words typed over those that the same person saved in another window."""
    return ValidationError(
        _("You saved other words here in another window. Nothing you typed is lost."), code="stale"
    )


class SavingMixin:
    """A save counts as one version, made by one person; only who may change a post saves it."""

    def has_change_permission(self, request, obj=None):
        # A story that is being written for the first time is nobody else's.
        if obj is None or obj.pk is None:
            return super().has_change_permission(request)
        return may_change(obj, request.user)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        over = over_in(request)
        named = {
            "over": over,
            "started_from": number_in(request.POST.get(SEEN, "")) if over is None else over,
            "by": request.user,
            "sent_before": getattr(request, "sent_before", None),
        }
        return type(form)(form.__name__, (StaleCheck, form), named)

    def get_formset_kwargs(self, request, obj, inline, prefix):
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        decided = getattr(request, "sent_before", None) or over_in(request) == obj.version
        return kwargs | {"form_kwargs": {"may_replace": bool(decided)}}

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method == "POST" and object_id:
            post = self.get_object(request, unquote(object_id))
            if post and self._was_theirs(request, post):
                return self._words_refused(request, post)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request, context, **kwargs):
        post, form = context.get("original"), context["adminform"].form
        context["seen_version"] = request.POST.get(SEEN, "") or (post.version if post else "")
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        blocks = [each for formset in formsets for each in formset.forms]
        current = getattr(form, "conflict", None)
        if not current and any(getattr(each, "collided", False) for each in blocks):
            current = Post.objects.select_related("saved_by").get(pk=post.pk)
        if current:
            context["conflict"] = {
                "post": current,
                "name": self._saver(current, form.started_from, by=request.user),
                "saved": said(current.saved_at),
                "rows": compare(form, formsets),
            }
            for each in (form, *blocks):
                if each.instance.pk is not None:
                    each.start_anew()
        return super().render_change_form(request, context, **kwargs)

    def save_model(self, request, obj, form, change):
        # A change is written in save_related, where it is known whether anything changed.
        if not change:
            obj.created_by = obj.saved_by = request.user
            super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        if change and (form.has_changed() or any(each.has_changed() for each in formsets)):
            # No save destroys the version before it, not even one's own.
            keep(form.instance)
            claim_save(form.instance, started_from=form.started_from, by=request.user)
            super().save_model(request, form.instance, form, change)
        super().save_related(request, form, formsets, change)

    def _saver(self, post, started_from, *, by):
        """Who saved the story after a page of it was made, as the conflict names them."""
        if post.saved_by_id == by.pk:
            own = started_from >= post.others_version
            return _("You, in another window,") if own else _("A colleague")
        return name_of(post.saved_by) if post.saved_by else _("A colleague")

    def _was_theirs(self, request, post):
        """Whether a reporter writes on at a story of their own that has moved on."""
        allowed = self.has_change_permission(request) and self.has_view_permission(request, post)
        own = post.created_by_id == request.user.pk
        return allowed and own and not may_change(post, request.user)

    def _words_refused(self, request, post):
        """403, with every word that was typed, to be copied."""
        context = {
            **self.admin_site.each_context(request),
            "title": _("Not saved: this story has moved on"),
            "opts": self.opts,
            "post": post,
            "status": Post.Status(post.status).label,
            "words": typed_words(request.POST),
        }
        template = "admin/articles/post/words_refused.html"
        return TemplateResponse(request, template, context, status=403)

"""Optimistic locking of posts: a stale save is refused, and both versions are shown."""

from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ...desk.optimistic_lock import Stale, refuse_if_stale
from ...desk.post import Post
from ...desk.workflow import may_change
from ...library.whole_numbers import INTEGER_DIGITS, parse_whole_number
from ..datetime_fields import format_moment
from ..not_saved import not_saved
from ..saves.field_diff import compare_and_rebase
from ..saves.optimistic_form import OptimisticForm, with_mixin
from ..steps.status_summary import display_name

SEEN_VERSION = "seen_version"
"""The input with the version that the page was made from."""
SAVE_OVER = "_save_over"
"""The button that saves over a colleague's version, which is its value."""


def seen_version(request):
    """The version that the page was made from; 0, older than any, when it is malformed."""
    return _version(request, SEEN_VERSION) or 0


def overridden_version(request):
    """The version that this person chose to save over, or None."""
    return (_version(request, SAVE_OVER) or 0) if request.POST.get(SAVE_OVER) else None


def _version(request, name):
    return parse_whole_number(request.POST.get(name), max_digits=INTEGER_DIGITS)


class StaleSaveForm(OptimisticForm):
    """Mixed into the post's form: refuses a stale save. `conflict` is then the post as stored."""

    started_from = by = overridden = conflict = None

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk is None:
            return cleaned
        try:
            current = refuse_if_stale(self.instance, started_from=self.started_from, by=self.by)
        except Stale as stale:
            if self.started_from > stale.post.version:
                # We never made a page with a future version, so there is nothing to compare.
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
        decided = self.sent_before or self.overridden == current.version
        if not decided and self.conflicting_fields():
            self.conflict = current
            raise conflict_with_oneself()
        return cleaned


def conflict_with_oneself():
    """The error for overwriting what the same user saved in another window."""
    return ValidationError(
        _("You saved other words here in another window. Nothing you typed is lost."), code="stale"
    )


class StaleSaves:
    """Mixed into the PostAdmin: a stale save is refused, with both versions shown."""

    def _changeform_view(self, request, object_id, form_url, extra_context):
        refused = self.refuse_moved_on(request, object_id)
        return refused or super()._changeform_view(request, object_id, form_url, extra_context)

    def refuse_moved_on(self, request, object_id):
        """Answer 403 with what was typed, if a reporter may no longer change their own story."""
        if request.method != "POST" or not object_id:
            return None
        post = self.get_object(request, unquote(object_id))
        if post is None or post.created_by_id != request.user.pk or may_change(post, request.user):
            return None
        may_write = self.has_change_permission(request)
        if not may_write or not self.has_view_permission(request, post):
            return None
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

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        overridden = overridden_version(request)
        return with_mixin(
            StaleSaveForm,
            form,
            overridden=overridden,
            started_from=seen_version(request) if overridden is None else overridden,
            by=request.user,
            sent_before=getattr(request, "sent_before", None),
        )

    def get_formset_kwargs(self, request, obj, inline, prefix):
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        sent_before = getattr(request, "sent_before", None)
        may_replace = bool(sent_before) or overridden_version(request) == obj.version
        return kwargs | {"form_kwargs": {"may_replace": may_replace}}

    def render_change_form(self, request, context, **kwargs):
        post, form = context.get("original"), context["adminform"].form
        seen = request.POST.get(SEEN_VERSION, "") or (post.version if post else "")
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        blocks = [block for formset in formsets for block in formset.forms]
        current = getattr(form, "conflict", None)
        if not current and any(getattr(block, "has_conflict", False) for block in blocks):
            current = Post.objects.select_related("saved_by").get(pk=post.pk)
        context["seen_version"] = seen
        if current:
            context["conflict"] = {
                "post": current,
                "name": self._saver(current, form.started_from, by=request.user),
                "saved": format_moment(current.saved_at),
                "rows": compare_and_rebase(form, formsets),
            }
        return super().render_change_form(request, context, **kwargs)

    def _saver(self, post, started_from, *, by):
        """Who saved the story after the page was made, as the conflict names them."""
        if post.saved_by_id == by.pk and started_from >= post.others_version:
            return _("You, in another window,")
        is_unknown = post.saved_by_id == by.pk or not post.saved_by
        return _("A colleague") if is_unknown else display_name(post.saved_by)

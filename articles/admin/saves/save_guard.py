"""Saves in the admin: the row is locked before it is read, and a form sent twice saves once."""

from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms.models import _get_foreign_key
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from .form_token import TOKEN, claim, digest_of, new_token, sent_before, token_in
from .removed_rows import readd_removed_rows


class SaveGuard:
    """Guards the saves of one ModelAdmin, whose hooks call these methods."""

    def __init__(self, admin):
        self.admin = admin

    def changeform(self, view, request, object_id, extra_context):
        """Answer a change form; a save by `view(extra_context)` holds the row's lock.

        For `changeform_view`. Sets `request.sent_before`, the FormToken of an earlier save of
        this form, and `request.claimed`, the one of this save.
        """
        before = request.sent_before = sent_before(request)
        token = (not before and token_in(request)) or new_token()
        context = (extra_context or {}) | {TOKEN: token}
        if request.method != "POST":
            return view(context)
        if before and before.digest == digest_of(request):
            return self._answer_again(request, before)
        with transaction.atomic():
            request.claimed = None if before else claim(request)
            # Read only now, so that nothing is written back that somebody changed meanwhile.
            self.lock(object_id)
            answer = view(context)
            if request.claimed and not request.claimed.object_id:
                request.claimed.delete()
        return answer

    def lock(self, object_id):
        """Hold the row with this key until the transaction ends; colleagues' saves wait."""
        try:
            key = self.admin.opts.pk.to_python(unquote(object_id or ""))
        except ValidationError:
            return
        # Others may name the row meanwhile: only its key has to stay.
        rows = self.admin.model._base_manager.select_for_update(no_key=True)
        rows.filter(pk=key).first()

    def readd_removed_rows(self, kwargs, obj, inline, prefix):
        """Bring back rows that a colleague removed where somebody wrote in them.

        For `get_formset_kwargs`, whose `kwargs` are returned.
        """
        if "data" in kwargs and obj.pk:
            link = _get_foreign_key(self.admin.model, inline.model, fk_name=inline.fk_name).name
            stored = inline.model._base_manager.filter(**{link: obj}).values_list("pk", flat=True)
            readd_removed_rows(kwargs["data"], prefix, set(stored))
        return kwargs

    def note_saved(self, request, obj):
        """Note what this save made, for the same form sent again. For `save_related`."""
        if claimed := getattr(request, "claimed", None):
            claimed.object_id = str(obj.pk)
            claimed.save(update_fields=["object_id"])

    def _answer_again(self, request, before):
        """Lead to what the first of two equal forms made."""
        opts, name = self.admin.opts, self.admin.admin_site.name
        page = f"{name}:{opts.app_label}_{opts.model_name}"
        if (obj := self.admin.get_object(request, before.object_id)) is None:
            messages.info(request, _("This form was saved before; what it made is gone since."))
            return redirect(f"{page}_changelist")
        if IS_POPUP_VAR in request.POST:
            return self.admin.response_add(request, obj)
        messages.info(request, _("This form was sent twice. It was saved once."))
        return redirect(f"{page}_change", obj.pk)

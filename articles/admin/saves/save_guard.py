"""Saves in the admin: the row is locked before it is read, and a form sent twice saves once."""

from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms.models import _get_foreign_key
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from ..parameters import clean_initial
from .double_submit import TOKEN, claim, digest_of, new_token, sent_before, token_in
from .removed_rows import readd_removed_rows


class SaveGuard:
    """Mixed into a ModelAdmin. Sets `request.sent_before`, the FormToken of an earlier save of the
    submitted form, and `request.claimed`, the one of this save."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        before = request.sent_before = sent_before(request)
        token = (not before and token_in(request)) or new_token()
        args = request, object_id, form_url, (extra_context or {}) | {TOKEN: token}
        if request.method != "POST":
            return super().changeform_view(*args)
        if before and before.digest == digest_of(request):
            return self._answer_again(request, before)
        with transaction.atomic():
            request.claimed = None if before else claim(request)
            # Read only now, so that nothing is written back that somebody changed meanwhile.
            self.lock(object_id)
            answer = super().changeform_view(*args)
            if request.claimed and not request.claimed.object_id:
                request.claimed.delete()
        return answer

    def lock(self, object_id):
        """Lock the row with this key until the transaction ends; colleagues' saves wait."""
        try:
            key = self.opts.pk.to_python(unquote(object_id or ""))
        except ValidationError:
            return
        # Others may name the row meanwhile: only its key has to stay.
        self.model._base_manager.select_for_update(no_key=True).filter(pk=key).first()

    def _answer_again(self, request, before):
        """Redirect to what the first of two equal forms made."""
        page = f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}"
        if (obj := self.get_object(request, before.object_id)) is None:
            gone = _("This form was already saved, but what it made has been deleted since.")
            messages.info(request, gone)
            return redirect(f"{page}_changelist")
        if IS_POPUP_VAR in request.POST:
            return self.response_add(request, obj)
        messages.info(request, _("This form was sent twice. It was saved once."))
        return redirect(f"{page}_change", obj.pk)

    def get_changeform_initial_data(self, request):
        return clean_initial(self.model, super().get_changeform_initial_data(request))

    def get_formset_kwargs(self, request, obj, inline, prefix):
        """Rows that a colleague removed come back if somebody changed them meanwhile."""
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if "data" in kwargs and obj.pk:
            link = _get_foreign_key(self.model, inline.model, fk_name=inline.fk_name).name
            stored = inline.model._base_manager.filter(**{link: obj}).values_list("pk", flat=True)
            readd_removed_rows(kwargs["data"], prefix, set(stored))
        return kwargs

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        self.note_saved(request, form.instance)

    def note_saved(self, request, obj):
        if claimed := getattr(request, "claimed", None):
            claimed.object_id = str(obj.pk)
            claimed.save(update_fields=["object_id"])

    def log_change(self, request, obj, message):
        # A save that changed nothing is not logged.
        return super().log_change(request, obj, message) if message else None

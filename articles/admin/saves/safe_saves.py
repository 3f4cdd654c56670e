"""Saves in the admin: the row is locked before it is read, and a form sent twice does one thing."""

from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms.models import _get_foreign_key
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from ..parameters import with_rows
from ..posts.removed_blocks import as_new_blocks
from .sent_twice import TOKEN, claim, digest_of, new_token, sent_before, token_in


class SafeSaves:
    """Mixed into a ModelAdmin, before all else."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        view = super().changeform_view
        if request.method != "POST":
            return view(request, object_id, form_url, extra_context)
        before = request.sent_before = sent_before(request)
        if before and before.digest == digest_of(request):
            return self.answer_again(request, before)
        with transaction.atomic():
            request.claimed = None if before else claim(request)
            # Read only now, so that nothing is written back that somebody changed meanwhile.
            self.lock(object_id)
            answer = view(request, object_id, form_url, extra_context)
            if request.claimed and not request.claimed.object_id:
                request.claimed.delete()
        return answer

    def lock(self, object_id):
        """Hold the row with this key until the transaction ends; colleagues' saves wait."""
        try:
            key = self.opts.pk.to_python(unquote(object_id or ""))
        except ValidationError:
            return
        # Others may name the row meanwhile: only its key has to stay.
        self.model._base_manager.select_for_update(no_key=True).filter(pk=key).first()

    def get_changeform_initial_data(self, request):
        return with_rows(self.model, super().get_changeform_initial_data(request))

    def get_formset_kwargs(self, request, obj, inline, prefix):
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if "data" in kwargs and obj.pk:
            # Rows that a colleague removed meanwhile come back only where somebody wrote in them.
            link = _get_foreign_key(self.model, inline.model, fk_name=inline.fk_name).name
            there = inline.model._base_manager.filter(**{link: obj}).values_list("pk", flat=True)
            as_new_blocks(kwargs["data"], prefix, set(there))
        return kwargs

    def log_addition(self, request, obj, message):
        self._note_saved(request, obj)
        return super().log_addition(request, obj, message)

    def log_change(self, request, obj, message):
        self._note_saved(request, obj)
        # Where nothing was touched nothing was changed.
        return super().log_change(request, obj, message) if message else None

    def _note_saved(self, request, obj):
        if claimed := getattr(request, "claimed", None):
            claimed.object_id = str(obj.pk)
            claimed.save(update_fields=["object_id"])

    def answer_again(self, request, before):
        """Lead to what the first of two equal forms made."""
        if (obj := self.get_object(request, before.object_id)) is None:
            messages.info(request, _("This form was saved before; what it made is gone since."))
            return HttpResponseRedirect(self._page("changelist"))
        if IS_POPUP_VAR in request.POST:
            return self.response_add(request, obj)
        messages.info(request, _("This form was sent twice. It was saved once."))
        return HttpResponseRedirect(self._page("change", obj.pk))

    def _page(self, name, *args):
        opts = self.opts
        names = f"{self.admin_site.name}:{opts.app_label}_{opts.model_name}_{name}"
        return reverse(names, args=args)

    def render_change_form(self, request, context, **kwargs):
        again = getattr(request, "sent_before", None)
        context[TOKEN] = (not again and token_in(request)) or new_token()
        return super().render_change_form(request, context, **kwargs)

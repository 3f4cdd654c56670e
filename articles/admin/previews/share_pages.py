"""The page of a story's preview links, which the writing screen shows as a panel."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ...desk.preview_links.preview_link import PreviewLink
from ...desk.preview_links.rules import SHARE, may_share, refusal_to_share
from ...desk.rights.may_do import may_do
from ...desk.workflow import Refusal
from ...library.whole_numbers import parse_whole_number
from ...publishing.preview_links.make import make_link, revoke_link
from ..desk_page import desk_page
from ..notes.note_pages import asks_json
from .rows import address_of, link_rows
from .share_form import ShareForm


class SharePages:
    """Mixed into the PostAdmin: the preview links of a story."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.share_view)
        return [path("<int:key>/previews/", view, name="articles_post_share"), *super().get_urls()]

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def share_view(self, request, key):
        """The links of a story; a POST makes one, or revokes one."""
        post = self.post_or_404(request, str(key))
        if not may_do(request.user, SHARE, post):
            raise PermissionDenied
        form, said, link, refusal = ShareForm(), "", None, ""
        if request.method == "POST":
            try:
                if "revoke" in request.POST:
                    said = self.revoked(request, post)
                else:
                    form = ShareForm(request.POST)
                    link = self.made(request, post, form)
                    form = form if link is None else ShareForm()
            except Refusal as refused:
                refusal = str(refused)
        shown = share_panel(request, post, form, link=link, said=said, refusal=refusal)
        if asks_json(request):
            html = render_to_string("admin/articles/post/share_panel.html", shown, request)
            return JsonResponse({"html": html, "address": shown["address"], "said": said})
        if said and request.POST.get("from") == "all":
            messages.success(request, said)
            return redirect("admin:shared_previews")
        return desk_page(
            self, request, "post/share", title=_("Share a preview"), subtitle=str(post), **shown
        )

    def made(self, request, post, form):
        """The link that was asked for; None if the form says what is wrong with it."""
        if not form.is_valid():
            return None
        return make_link(post, by=request.user, **form.cleaned_data)

    def revoked(self, request, post):
        number = parse_whole_number(request.POST["revoke"]) or 0
        link = get_object_or_404(PreviewLink, post=post, pk=number)
        revoke_link(link, by=request.user)
        return _("Revoked: the link opens for nobody any more.")


def share_panel(request, post, form, *, link=None, said="", refusal=""):
    """What the panel shows; `link` is the one that was made just now."""
    now = timezone.now()
    return {
        "post": post,
        "form": form,
        "may_make": may_share(post, request.user),
        "closed": refusal_to_share(post, request.user, now),
        "rows": link_rows(request, post, now),
        "made": link,
        "address": address_of(link, request) if link else "",
        "said": said,
        "refusal": refusal,
    }

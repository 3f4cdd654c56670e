"""The admin of fronts: the front page and each section's front."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ...library.section import Section
from ...library.whole_numbers import parse_whole_number
from ...public.pages.front import front_page
from ...public.pages.sections import section_page
from ...publishing.fronts.placement import Placement
from ...publishing.steps.front_drafts import (
    Front,
    FrontChanged,
    NoDraft,
    draft_from_live,
    front_of,
    may_arrange,
    may_arrange_some,
    put_draft_live,
    require_front_permission,
)
from ..desk_page import desk_page
from ..fields.datetime_fields import format_moment, format_time_zone
from ..keep_private import keep_private
from .comparison import pin_schedule, slot_changes
from .front_screen import FrontScreen, changed_sentence, draft_sentence, seen_version
from .pins_form import PreviewMomentForm
from .slots import front_slots, pins_of

FRONT_PAGE = "home"
"""The front page's name in URLs, where sections have their numbers."""


@admin.register(Placement)
class FrontAdmin(admin.ModelAdmin):
    """A list of fronts in place of Django's list of placements, and the pages of each front."""

    def has_change_permission(self, request, obj=None):
        return may_arrange_some(request.user)

    has_module_permission = has_view_permission = has_change_permission
    # Checked, too, before a section is deleted with its pins.
    has_delete_permission = has_change_permission

    def has_add_permission(self, request):
        return False

    def get_urls(self):
        pages = {
            "changelist": ("", self.fronts_view),
            "front": ("<slug:front>/", self.front_view),
            "draft": ("<slug:front>/draft/", self.draft_view),
            "compare": ("<slug:front>/compare/", self.compare_view),
        }
        view = self.admin_site.admin_view
        return [
            path(route, view(page), name=f"articles_placement_{name}")
            for name, (route, page) in pages.items()
        ]

    @method_decorator(require_safe)
    def fronts_view(self, request):
        """All fronts: who changed each last, and which have a draft."""
        if not may_arrange_some(request.user):
            raise PermissionDenied(_("Your role may not arrange fronts."))
        stored = {front.section_id: front for front in Front.objects.select_related("changed_by")}
        fronts = [
            {
                "name": front_name(section),
                "url": front_url("front", section),
                "state": draft_sentence(stored.get(section and section.pk) or Front()),
            }
            for section in [None, *Section.objects.all()]
            if may_arrange(request.user, section)
        ]
        return self.page(request, "list", title=_("Fronts"), fronts=fronts)

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def front_view(self, request, front):
        section = section_or_404(request, front)
        now = timezone.now()
        if request.method == "POST" and {"_live", "_again"} & set(request.POST):
            return self.take_step(request, section, now)
        screen = FrontScreen(section, now=now, data=request.POST or None)
        if request.method == "POST":
            if screen.save(by=request.user):
                return self.after_save(request, section)
            messages.error(request, screen.refusal)
        title = front_name(section)
        context = self.front_context(screen.front, now)
        return self.page(request, "shape", section, title=title, screen=screen, **context)

    def after_save(self, request, section):
        if "_save_live" in request.POST:
            messages.success(request, _("The draft is live: readers see it now."))
        else:
            messages.success(
                request, _("The draft is saved. Readers see no change until you put it live.")
            )
        page = "compare" if "_save_compare" in request.POST else "front"
        return redirect(front_url(page, section))

    def take_step(self, request, section, now):
        """Put the draft live, or start it again; refused when a colleague changed the front."""
        step = put_draft_live if "_live" in request.POST else draft_from_live
        try:
            step(section, by=request.user, now=now, seen=seen_version(request.POST))
        except FrontChanged as changed:
            messages.error(request, changed_sentence(changed.front))
            return redirect(front_url("compare", section))
        except NoDraft as nothing:
            messages.error(request, str(nothing))
        else:
            done = _("The draft begins again: it is as the front that readers see.")
            if step is put_draft_live:
                done = _("The draft is live: readers see it now.")
            messages.success(request, done)
        return redirect(front_url("front", section))

    @method_decorator(require_safe)
    def draft_view(self, request, front):
        """The page made from the draft, as at a moment; kept out of caches and search engines."""
        section = section_or_404(request, front)
        at, form = moment_in(request)
        if form.errors:
            raise Http404("no such moment")
        shown = {"at": at, "draft": front_of(section).drafting, "preview": True}
        if section is None:
            return keep_private(front_page(request, **shown))
        query = [("at", moment) for moment in request.GET.getlist("at")]
        return keep_private(section_page(request, section, **shown, query=query))

    @method_decorator(require_safe)
    def compare_view(self, request, front):
        section = section_or_404(request, front)
        at, form = moment_in(request)
        stored, now = front_of(section), timezone.now()
        lines = slot_changes(front_slots(section, at=at, drafting=stored.drafting))
        live = pins_of(section, now=now)
        draft = pins_of(section, now=now, draft=True) if stored.drafting else live
        return self.page(
            request,
            "compare",
            section,
            title=_("%s: the draft and what readers see") % front_name(section),
            lines=lines,
            changed=sum(line.is_change for line in lines),
            later=pin_schedule(live, draft, now),
            at=format_moment(at),
            moment_form=form,
            **self.front_context(stored, now),
        )

    def front_context(self, front, now):
        return {
            "front": front,
            "state": draft_sentence(front),
            "time_now": format_moment(now),
            "zone": format_time_zone(now),
        }

    def page(self, request, name, section=None, **context):
        context |= {
            "urls": {page: front_url(page, section) for page in ("front", "draft", "compare")},
            "front_name": front_name(section),
            "site_url": section.get_absolute_url() if section else reverse("front"),
        }
        return desk_page(self, request, f"front/{name}", **context)


def section_or_404(request, front):
    """The section whose front has this name in URLs; None for the front page."""
    section = None
    if front != FRONT_PAGE:
        section = get_object_or_404(Section, pk=parse_whole_number(front))
    require_front_permission(request.user, section)
    return section


def front_url(page, section):
    return reverse(f"admin:articles_placement_{page}", args=[section.pk if section else FRONT_PAGE])


def front_name(section):
    return section.name if section else _("Front page")


def moment_in(request):
    """The moment that a page is to show, by default now, and the form to choose it."""
    form = PreviewMomentForm(request.GET if "at" in request.GET else None)
    chosen = form.cleaned_data["at"] if form.is_valid() else None
    return chosen or timezone.now(), form

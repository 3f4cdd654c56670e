"""Fronts: a screen for the home page and for each section, where editors shape them."""

from django.contrib import admin, messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ...library.section import Section
from ...public.pages.front import front_page
from ...public.pages.sections import section_page
from ...publishing.fronts.placement import Placement
from ...publishing.steps.front_drafts import (
    Front,
    FrontChanged,
    NoDraft,
    draft_from_live,
    front_of,
    put_draft_live,
    refuse_who_may_not_shape,
)
from ..datetime_fields import said, zone_said
from ..steps.status_summary import name_of
from .front_form import MomentToShowForm
from .front_screen import FrontScreen, pins_of
from .front_slots import changes, later, slots_of

HOME = "home"
SHAPES = "articles.change_placement"


@admin.register(Placement)
class FrontAdmin(admin.ModelAdmin):
    """A list of fronts in place of a list of pins, and each front's own pages."""

    def has_module_permission(self, request):
        return request.user.has_perm(SHAPES)

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm(SHAPES)

    def has_change_permission(self, request, obj=None):
        return request.user.has_perm(SHAPES)

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        # Whether a section may be deleted with its pins is asked here too.
        return request.user.has_perm(SHAPES)

    def get_urls(self):
        pages = {
            "articles_placement_changelist": ("", self.fronts_view),
            "articles_placement_front": ("<slug:front>/", self.front_view),
            "articles_placement_draft": ("<slug:front>/draft/", self.draft_view),
            "articles_placement_compare": ("<slug:front>/compare/", self.compare_view),
        }
        view = self.admin_site.admin_view
        return [path(at, view(page), name=name) for name, (at, page) in pages.items()]

    @method_decorator(require_safe)
    def fronts_view(self, request):
        """All fronts: who changed which last, and where a draft is under way."""
        refuse_who_may_not_shape(request.user)
        stored = {front.section_id: front for front in Front.objects.select_related("changed_by")}
        sections = [None, *Section.objects.all()]
        fronts = [
            {
                "name": name_of_front(section),
                "url": address("front", section),
                "state": state_said(stored.get(section and section.pk) or Front()),
            }
            for section in sections
        ]
        return self.page(request, "list", title=_("Fronts"), fronts=fronts)

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def front_view(self, request, front):
        """The screen where a front is shaped."""
        refuse_who_may_not_shape(request.user)
        section = section_or_404(front)
        now = timezone.now()
        if request.method == "POST" and {"_live", "_again"} & set(request.POST):
            return self.step(request, section, now)
        screen = FrontScreen(section, now=now, data=request.POST or None)
        if request.method == "POST":
            if screen.save(by=request.user):
                return self.after_saving(request, section)
            messages.error(request, screen.refusal)
        return self.page(
            request,
            "shape",
            section,
            title=name_of_front(section),
            screen=screen,
            **self.state(screen.front, now),
        )

    def after_saving(self, request, section):
        if "_save_live" in request.POST:
            messages.success(request, _("The draft is live: readers see it now."))
        else:
            messages.success(
                request, _("The draft is saved. Readers see no change until you put it live.")
            )
        page = "compare" if "_save_compare" in request.POST else "front"
        return HttpResponseRedirect(address(page, section))

    def step(self, request, section, now):
        """Put the draft live, or begin it again; refused when a colleague changed the front."""
        seen = request.POST.get("seen", "")
        seen = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else -1
        live = "_live" in request.POST
        try:
            (put_draft_live if live else draft_from_live)(
                section, by=request.user, now=now, seen=seen
            )
        except FrontChanged as changed:
            messages.error(request, changed_said(changed.front))
            return HttpResponseRedirect(address("compare", section))
        except NoDraft as nothing:
            messages.error(request, str(nothing))
            return HttpResponseRedirect(address("front", section))
        done = _("The draft is live: readers see it now.")
        again = _("The draft begins again: it is as the front that readers see.")
        messages.success(request, done if live else again)
        return HttpResponseRedirect(address("front", section))

    @method_decorator(require_safe)
    def draft_view(self, request, front):
        """The page itself, made from the draft, at a moment; kept out of caches and searches."""
        refuse_who_may_not_shape(request.user)
        section = section_or_404(front)
        at, form = moment_asked(request)
        if form.errors:
            raise Http404("no such moment")
        shown = {"at": at, "draft": front_of(section).drafting, "preview": True}
        if section is None:
            response = front_page(request, **shown)
        else:
            query = [("at", moment) for moment in request.GET.getlist("at")]
            response = section_page(request, section, **shown, query=query)
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    @method_decorator(require_safe)
    def compare_view(self, request, front):
        """What readers see beside what the draft would show them, slot by slot."""
        refuse_who_may_not_shape(request.user)
        section = section_or_404(front)
        at, form = moment_asked(request)
        state = front_of(section)
        lines = changes(slots_of(section, at=at, drafting=state.drafting))
        now = timezone.now()
        live = pins_of(section, now=now)
        draft = pins_of(section, now=now, draft=True) if state.drafting else live
        return self.page(
            request,
            "compare",
            section,
            title=_("%s: the draft and what readers see") % name_of_front(section),
            lines=lines,
            changed=sum(line.is_change for line in lines),
            later=later(live, draft, now),
            at=said(at),
            moment_form=form,
            **self.state(state, now),
        )

    def state(self, front, now):
        """What every page of one front says of it."""
        return {
            "front": front,
            "state": state_said(front),
            "now_said": said(now),
            "zone": zone_said(now),
        }

    def page(self, request, name, section=None, **context):
        """A page of the desk."""
        context |= {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "media": self.media,
            "urls": {page: address(page, section) for page in ("front", "draft", "compare")},
            "front_name": name_of_front(section),
            "site_url": section.get_absolute_url() if section else reverse("front"),
        }
        return TemplateResponse(request, f"admin/articles/front/{name}.html", context)


def section_or_404(front):
    """The section whose front has this name in addresses; None for the front page."""
    if front == HOME:
        return None
    if not (front.isascii() and front.isdigit() and len(front) < 10):
        raise Http404("no such front")
    return get_object_or_404(Section, pk=int(front))


def address(page, section):
    """The address of a page of a front."""
    return reverse(f"admin:articles_placement_{page}", args=[section.pk if section else HOME])


def name_of_front(section):
    """What a front is called."""
    return section.name if section else _("Front page")


def moment_asked(request):
    """The moment that a page is asked for (now, unless told otherwise), and the form for it."""
    form = MomentToShowForm(request.GET if "at" in request.GET else None)
    asked = form.cleaned_data["at"] if form.is_bound and form.is_valid() else None
    return asked or timezone.now(), form


def state_said(front):
    """Whether a draft is under way, in a sentence."""
    if not front.changed_at:
        return _("Nobody has shaped it yet: it fills by itself.")
    words = {"name": name_of(front.changed_by), "at": said(front.changed_at)}
    if front.drafting:
        return _("A draft is under way, last saved by %(name)s at %(at)s.") % words
    return _("No draft is under way. %(name)s put this front live at %(at)s.") % words


def changed_said(front):
    """Why a change was refused."""
    if not front.changed_at:
        return state_said(front)
    return _(
        "%(name)s changed this front at %(at)s, after you opened it. Nothing of theirs was "
        "overwritten; look at it, then decide again."
    ) % {"name": name_of(front.changed_by), "at": said(front.changed_at)}

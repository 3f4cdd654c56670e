"""The breaking banner: put up in a minute, taken down with one button; past ones stay as a log."""

import datetime as dt

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Exists, OuterRef
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...desk.rights.may_do import may_do, may_somewhere
from ...publishing.editions.edition import Edition
from ...publishing.editions.live_intervals import is_live
from ...publishing.fronts.breaking import Breaking, breaking
from ...publishing.steps.banners import put_up, refusal_of_banner, take_down
from ..fields.datetime_fields import WallClockField, format_moment, format_time_zone
from ..fields.pickers import ALL_LINKS, SCRIPTS, RowPickersMixin
from ..folded_search import FoldedSearchMixin
from ..saves.guarded_admin import GuardedAdmin

CHANGE, DELETE = "articles.change_breaking", "articles.delete_breaking"
DEFAULT_DURATION = dt.timedelta(hours=2)


class BreakingForm(forms.ModelForm):
    by = None
    """Who fills it in."""
    live_until = WallClockField(label=gettext_lazy("Until"))

    class Meta:
        model = Breaking
        fields = ["text", "post", "live_until"]
        labels = {"text": gettext_lazy("Line"), "post": gettext_lazy("Story")}
        help_texts = {
            "text": gettext_lazy("Readers see it above every page, so make it short and certain."),
            "post": gettext_lazy("The banner shows while this story is live."),
        }
        widgets = {"text": forms.TextInput(attrs={"class": "vLargeTextField"})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        now = timezone.now()
        field = self.fields["live_until"]
        field.help_text = _("In the newsroom's time zone, %(zone)s; there it is %(now)s now.") % {
            "zone": format_time_zone(now),
            "now": format_moment(now),
        }
        if not self.instance.pk:
            field.initial = now + DEFAULT_DURATION

    def clean_post(self):
        post = self.cleaned_data["post"]
        verb = "change" if self.instance.pk else "add"
        if message := refusal_of_banner(self.by, verb, post):
            raise ValidationError(message, code="forbidden")
        return post

    def clean_live_until(self):
        until = self.cleaned_data["live_until"]
        if until <= timezone.now():
            raise ValidationError(_("This moment has passed. Choose one to come."), code="passed")
        return until


@admin.register(Breaking)
class BreakingAdmin(GuardedAdmin, FoldedSearchMixin, RowPickersMixin, admin.ModelAdmin):
    """Banners, newest first. Past ones cannot be changed."""

    form = BreakingForm
    list_display = ["text", "post", "owner", "began", "ends", "state"]
    list_select_related = ["post", "owner"]
    ordering = ["-live_from", "-pk"]
    search_fields = ["text"]
    autocomplete_fields = ["post"]
    hidden_links = {"post": ALL_LINKS}
    list_per_page = 50
    show_full_result_count = False
    change_form_template = "admin/articles/front/breaking.html"

    class Media:
        css = {"all": ["admin-desk/front.css"]}
        js = SCRIPTS

    def get_urls(self):
        end = path(
            "<int:pk>/end/",
            self.admin_site.admin_view(self.end_view),
            name="articles_breaking_end",
        )
        return [end, *super().get_urls()]

    def has_view_permission(self, request, obj=None):
        return may_somewhere(request.user, CHANGE)

    has_module_permission = has_view_permission

    def has_add_permission(self, request):
        return may_somewhere(request.user, "articles.add_breaking")

    def has_change_permission(self, request, obj=None):
        if obj is None:
            return self.has_view_permission(request)
        return may_do(request.user, CHANGE, obj.post) and obj.live_until > timezone.now()

    def has_delete_permission(self, request, obj=None):
        # What readers saw stays in the log; only deleting a story deletes its banners.
        elsewhere = not (request.resolver_match.url_name or "").startswith("articles_breaking")
        return elsewhere and (
            may_do(request.user, DELETE, obj.post) if obj else may_somewhere(request.user, DELETE)
        )

    def get_queryset(self, request):
        live = Edition.objects.live().filter(post=OuterRef("post"))
        banners = super().get_queryset(request).select_related("post", "owner")
        return banners.annotate(story_is_live=Exists(live))

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.by = request.user
        return form

    def save_model(self, request, obj, form, change):
        put_up(obj, by=request.user, now=timezone.now())

    def end_view(self, request, pk):
        """Take a banner down; a GET redirects to its form."""
        banner = get_object_or_404(Breaking.objects.select_related("post__section"), pk=pk)
        if not may_do(request.user, CHANGE, banner.post):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseRedirect(reverse("admin:articles_breaking_change", args=[pk]))
        if take_down(banner, by=request.user, now=timezone.now()):
            messages.success(request, _("The banner is down."))
        else:
            messages.warning(request, _("This banner has ended already."))
        return HttpResponseRedirect(reverse("admin:articles_breaking_changelist"))

    def render_change_form(self, request, context, obj=None, **kwargs):
        now = timezone.now()
        if obj:
            context["state"] = self.state(obj)
            context["is_up"] = is_live(obj, now) and may_do(request.user, CHANGE, obj.post)
        elif shown := breaking(now):
            context["replaces"] = shown["text"]
        return super().render_change_form(request, context, obj=obj, **kwargs)

    @admin.display(description=gettext_lazy("from"), ordering="live_from")
    def began(self, banner):
        return format_moment(banner.live_from)

    @admin.display(description=gettext_lazy("until"), ordering="live_until")
    def ends(self, banner):
        return format_moment(banner.live_until)

    @admin.display(description=gettext_lazy("state"))
    def state(self, banner):
        if banner.live_until <= timezone.now():
            return _("Ended")
        return _("Up") if banner.story_is_live else _("Waits: its story is not live")

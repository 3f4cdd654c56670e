"""The admin of posts: where stories are written."""

from content_editor.admin import ContentEditor
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from js_asset import Media, Script

from ...desk.optimistic_lock import claim_save
from ...desk.post import Post
from ...desk.workflow import FIELDS_FOR_PUBLISHERS, STEPS, may_change, may_set_dates
from ...publishing.steps.checkpoint import keep
from ..paginators import BoundedPaginator
from ..parameters import clean_initial
from ..pickers import SCRIPTS, RowPickersMixin, hide_related_links
from ..saves.save_guard import SaveGuard
from ..steps.hold_messages import hold_and_warn, warn_embargo_too_late
from ..steps.step_panel import StepPanel
from ..steps.take_step import Action
from .blocks import inlines
from .change_list import COLUMNS, ChangeList, LoadedAtForm, approve, send_to_review, title
from .history import History
from .list_filters import AuthorFilter, ScheduledFilter, TopicFilter
from .post_form import PostForm
from .previews import Previews
from .stale_save import StaleSaves


@admin.register(Post)
class PostAdmin(RowPickersMixin, ContentEditor):
    """Stories as editors write them. Each hook calls the parts made in `__init__`, in order."""

    form = PostForm
    inlines = inlines()
    autocomplete_fields = ["translation_of"]
    search_fields = ["headline"]
    search_help_text = gettext_lazy("Words of the headline, among the stories saved last.")
    list_display = COLUMNS
    list_display_links = [title]
    list_filter = ["status", ScheduledFilter, "section", TopicFilter, AuthorFilter, "saved_at"]
    list_select_related = ["section", "saved_by"]
    list_per_page = 50
    list_max_show_all = 0
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    paginator = BoundedPaginator
    ordering = ["-saved_at", "-pk"]
    sortable_by = ()
    actions = [send_to_review, approve]
    action_form = LoadedAtForm

    class Media:
        css = {"all": ["admin-desk/writing.css", "admin-desk/flow.css"]}
        js = [*SCRIPTS, Script("admin-desk/writing.js", type="module")]

    def __init__(self, model, admin_site):
        super().__init__(model, admin_site)
        self.save_guard = SaveGuard(self)
        self.stale_saves = StaleSaves(self)
        self.step_panel = StepPanel(self)
        self.previews = Previews(self)
        self.history = History(self)
        self.change_list = ChangeList(self)

    # Who may do what, and pages

    def has_change_permission(self, request, obj=None):
        # A story that is being written for the first time is nobody else's.
        if obj is None or obj.pk is None:
            return super().has_change_permission(request)
        return may_change(obj, request.user)

    def get_urls(self):
        parts = [self.step_panel, self.history, self.previews]
        return [*(url for part in parts for url in part.urls()), *super().get_urls()]

    def post_or_404(self, request, object_id):
        """The post for a page beside its form. Raises Http404 or PermissionDenied."""
        post = self.get_object(request, unquote(object_id))
        if not self.has_view_or_change_permission(request, post):
            raise PermissionDenied
        if post is None:
            raise Http404
        return post

    def history_view(self, request, object_id, extra_context=None):
        post = self.post_or_404(request, object_id)
        context = self.history.context(request, post) | (extra_context or {})
        return super().history_view(request, object_id, context)

    def delete_view(self, request, object_id, extra_context=None):
        post = self.get_object(request, object_id)
        has_past = post and (post.transitions.exists() or post.editions.exists())
        if has_past and self.has_delete_permission(request, post):
            why = _("“%s” has a history, so it is kept. Withdraw it to take it off the site.")
            messages.error(request, why % post)
            return redirect("admin:articles_post_change", post.pk)
        return super().delete_view(request, object_id, extra_context)

    # The form

    def get_queryset(self, request):
        posts = super().get_queryset(request).select_related("section", "translation_of")
        match = request.resolver_match
        is_list = match is not None and match.url_name.endswith("_changelist")
        return self.change_list.prefetch(posts) if is_list else posts

    def get_fieldsets(self, request, obj=None):
        """The texts first, then the metadata, which the sidebar shows."""
        sets = [
            (None, {"fields": ["kicker", "headline", "standfirst"], "classes": ["words"]}),
            (_("Story"), {"fields": ["section", "named_authors", "byline", "topics"]}),
            (_("Dates"), {"fields": FIELDS_FOR_PUBLISHERS}),
            (_("Address"), {"fields": ["slug", "language", "translation_of"]}),
        ]
        if obj and obj.published_version is not None:
            change = (_("What readers are told"), {"fields": ["change_kind", "change_note"]})
            sets.insert(1, change)
        return sets

    def get_readonly_fields(self, request, obj=None):
        return () if may_set_dates(request.user) else FIELDS_FOR_PUBLISHERS

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name in PostForm.Meta.widgets:
            kwargs["widget"] = PostForm.Meta.widgets[db_field.name]
        if db_field.name in PostForm.Meta.field_classes:
            kwargs["form_class"] = PostForm.Meta.field_classes[db_field.name]
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name in ("section", "translation_of"):
            hide_related_links(field)
        return field

    def get_changeform_initial_data(self, request):
        return clean_initial(self.model, super().get_changeform_initial_data(request))

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.may_add_topics = request.user.has_perm("articles.add_topic")
        return self.stale_saves.form(form, request)

    def get_formset_kwargs(self, request, obj, inline, prefix):
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        kwargs["form_kwargs"] = self.stale_saves.block_form_kwargs(request, obj)
        return self.save_guard.readd_removed_rows(kwargs, obj, inline, prefix)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        stock_view = super().changeform_view

        def view(context):
            self.step_panel.refuse_role(request)
            refused = self.stale_saves.refuse_moved_on(request, object_id)
            return refused or stock_view(request, object_id, form_url, context)

        return self.save_guard.changeform(view, request, object_id, extra_context)

    def render_change_form(self, request, context, obj=None, **kwargs):
        context |= {
            # A newsroom writes one story at a time.
            "show_save_and_add_another": False,
            **self.step_panel.context(request, obj),
            **self.stale_saves.context(request, context),
        }
        response = super().render_change_form(request, context, obj=obj, **kwargs)
        # The import map is an inline script: without the nonce both editors die silently.
        media = Media.from_media(response.context_data["media"], nonce=request.csp_nonce)
        response.context_data["media"] = media
        return response

    # A save

    def save_model(self, request, obj, form, change):
        # A change is written in save_related, where it is known whether anything changed.
        if not change:
            obj.created_by = obj.saved_by = request.user
            super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        post = form.instance
        if change and (form.has_changed() or any(formset.has_changed() for formset in formsets)):
            # No save destroys the version before it, not even one's own.
            keep(post)
            claim_save(post, started_from=form.started_from, by=request.user)
            super().save_model(request, post, form, change)
        # Bypass the content editor's own, which clones any block without checking permissions.
        admin.ModelAdmin.save_related(self, request, form, formsets, change)
        self.save_guard.note_saved(request, post)
        if change:
            hold_and_warn(request, post=post)
        if change and "embargo_until" in form.changed_data:
            warn_embargo_too_late(request, post)

    def log_change(self, request, obj, message):
        # A save that changed nothing is not logged.
        return super().log_change(request, obj, message) if message else None

    def response_add(self, request, obj, post_url_continue=None):
        step = self.step_panel.after_save(request, obj)
        return step or super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        return self.step_panel.after_save(request, obj) or super().response_change(request, obj)

    # The list

    def get_search_results(self, request, queryset, search_term):
        return self.change_list.search(request, queryset, search_term), False

    def get_paginator(self, request, *args, **kwargs):
        paginator = super().get_paginator(request, *args, **kwargs)
        return self.change_list.count_found(request, paginator)

    def has_send_to_review_permission(self, request):
        return request.user.has_perm(STEPS[Action.SEND_TO_REVIEW].permission)

    def has_approve_permission(self, request):
        return request.user.has_perm(STEPS[Action.APPROVE].permission)

"""Saying from the panel beside a story that something it needs is there."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path

from ...desk.planning.needs import mark_need, need_sentence
from ...desk.planning.plan import PlanNeed
from ...publishing.editions.document import Parts
from ..notes.note_pages import asks_json
from .panel import plan_beside, plan_html


class NeedPages:
    """Mixed into the PlanAdmin."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.need_view)
        return [path("need/<int:pk>/", view, name="articles_plan_need"), *super().get_urls()]

    def need_view(self, request, pk):
        """Mark a need as met, or as not; a GET leads to the story."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        need = get_object_or_404(PlanNeed.objects.select_related("plan__post"), pk=pk)
        post = need.plan.post
        if request.method != "POST":
            return redirect("admin:articles_post_change", post.pk)
        need = mark_need(need, met=request.POST.get("met") == "1", by=request.user)
        said = need_sentence(need) + "."
        if asks_json(request):
            beside = plan_beside(request, post, Parts([post]).region(post, "body"))
            return JsonResponse({"said": said, "plan": plan_html(request, beside)})
        messages.success(request, said)
        return redirect("admin:articles_post_change", post.pk)

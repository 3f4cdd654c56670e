"""The pages on which a step of the workflow is taken, and the one of what is to be put right."""

from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _

from ..desk_page import desk_page
from .advice import checks, line_of, needs_of
from .ending_screens import ENDING_SCREENS
from .status_summary import status_chips
from .step_screen import StepScreen
from .story_at_hand import StoryAtHand


class StepPages:
    """Mixed into the PostAdmin: one page for each step, and one for the checks."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.step_view)
        step = path("<path:object_id>/step/<slug:action>/", view, name="articles_post_step")
        view = self.admin_site.admin_view(self.checks_view)
        checked = path("<path:object_id>/checks/", view, name="articles_post_checks")
        return [step, checked, *super().get_urls()]

    def step_view(self, request, object_id, action):
        post = self.post_or_404(request, object_id)
        screen = ENDING_SCREENS.get(action, StepScreen)
        return screen(self, request, post, action).response()

    def checks_view(self, request, object_id):
        """All that is wrong with a story, each line a link to its place."""
        post, now = self.post_or_404(request, object_id), timezone.now()
        story = StoryAtHand(post, now)
        found = checks(story, needs_of(post), at=now)
        return desk_page(
            self,
            request,
            "post/checks_page",
            title=_("Before publishing"),
            subtitle=str(post),
            post=post,
            chips=status_chips(post, story.on_site, now),
            missing=[line_of(post, line) for line in found.missing],
            advice=[line_of(post, line) for line in found.advice],
            is_nav_sidebar_enabled=False,
        )

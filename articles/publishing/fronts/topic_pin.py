"""Stories that editors pin to the page of a topic."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ...desk.post import Post
from ...library.topic import Topic


class TopicPin(models.Model):
    """A story that stands at the top of a topic's page for as long as it is live."""

    topic = models.ForeignKey(
        Topic, verbose_name=_("topic"), on_delete=models.CASCADE, related_name="pins"
    )
    post = models.ForeignKey(
        Post, verbose_name=_("story"), on_delete=models.CASCADE, related_name="topic_pins"
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)

    class Meta:
        ordering = ["topic", "position", "pk"]
        verbose_name = _("story pinned to a topic")
        verbose_name_plural = _("stories pinned to a topic")
        constraints = [
            models.UniqueConstraint(
                fields=["topic", "post"],
                name="topic_pin_once",
                violation_error_message=_("This story is pinned here already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic}: {self.post}"

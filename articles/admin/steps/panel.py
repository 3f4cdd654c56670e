"""Where a story stands: what readers see, and the last lines of its log."""

from ...desk.second_reader_rule import LAST_STEPS
from ...desk.transition import Transition
from .approval_summary import approvals_by_link, review_sentences
from .status_summary import hold_sentence, status_chips, status_sentences


def panel(request, story):
    """{chips, sentences, live_url, log} of a StoryAtHand."""
    post, on_site, now = story.post, story.on_site, story.now
    log = story.review.steps[:LAST_STEPS]
    withdrawals = (line for line in log if line.action == Transition.Action.WITHDRAW)
    return {
        "chips": status_chips(post, on_site, now),
        "sentences": [
            *status_sentences(post, on_site, next(withdrawals, None), now),
            *review_sentences(story),
            *approvals_by_link(story),
            *(hold_sentence(line) for line in log[:1] if line.action == Transition.Action.HOLD),
        ],
        "live_url": on_site.live.get_absolute_url() if on_site.live else "",
        "log": log[:5] if request.user.has_perm("articles.view_transition") else [],
    }

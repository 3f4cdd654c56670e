"""Pages that only read: GET and HEAD, and nothing else."""

from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe


def read_only(view):
    """A view that answers GET and HEAD; any other method is told so, with 405 and `Allow`."""
    # A forged request can change nothing here, because whatever changes something is refused. Were
    # the view not exempt, the check for forgery would come first and say 403. Only what refuses by
    # itself is exempt: a view that is to take a POST cannot be `read_only`, and so is checked.
    return csrf_exempt(require_safe(view))

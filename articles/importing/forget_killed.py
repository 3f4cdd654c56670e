"""What imports know of a story that is killed: that it was here, so that it does not come back."""

from django.db.models import Q
from django.dispatch import receiver

from ..publishing.kill.erase import erasing
from .import_run import ImportProblem
from .imported_story import ImportedStory


@receiver(erasing)
def forget_killed(post, **signal):
    """Keep only the hash of its reference, as of a story that was deleted here."""
    known = ImportedStory.objects.filter(post=post)
    rows = list(known)
    if not rows and post.source == "desk":
        return {}  # it was written here
    references = {post.source_id, *(row.reference for row in rows)} - {""}
    about = Q(reference__in=references) | Q(said__in=references)
    problems = ImportProblem.objects.filter(about, run__source=post.source)
    said = {
        "articles.importedstory": list(known.values("pk", "reference", "theirs", "missing")),
        "articles.importproblem": list(problems.values("pk", "reference", "title", "said")),
    }
    for row in rows:
        post.source_id = f"sha256:{row.reference_hash}"
    problems.update(reference="", title="", said="")
    known.update(reference="", theirs=None, missing=None, post=None)
    return said

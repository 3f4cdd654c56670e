"""Pictures of editions that the library keeps from others now, whatever it said when they were
frozen.

What was frozen as not for others stays so until it is published again.
"""

from functools import partial
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Coalesce, Concat

from ...library.photo import Photo
from ...library.pictures.in_blocks import with_pictures
from ...library.pictures.renditions import PictureDict
from .listing import MAX_NAMES, Joined
from .picture_use import PictureUse
from .render import body_of, render_body


def with_withheld(rows: QuerySet, edition: str = "pk") -> QuerySet:
    """Rows with `withheld`: the slugs of the pictures of their editions that are not for others,
    joined by slashes; of one that was merged with another, both."""
    uses = PictureUse.objects.filter(edition=OuterRef(edition), photo__not_for_others=True)
    merged = Coalesce("photo__merged__slug", Value(""), output_field=TextField())
    slugs = Concat("photo__slug", Value("/"), merged, output_field=TextField())
    return rows.annotate(
        withheld=Joined(uses.order_by("pk").values(number=slugs)[:MAX_NAMES], between="/")
    )


def picture_now(edition: Any, picture: PictureDict | None) -> PictureDict | None:
    """A picture of an edition (or of its row) that was read `with_withheld`, as others may have
    it."""
    if picture and picture["slug"] in slugs_of(edition):
        return {**picture, "not_for_others": True}
    return picture


def picture_in_list(row: Any) -> PictureDict | None:
    """The same of a row of a list, which says only whether it has any such picture: a query for
    the few that have. What a search found does not say so, and is shared without a picture."""
    if not hasattr(row, "has_withheld"):
        return None
    if not row.picture or not row.has_withheld:
        return row.picture
    slug = row.picture["slug"]
    named = Photo.objects.filter(Q(slug=slug) | Q(merged__slug=slug), not_for_others=True)
    return {**row.picture, "not_for_others": True} if named.exists() else row.picture


def body_now(edition: Any) -> list[dict]:
    """An edition's body in which those pictures are `own` (see `render_body`)."""
    if not slugs_of(edition):
        return body_of(edition)
    blocks = edition.document["regions"]["body"]
    now = partial(picture_now, edition)
    return render_body([with_pictures(block, now) for block in blocks], language=edition.language)


def slugs_of(edition: Any) -> set[str]:
    joined = getattr(edition, "withheld", None) or ""
    return set(joined.split("/")) - {""}

"""Topics that are made although one is there already that is spelt much like them."""

from django.utils.translation import gettext as _

from ...library.topic import Topic


def alike_sentence(name):
    """What to say of a new topic of this name, or ""."""
    known = Topic.objects.much_like(name)
    if known is None:
        return ""
    said = _(
        "“%(new)s” is a new topic, and “%(known)s” is there already. If they are one, take that "
        "one here, or merge the two under Topics."
    )
    return said % {"new": name, "known": known.name}


def alike_sentences(form):
    """The same of all topics that a valid form of a story is about to make."""
    names = [each for each in form.cleaned_data.get("topics", ()) if isinstance(each, str)]
    return list(filter(None, map(alike_sentence, names)))

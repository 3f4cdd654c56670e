"""Slugs that may be left empty."""

from django.utils.translation import gettext as _


class SlugFromName:
    """The slug may stay empty: the model makes one of the name, in any script."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "slug":
            kwargs |= {"required": False, "help_text": _("Made from the name when empty.")}
        return super().formfield_for_dbfield(db_field, request, **kwargs)

"""Pictures as the desk watches over them: where each is used, until when it may be, and putting one
in another's place."""

from .ending import pictures_ending

__all__ = ["pictures_ending"]

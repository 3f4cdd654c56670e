"""The steps of a post's life, as buttons around its form."""


class WorkflowMixin:
    """A panel above the post's form: what readers see, and what this person may do now."""

"""What is wrong with a fixture, in words."""


class Broken(Exception):
    """A fixture that cannot be loaded; says which object, which field, and why."""

    def __init__(self, where, field, reason):
        super().__init__(": ".join(part for part in (where, field, reason) if part))


class Missing(Broken):
    """An object names another that is not there (yet)."""

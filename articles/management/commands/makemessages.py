"""makemessages: Django's own, for our files only and without guessing translations."""

from django.core.management.commands import makemessages

NOT_OURS = [".venv/*", "docs/*", "fixtures/*", "media/*", "staticfiles/*", "tests/*"]


class Command(makemessages.Command):
    """Gather the messages of the code and the templates into articles/locale."""

    # A guess looks translated and is wrong; an empty message is found by the tests.
    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]

    def handle(self, *args, **options):
        options["ignore_patterns"] = [*options["ignore_patterns"], *NOT_OURS]
        options |= {"no_wrap": True, "no_obsolete": True, "add_location": "file"}
        super().handle(*args, **options)

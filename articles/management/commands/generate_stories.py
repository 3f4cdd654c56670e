"""generate_stories: fill a database with believable stories, in bulk."""

from django.core.management.base import BaseCommand, CommandError

from ..generating.run import generate
from ..generating.story import WORDS_EACH
from ..progress import Progress


class Command(BaseCommand):
    help = (
        "Adds N published stories of made-up words: ten years of dates, 300 topics, pictures with "
        "captions, related links, editions, lists and search. Running it again adds more."
    )

    def add_arguments(self, parser):
        parser.add_argument("count", type=int, metavar="N", help="how many stories")
        parser.add_argument("--seed", type=int, default=0, help="another seed, other stories")
        parser.add_argument(
            "--words", type=int, default=WORDS_EACH, help="about how many words each has"
        )

    def handle(self, *, count, seed, words, verbosity, **options):
        if count < 1:
            raise CommandError("N is a number of stories: 1 or more.")
        with Progress("Stories", self.stdout, quiet=verbosity < 1) as progress:
            generate(count, seed=seed, words_each=words, progress=progress)

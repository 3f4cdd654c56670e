"""quickstart: from a fresh clone to a running demo newsroom."""

import socket
from contextlib import ExitStack

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ...models import Post
from ...publishing.search.index import is_outdated
from ..accounts import PASSWORD, give_demo_accounts_their_work, make_accounts
from ..background import minute_command_beside, pictures_made_beside
from ..demo_hold import hold_a_story
from ..demo_plans import plan_tomorrow
from ..serve import serve


class Command(BaseCommand):
    help = (
        "Makes the database, loads the demo newsroom, makes a sign-in for each role, and serves "
        "the site. Safe to run again: nothing that is there is written over."
    )

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1", help="address to serve on")
        parser.add_argument("--port", type=int, default=8000, help="port to serve on")
        parser.add_argument("--no-demo", action="store_true", help="begin with an empty newsroom")
        parser.add_argument("--no-serve", action="store_true", help="make everything, then stop")

    def handle(self, *, host, port, no_demo, no_serve, verbosity, **options):
        if settings.PRODUCTION:
            raise CommandError(
                "quickstart makes sign-ins whose passwords everybody knows, so it does not run "
                "with NEWSROOM_PRODUCTION on. Use: manage.py migrate, manage.py collectstatic, "
                "manage.py createsuperuser, and a WSGI server for newsroom.wsgi."
            )
        if not no_serve:
            refuse_taken_port(host, port)
        self.say("Database …")
        call_command("migrate", verbosity=0, stdout=self.stdout)
        if is_outdated():
            call_command("reindex", missing=True, stdout=self.stdout)
        is_new = not no_demo and self.load_demo(verbosity, renditions_later=not no_serve)
        accounts = make_accounts()
        if not no_demo:
            give_demo_accounts_their_work()
        if is_new:
            plan_tomorrow(timezone.now())
            hold_a_story(timezone.now())
        self.say_where(host, port, accounts)
        if not no_serve:
            self.stdout.flush()
            with ExitStack() as beside:
                if not no_demo:
                    beside.enter_context(pictures_made_beside(self.say))
                beside.enter_context(minute_command_beside())
                serve(host, port)
            self.say("\nStopped.")

    def load_demo(self, verbosity, *, renditions_later):
        """Load the demo; returns whether it was not there yet."""
        if Post.objects.filter(source="demo").exists():
            self.say("The demo newsroom is here already.")
            if not renditions_later:
                call_command("make_renditions", background=True, stdout=self.stdout)
            return False
        self.say("The demo newsroom …")
        call_command(
            "loaddata",
            "demo",
            verbosity=verbosity,
            renditions_later=renditions_later,
            stdout=self.stdout,
        )
        return True

    def say_where(self, host, port, accounts):
        site = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
        self.say(f"\n  The site   {site}\n  The desk   {site}admin/\n\n  Sign in at the desk as")
        for user, role in accounts:
            known = user.check_password(PASSWORD)
            self.say(f"    {user.username:<16} {PASSWORD if known else '(its own)':<16} {role}")
        self.say("\n  Stop with Ctrl-C.\n")

    def say(self, text):
        self.stdout.write(text)


def refuse_taken_port(host, port):
    """Raise CommandError when something else listens there already."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"Cannot serve on {host}:{port} ({error.strerror}). "
                f"Choose another port, for example --port {port + 1 if port < 65535 else 8000}."
            ) from error
        except OverflowError as error:
            raise CommandError(f"{port} is no port: choose one from 1 to 65535.") from error

"""Run Newsroom as docs/deploy.md has it for several machines, and take them away one by one.

python -m tests.several [--port 8130] [--stories 300]

Everything runs on this machine: two sites with production settings, a PostgreSQL primary and a
streaming replica, Redis, a stand-in for S3, Varnish, and nginx in front, with the files under
deploy/. Readers ask the front without pause and look at every answer, while one machine after the
other is stopped and started again, and while the story that they read is published anew. Prints a
line for each, and fails when a reader noticed anything. Takes the port given and the eleven after.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from . import machines
from .databases import Cluster, folder_for, programs
from .readers import Readers, oldest

SOON = 3
"""Seconds after which every reader has the new words: the caches are told at once and again two
seconds later, when no page is made from a replica any more that had not heard."""


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.several")
    parser.add_argument("--port", type=int, default=8130)
    parser.add_argument("--stories", type=int, default=300)
    options = parser.parse_args()
    if lacking := machines.missing() + ([] if programs() else ["postgresql"]):
        sys.exit(f"This needs {', '.join(lacking)}, from Debian's packages.")
    folder = Path(tempfile.mkdtemp(prefix="several-"))
    folder.chmod(0o755)
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        trial = Trial(folder, options.port, stack)
        trial.build(options.stories)
        failed = trial.run()
    sys.exit(1 if failed else 0)


class Trial:
    """All the machines, the readers, and what is done to them."""

    def __init__(self, folder, port, stack):
        front, balancer, cache, one, two, redis, s3, spare, primary, replica = range(
            port, port + 10
        )
        self.stack = stack
        self.databases = folder_for(folder / "databases")
        self.primary = Cluster("primary", primary, self.databases)
        self.replica = Cluster("replica", replica, self.databases)
        self.environment = {
            "DJANGO_SETTINGS_MODULE": "newsroom.settings",
            "NEWSROOM_PRODUCTION": "1",
            "NEWSROOM_NO_SSL_REDIRECT": "1",
            "NEWSROOM_SECRET_KEY": os.urandom(48).hex(),
            "NEWSROOM_HOSTS": machines.HERE,
            "NEWSROOM_SITE_URL": f"http://{machines.HERE}:{front}",
            "DATABASE_URL": self.primary.url(),
            "NEWSROOM_REPLICA_URL": self.replica.url(),
            "NEWSROOM_PAGE_CACHE": f"redis://{machines.HERE}:{redis}/0",
            "NEWSROOM_SHARED_CACHE_SECONDS": "3600",
            "NEWSROOM_PURGE": f"varnish://{machines.HERE}:{cache}",
            "NEWSROOM_MEDIA_BUCKET": machines.MEDIA,
            "NEWSROOM_ORIGINALS_BUCKET": machines.ORIGINALS,
            "NEWSROOM_MEDIA_URL": f"http://{machines.HERE}:{s3}/{machines.MEDIA}",
            "NEWSROOM_BUCKET_ENDPOINT": f"http://{machines.HERE}:{s3}",
            "AWS_ACCESS_KEY_ID": "trial",
            "AWS_SECRET_ACCESS_KEY": "trial",
            "AWS_DEFAULT_REGION": "us-east-1",
        }
        self.buckets = machines.buckets(s3, folder)
        self.redis = machines.redis(redis, folder)
        self.sites = [
            machines.site(name, port, folder, self.environment)
            for name, port in (("site-1", one), ("site-2", two))
        ]
        self.cache = machines.varnish(cache, folder, balancer=balancer)
        self.front = machines.nginx(
            front, folder, cache=cache, balancer=balancer, sites=(one, two), spare=spare
        )
        self.folder = folder

    def build(self, stories):
        """Bring everything up, with a newsroom to read."""
        began = time.monotonic()
        self.primary.make()
        self.start(self.primary)
        self.primary.ask("create database newsroom")
        self.replica.follow(self.primary)
        self.start(self.replica)
        for machine in (self.buckets, self.redis):
            self.start(machine)
        self.make_buckets()
        subprocess.run(
            [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"],
            cwd=machines.ROOT,
            env=os.environ | self.environment,
            check=True,
        )
        self.desk = machines.Desk(self.folder, self.environment)
        self.stack.callback(self.desk.stop)
        self.newsroom = self.desk.ask(do="fill", stories=stories)
        self.published = [time.time()]
        for machine in (*self.sites, self.cache, self.front):
            self.start(machine)
        print(f"Everything runs, after {time.monotonic() - began:.0f} s.", flush=True)

    def make_buckets(self):
        import boto3

        os.environ |= {name: value for name, value in self.environment.items() if name[:3] == "AWS"}
        client = boto3.client("s3", endpoint_url=self.environment["NEWSROOM_BUCKET_ENDPOINT"])
        for bucket in (machines.MEDIA, machines.ORIGINALS):
            client.create_bucket(Bucket=bucket)

    def start(self, machine):
        machine.start()
        self.stack.callback(machine.stop)

    def run(self):
        """Take one machine away after the other. Returns how many answers a reader noticed."""
        self.readers = Readers(
            self.front.port, still=self.newsroom["still"], moving=self.newsroom["moving"]
        )
        self.readers.look()
        self.readers.begin()
        pause = "select pg_wal_replay_pause()"
        resume = "select pg_wal_replay_resume()"
        noticed = 0
        print("| what is away | answers | noticed by a reader | slowest | old words for at most |")
        print("|---|---|---|---|---|")
        try:
            for name, seconds, take, bring in (
                ("nothing", 3, None, None),
                ("the replica", 3, self.replica.stop, self.replica.start),
                (
                    "nothing, but the replica's replay stands still",
                    2 * SOON,  # long enough to see what would be wrong
                    lambda: self.replica.ask(pause),
                    lambda: self.replica.ask(resume),
                ),
                ("Redis", 3, self.redis.stop, self.redis.start),
                ("Varnish", 3, self.cache.stop, self.cache.start),
                ("one site", 3, self.sites[0].stop, self.sites[0].start),
                ("the primary", 3, self.primary.stop, self.primary.start),
                ("nothing again", 3, None, None),
            ):
                noticed += self.without(name, seconds, take, bring)
        finally:
            self.readers.end()
        self.report()
        return noticed

    def without(self, name, seconds, take, bring):
        """One machine away for some seconds, and back; one line of the report."""
        first = len(self.readers.answers)
        if take:
            take()
        time.sleep(1)
        if name != "the primary":
            self.publish()
        time.sleep(seconds)
        if bring:
            bring()
            self.publish()
            time.sleep(2)
        answers = self.readers.answers[first:]
        wrong = [answer.wrong for answer in answers if answer.wrong]
        old = oldest(answers, self.published)
        slowest = max(answer.seconds for answer in answers)
        print(
            f"| {name} | {len(answers):,} | {len(wrong)} | {slowest:.2f} s | {max(0, old):.1f} s |",
            flush=True,
        )
        for words in sorted(set(wrong))[:5]:
            print(f"    {wrong.count(words)} × {words}")
        return len(wrong) + (old > SOON)

    def publish(self):
        done = self.desk.ask(do="publish", post=self.newsroom["post"], number=len(self.published))
        self.published.append(done["at"])
        self.desk.ask(do="tell")

    def report(self):
        for site in self.sites:
            replica = site.said("The replica cannot serve")
            pages = site.said("The page cache does not answer")
            print(
                f"{site.name} noticed the replica's absence {replica} ×, that of Redis {pages} ×."
            )


if __name__ == "__main__":
    main()

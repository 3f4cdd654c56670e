"""How far long work has come, on one line of a terminal."""

import sys
import time


class Progress:
    """A line that is written over: call it with what is done, and with how much there is."""

    WIDTH = 30

    def __init__(self, label, out=None, *, quiet=False, every=0.1):
        self.label, self.out, self.quiet, self.every = label, out or sys.stdout, quiet, every
        self.done, self.total, self.began, self.shown_at = 0, None, time.monotonic(), 0.0

    def __enter__(self):
        return self

    def __call__(self, done, total=None):
        self.done, self.total = done, total
        now = time.monotonic()
        if not self.quiet and self.out.isatty() and now - self.shown_at >= self.every:
            self.shown_at = now
            self.out.write(f"\r{self.line()}", ending="")
            self.out.flush()

    def __exit__(self, kind, *_error):
        if kind is None and self.done and not self.quiet:
            start = "\r" if self.out.isatty() else ""
            self.out.write(f"{start}{self.line()}, {self.seconds:.1f} s")

    @property
    def seconds(self):
        return max(time.monotonic() - self.began, 0.001)

    def line(self):
        """“Stories [#####.....] 500 of 1,000, 2,310 a second”."""
        if self.total is None:
            return f"{self.label}: {self.done:,}"
        filled = self.WIDTH * self.done // max(self.total, 1)
        bar = "#" * filled + "." * (self.WIDTH - filled)
        speed = self.done / self.seconds
        return f"{self.label} [{bar}] {self.done:,} of {self.total:,}, {speed:,.0f} a second"

"""Progress of long work, on one line of a terminal."""

import time

BAR_WIDTH = 30
SECONDS_BETWEEN = 0.1


class Progress:
    """A line that is overwritten: call it with what is done, and the total."""

    def __init__(self, label, out, *, quiet=False):
        self.label, self.out, self.quiet = label, out, quiet
        self.done, self.total, self.began, self.shown_at = 0, None, time.monotonic(), 0.0

    def __enter__(self):
        return self

    def __call__(self, done, total=None):
        self.done, self.total = done, total
        now = time.monotonic()
        if not self.quiet and self.out.isatty() and now - self.shown_at >= SECONDS_BETWEEN:
            self.shown_at = now
            self.out.write(f"\r{self.line()}", ending="")
            self.out.flush()

    def through(self, batches, total):
        """These lists, each of them counted when it has been worked through."""
        for batch in batches:
            yield batch
            self(self.done + len(batch), total)

    def __exit__(self, kind, *_error):
        if kind is None and self.done and not self.quiet:
            start = "\r" if self.out.isatty() else ""
            self.out.write(f"{start}{self.line()}, {time.monotonic() - self.began:.1f} s")

    def line(self):
        """“Stories [#####.....] 500 of 1,000, 2,310 a second”."""
        if self.total is None:
            return f"{self.label}: {self.done:,}"
        bar = "#" * (BAR_WIDTH * self.done // max(self.total, 1))
        speed = self.done / max(time.monotonic() - self.began, 0.001)
        return (
            f"{self.label} [{bar:.<{BAR_WIDTH}}] {self.done:,} of {self.total:,}, "
            f"{speed:,.0f} a second"
        )

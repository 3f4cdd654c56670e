"""Fill databases of two sizes and print what every page costs in each, and the ratio.

python -m tests.benchmarks [--sizes 1000 100000] [--databases sqlite postgresql]
    [--filled 1000000=postgres://…] [--rounds 20] [--folder DIR]

A database that is already filled is used again; `--filled` names one that was filled elsewhere.
Each page is measured by turns in both sizes, so that they share what else the machine does.
PostgreSQL's server is named by BENCHMARK_POSTGRES, `postgres://postgres@127.0.0.1` unless set.
"""

import argparse
from pathlib import Path
from statistics import median, quantiles

from .databases import ROOT, address, environment_of, fill
from .measure import Measurer


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    parser.add_argument("--sizes", nargs=2, type=int, default=[1_000, 100_000])
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgresql"])
    parser.add_argument("--filled", nargs="*", default=[], metavar="SIZE=URL")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--folder", type=Path, default=ROOT / "media" / "benchmarks")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    filled = dict(each.split("=", 1) for each in options.filled)
    for database in options.databases:
        environments = []
        for size in sorted(options.sizes):
            url = filled.get(str(size)) or address(database, size, options.folder)
            environments.append(environment_of(url, options.folder))
            fill(size, environments[-1])
        small, large = sorted(options.sizes)
        print(f"\n{database}: {small:,} and {large:,} stories\n")
        report(*environments, rounds=options.rounds)


def report(few, many, *, rounds):
    """Print a table: per page, what it asks and shows, its milliseconds, and the ratio."""
    print("| page | queries | shows | few: median ms | 95th | many: median ms | 95th | ratio |")
    print("|---|---|---|---|---|---|---|---|")
    with Measurer(few) as few, Measurer(many) as many:
        for page in few.pages:
            found = [few.measure(page), many.measure(page)]
            for _ in range(rounds - 1):
                for figures, measurer in zip(found, (few, many), strict=True):
                    figures["times"] += measurer.measure(page)["times"]
            print(row(page, *found), flush=True)


def row(page, few, many):
    """A line of the table; a figure of both sizes is said once where it is the same."""
    cells = [page]
    for what in ("queries", "stories"):
        same = few[what] == many[what]
        cells.append(str(few[what]) if same else f"{few[what]} → {many[what]}")
    for figures in (few, many):
        times = figures["times"]
        cells += [f"{median(times):.1f}", f"{quantiles(times, n=20)[-1]:.1f}"]
    cells.append(f"{median(many['times']) / median(few['times']):.2f}")
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()

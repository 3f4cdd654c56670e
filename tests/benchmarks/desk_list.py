"""Print what the list of stories and Today cost on databases that desk_rows has filled.

python -m tests.benchmarks.desk_list postgres://…/newsroom_thousand postgres://…/newsroom_million
    [--rounds 15] [--only "a phrase" …]

Each question is measured by turns in both, so that they share what else the machine does; of the
second the search alone is measured, too. The figures are those of whole pages, in milliseconds.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median

ENVIRONMENT = {"NEWSROOM_NO_DEBUG": "1", "NEWSROOM_HOSTS": "testserver"}


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.desk_list")
    parser.add_argument("databases", nargs=2)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--only", nargs="*")
    options = parser.parse_args()
    few, many = map(started, options.databases)
    print(
        "| question | shown | queries | few: processor | clock | many: processor | clock | ratio"
        " | search alone, many: processor | clock |\n" + "|---" * 10 + "|"
    )
    for name in options.only or few["names"]:
        found = [asked(few, name), asked(many, name)]
        for _ in range(options.rounds - 1):
            for figures, process in zip(found, (few, many), strict=True):
                again = asked(process, name)
                figures["page"] += again["page"]
                figures["search"] += again["search"]
        print(row(name, *found), flush=True)
    for each in (few, many):
        each["process"].stdin.close()


def row(name, few, many):
    """Processor time (median) and the least by the clock; a ratio where both show as much."""
    same = few["shown"] == many["shown"]
    cells = [name, str(many["shown"]) if same else f"{few['shown']} → {many['shown']}"]
    cells.append(str(many["queries"]))
    cells += [cell for each in (few, many) for cell in figures_of(each["page"])]
    worked = [median(each[1] for each in times["page"]) for times in (few, many)]
    cells.append(f"{worked[1] / worked[0]:.2f}" if same else "")
    cells += figures_of(many["search"])
    return f"| {' | '.join(cells)} |"


def figures_of(times):
    if not times:
        return ["", ""]
    return [f"{median(each[1] for each in times):.0f}", f"{min(each[0] for each in times):.0f}"]


def started(url):
    """A process that measures in one database."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.desk_list_asked"],
        cwd=Path(__file__).resolve().parents[2],
        env=os.environ | {"DATABASE_URL": url} | ENVIRONMENT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    return {"process": process, "names": json.loads(process.stdout.readline())}


def asked(started, name):
    print(name, file=started["process"].stdin, flush=True)
    return json.loads(started["process"].stdout.readline())


if __name__ == "__main__":
    main()

"""Break the rules of desk, publishing and library one at a time, and list what no test notices.

pip install cosmic-ray pytest-cov
python -m tests.mutation [--sample 200] [--seed 1] [--jobs 2]
    [--only articles/desk] [--tests desk admin]

Cosmic Ray makes the mutants, in copies of the last commit. Each is given to the tests that run the
broken line: the fastest first, up to BUDGETS[0] seconds of them, then those up to BUDGETS[1]. The
first run of a commit measures which tests run which lines, which takes longer than the suite.
"""

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ["articles/desk", "articles/publishing", "articles/library"]
TEST_FOLDERS = ["desk", "publishing", "library", "admin", "management", "public"]
OPERATORS = re.compile(
    r"core/(AddNot|RemoveDecorator|ExceptionReplacer|ZeroIterationForLoop|ReplaceTrueWithFalse"
    r"|ReplaceFalseWithTrue|ReplaceAndWithOr|ReplaceOrWithAnd|ReplaceUnaryOperator_Delete_Not"
    r"|ReplaceBreakWithContinue|ReplaceContinueWithBreak|ReplaceBinaryOperator_(Add_Sub|Sub_Add"
    r"|BitOr_BitAnd|BitAnd_BitOr)|ReplaceComparisonOperator_(Eq_NotEq|NotEq_Eq|Is_IsNot|IsNot_Is"
    r"|Gt_GtE|Gt_LtE|GtE_Gt|GtE_Lt|Lt_LtE|Lt_GtE|LtE_Lt|LtE_Gt))"
)
"""Faults that somebody could make in a rule. Not other numbers: limits have tests of their own."""

PYTEST = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:randomly", "@mutant.txt"]
BUDGETS = 15, 90
TIMEOUT = 300


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.mutation")
    parser.add_argument("--sample", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", nargs="*", default=PACKAGES)
    parser.add_argument("--tests", nargs="*", default=TEST_FOLDERS)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "mutation")
    options = parser.parse_args()
    commit = run(["git", "rev-parse", "--short", "HEAD"], ROOT).strip()
    copies = [copy_of(commit, options.folder / f"{commit}-{n}") for n in range(options.jobs)]
    saved = options.folder / f"{commit}-{'-'.join(options.tests)}.json"
    tests = covering_tests(copies[0], options.tests, saved)
    for copy in copies:
        refuse_failing(copy, tests)
    mutants = sample(copies[0], options)
    shares = [mutants[n :: options.jobs] for n in range(options.jobs)]
    with ProcessPoolExecutor(options.jobs) as pool:
        results = pool.map(try_all, copies, shares, [tests] * len(copies))
    report([result for share in results for result in share])


def copy_of(commit, folder):
    """A working tree of a commit, made once."""
    if not folder.exists():
        run(["git", "worktree", "add", "--detach", str(folder), commit], ROOT)
    return folder


def run(command, folder):
    done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)  # noqa: S603
    return done.stdout


def covering_tests(folder, test_folders, saved):
    """{file: {line: [[seconds, test], …]}}: the tests that run each line, fastest first."""
    if not saved.exists():
        subprocess.run(  # noqa: S603
            [sys.executable, "-m", "pytest", "-q", "-n", "auto", "-p", "no:randomly"]
            + [f"--cov={package}" for package in PACKAGES]
            + ["--cov-context=test", "--cov-report=", f"--junitxml={saved}.xml"]
            + [f"tests/{name}" for name in test_folders],
            cwd=folder,
            check=True,
        )
        saved.write_text(json.dumps(read_coverage(folder, f"{saved}.xml")))
    return json.loads(saved.read_text())


def read_coverage(folder, junit):
    from coverage import CoverageData

    seconds = seconds_by_test(junit)
    data = CoverageData(str(folder / ".coverage"))
    data.read()
    found = {}
    for file in data.measured_files():
        lines = {}
        for line, contexts in data.contexts_by_lineno(file).items():
            names = {context.split("|")[0].split("[")[0] for context in contexts if context}
            lines[line] = sorted([seconds.get(name, 1.0), name] for name in names)
        found[str(Path(file).relative_to(folder))] = lines
    return found


def seconds_by_test(junit):
    """How long each test function took, all its cases together."""
    from xml.etree import ElementTree

    seconds = Counter()
    for case in ElementTree.parse(junit).iter("testcase"):  # noqa: S314
        path = case.get("classname").replace(".", "/") + ".py"
        seconds[f"{path}::{case.get('name').split('[')[0]}"] += float(case.get("time"))
    return seconds


def sample(folder, options):
    """Random mutants: (file, operator, occurrence, line)."""
    from cosmic_ray.commands.init import _all_work_items

    os.chdir(folder)
    files = sorted(file for only in options.only for file in Path().glob(f"{only}/**/*.py"))
    mutants = [
        (str(spec.module_path), spec.operator_name, spec.occurrence, spec.start_pos[0])
        for item in _all_work_items(files, {})
        for spec in item.mutations
        if OPERATORS.fullmatch(spec.operator_name)
    ]
    print(f"{len(mutants)} mutants in {len(files)} files", flush=True)
    random.seed(options.seed)
    return random.sample(mutants, min(options.sample, len(mutants)))


def refuse_failing(folder, tests):
    """Raise CalledProcessError when tests fail though nothing is broken: every mutant would seem to
    be killed."""
    fastest = sorted(
        {tuple(each) for lines in tests.values() for own in lines.values() for each in own}
    )
    (folder / "mutant.txt").write_text("\n".join(name for _seconds, name in fastest[:50]))
    run(PYTEST, folder)


def try_all(folder, mutants, tests):
    os.chdir(folder)
    return [try_one(mutant, tests) for mutant in mutants]


def try_one(mutant, tests):
    """Whether a test fails when this is broken: (file, line, operator, outcome, diff)."""
    from cosmic_ray.mutating import mutate_and_test
    from cosmic_ray.work_item import MutationSpec

    file, operator, occurrence, line = mutant
    spec = MutationSpec(Path(file), operator, occurrence, (line, 0), (line, 1))
    outcome, diff, start = "survived", "", 0
    for budget in BUDGETS:
        chosen = within(budget, of_line(tests.get(file, {}), line))
        if not chosen[start:]:
            continue
        Path("mutant.txt").write_text("\n".join(chosen[start:]))
        result = mutate_and_test([spec], " ".join(PYTEST), TIMEOUT)
        start, diff = len(chosen), result.diff or ""
        if result.is_killed:
            outcome = "killed"
            break
    print(f"{outcome:8} {file}:{line} {operator}", flush=True)
    return file, line, operator, outcome, diff


def of_line(lines, line):
    """The tests of a line; of the whole file, for a line that only an import runs."""
    if found := lines.get(str(line)):
        return found
    return sorted({tuple(each) for every in lines.values() for each in every})


def within(budget, tests):
    chosen = []
    for seconds, name in tests:
        budget -= seconds
        if budget < 0 and chosen:
            break
        chosen.append(name)
    return chosen


def report(results):
    outcomes = Counter(outcome for *_rest, outcome, _diff in results)
    for file, line, operator, outcome, diff in sorted(results):
        if outcome == "survived":
            print(f"\n{file}:{line} {operator}\n{diff}")
    for package in PACKAGES:
        own = [outcome for file, *_rest, outcome, _diff in results if file.startswith(package)]
        if own:
            print(f"{package}: {own.count('survived')} of {len(own)} survived")
    print(
        f"all: {outcomes['survived']} of {len(results)}, {outcomes['survived'] / len(results):.0%}"
    )


if __name__ == "__main__":
    main()

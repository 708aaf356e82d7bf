#!/usr/bin/env python3
"""Runs the command from each operation's page, each in its own sandbox.

Usage: check_commands.py PROGRAM [JOBS]
"""
import pathlib
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tools/site"), str(ROOT / "tools/codegen")]

from cpp import Cpp  # noqa: E402
from examples import Examples  # noqa: E402
from model import Model  # noqa: E402

# The exit code if it is not 0: previews are not listed, so only their creator knows their id.
EXPECTED = {"getAudiencePreview": 5}
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": "/nonexistent"}


def asks_first(program, words):
    shown = subprocess.run([program, *words[1:3], "--help"], capture_output=True, text=True, env=ENVIRONMENT, check=False)
    return "--yes" in shown.stdout


def run(program, examples, operation):
    """What is wrong with an operation's command; None if it does what it should."""
    words, read = examples.command(operation)
    flags = ["--sandbox"]
    if operation.verb == "DELETE" or "regulation" in operation.name:
        flags += ["--yes"] if asks_first(program, words) else []
    ran = subprocess.run([program, *words[1:], *flags], input=read or "", capture_output=True, text=True, env=ENVIRONMENT, check=False)
    if ran.returncode == EXPECTED.get(operation.id, 0):
        return None
    return f"{examples.shell(operation)}\nends with {ran.returncode}: {ran.stderr.strip()}"


def main():
    program, jobs = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 2
    model = Model(ROOT / "api")
    examples = Examples(model, Cpp(model))
    operations = [operation for group in model.groups for operation in group.operations]
    with ThreadPoolExecutor(jobs) as pool:
        problems = [said for said in pool.map(lambda o: run(program, examples, o), operations) if said]
    for problem in problems:
        print(problem)
    print(f"{len(operations)} commands, {len(problems)} problems")
    return 1 if problems or not operations else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Runs the sessions in the documents in a terminal of 80 columns, and compares the output.

A session is a ```console block. A line that starts with `$ ` is a command, one with `> ` continues it, and the rest is what
the terminal shows. A line of three dots matches any lines. All sessions of a document share one home folder, empty at first.

Usage: check_sessions.py PROGRAM [--update]    (--update writes the actual output to the documents)
"""
import difflib
import fcntl
import os
import pathlib
import pty
import re
import struct
import subprocess
import sys
import tempfile
import termios

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOCUMENTS = [ROOT / "README.md", ROOT / "cli/README.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^```console[ \t]*\n(.*?)^```[ \t]*$", re.M | re.S)
ANYTHING = "..."


def steps(session):
    """The commands of a session: the lines of each command, and the lines that it shows."""
    found = []
    for line in session.splitlines():
        if line.startswith("$ "):
            found.append(([line], []))
        elif line.startswith("> ") and not found[-1][1]:
            found[-1][0].append(line)
        else:
            found[-1][1].append(line)
    return found


def run(command, home, program):
    """What a terminal shows when a command runs."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    environment = {"HOME": home, "NO_COLOR": "1", "TERM": "xterm", "LC_ALL": "C.UTF-8",
                   "PATH": f"{pathlib.Path(program).resolve().parent}:/usr/bin:/bin"}
    child = subprocess.Popen(["bash", "-c", command], stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs,
                             cwd=home, env=environment, close_fds=True)
    os.close(theirs)
    shown = b""
    while True:
        try:
            some = os.read(ours, 65536)
        except OSError:  # it has ended
            break
        if not some:
            break
        shown += some
    os.close(ours)
    child.wait()
    return shown.decode("utf-8").replace("\r\n", "\n").replace(home, "/home/you").splitlines()


def fits(expected, shown):
    if ANYTHING not in expected:
        return expected == shown
    at = expected.index(ANYTHING)
    rest = expected[at + 1:]
    return shown[:at] == expected[:at] and any(fits(rest, shown[i:]) for i in range(at, len(shown) + 1))


def checked(session, home, program, problems):
    """The session, with the actual output where that differs."""
    lines = []
    for command, expected in steps(session):
        shown = run("\n".join(line[2:] for line in command), home, program)
        lines += command
        if fits(expected, shown):
            lines += expected
        else:
            problems.append("\n".join(command + list(difflib.unified_diff(expected, shown, "written", "shown", lineterm=""))))
            lines += shown
    return "\n".join(lines) + "\n"


def main():
    program, update = sys.argv[1], "--update" in sys.argv[2:]
    problems, count = [], 0
    for document in DOCUMENTS:
        text = document.read_text(encoding="utf-8")
        with tempfile.TemporaryDirectory() as home:
            here = []
            new = BLOCK.sub(lambda block: f"```console\n{checked(block[1], home, program, here)}```", text)
        count += len(BLOCK.findall(text))
        problems += [f"{document.relative_to(ROOT)}: {problem}" for problem in here]
        if update and new != text:
            document.write_text(new, encoding="utf-8")
    for problem in problems:
        print(problem, file=sys.stderr)
    print(f"{count} sessions")
    return 1 if count == 0 or (problems and not update) else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Checks that gdb shows a program's values as the library's pretty printers format them, and no secret.

Usage: check_gdb.py GDB PRINTERS PROGRAM
"""
import re
import subprocess
import sys

SECRETS = ["sgp_the-secret.of/the+tests", "wk-the-write.key/of+the-tests"]
EXPECTED = {
    "id": '"s-1"',
    "token": "(hidden)",
    "key": "(hidden)",
    "credentials": '"Authorization: (hidden)"',
    "harmless": '"Accept: application/json"',
    "view": '"Authorization: (hidden)"',
    "headers": '{"Accept: application/json", "Authorization: (hidden)"}',
    "absent": "absent",
    "none": "null",
    "given": '"name"',
    "known": "block",
    "unknown": '"NEWER"',
    "nothing": "(nothing)",
    "json": 'object of 2 = {a = array of 4 = {[0] = 1, [1] = 2.5, [2] = null, [3] = true}, '
            'b = object of 1 = {c = "text \\"q\\""}}',
}
# How the members of the struct are shown within it.
WITHIN = {"body": ['slug = "web"', "enabled = true", 'metadata_id = "m-1"']}
NOT_ALLOWED = re.compile(r"ptrace|Operation not permitted|Cannot run the program")
SKIPPED = 77


def main():
    gdb, printers, program = sys.argv[1:]
    names = [*EXPECTED, *WITHIN]
    commands = [f"source {printers}", "set print pretty off", "set width 0", "set breakpoint pending on",
                "break look_here", "run", "up"]
    for name in names:
        commands += [f"echo {name}:\\n", f"output {name}", "echo \\n"]
    commands += ["info locals", "kill"]
    arguments = [gdb, "-nx", "-batch"]
    for command in commands:
        arguments += ["-ex", command]
    result = subprocess.run([*arguments, program], capture_output=True, text=True, check=False, timeout=240)
    shown = result.stdout
    if NOT_ALLOWED.search(shown + result.stderr):
        print("gdb may not run a program here")
        return SKIPPED
    wrong = []
    for name, expected in EXPECTED.items():
        if f"{name}:\n{expected}\n" not in shown:
            wrong.append(f"{name} is not shown as {expected}")
    for name, parts in WITHIN.items():
        line = shown.partition(f"{name}:\n")[2].partition("\n")[0]
        wrong += [f"{name} does not have {part}: {line}" for part in parts if part not in line]
    wrong += [f"a secret is shown: {secret}" for secret in SECRETS if secret in shown]
    if wrong:
        print("\n".join([*wrong, "", shown, result.stderr]))
        return 1
    print(f"{len(names)} values are shown as they should be")
    return 0


if __name__ == "__main__":
    sys.exit(main())

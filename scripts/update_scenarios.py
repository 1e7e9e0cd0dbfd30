#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Puts new figures into the pages of docs/. Blocks that begin with "$ uonaco ..." show some of what that prints; lines are found
again by their words, figures aside. What is not found again is named and stays, to be edited by hand; the exit status is then 1."""
import argparse
import pathlib
import re
import shlex
import subprocess
import sys

root = pathlib.Path(__file__).resolve().parent.parent
arguments = argparse.ArgumentParser(description=__doc__)
arguments.add_argument("program", nargs="?", type=pathlib.Path, default=root / "build/dev/examples/uonaco")
program = arguments.parse_args().program.resolve()
lost = []


def words(line):
    return re.sub(r"[-+\d.,\s]+", " ", line)


def renewed(match):
    command, *shown = match[1].split("\n")
    printed = subprocess.run([program, *shlex.split(command)[2:]], cwd=root, capture_output=True, text=True).stdout.split("\n")
    at, new = 0, []
    for line in shown:
        where = next((i for i in range(at, len(printed)) if words(printed[i]) == words(line)), None)
        if line == "..." or where is None:
            new.append(line)
            if line != "...":
                lost.append(f"{command}: {line}")
            continue
        new.append(printed[where])
        at = where + 1
    return "```\n" + "\n".join([command, *new]) + "\n```"


for page in sorted(root.glob("docs/**/*.md")):
    text = page.read_text()
    new = re.sub(r"(?s)```\n(\$ uonaco .*?)\n```", renewed, text)
    if new != text:
        page.write_text(new)
if lost:
    sys.exit("edit these by hand:\n" + "\n".join(lost))

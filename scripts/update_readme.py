#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""README.md shows examples/00_readme.cpp and what it prints; --check fails where they differ, otherwise they are put there."""
import pathlib
import re
import sys

root = pathlib.Path(__file__).resolve().parent.parent
readme = root / "README.md"
text = readme.read_text()
code = (root / "examples/00_readme.cpp").read_text().rstrip("\n")
output = (root / "tests/golden/00_readme.txt").read_text().rstrip("\n")
wanted = re.sub(r"(?s)```cpp\n.*?\n```", lambda _: f"```cpp\n{code}\n```", text, count=1)
wanted = re.sub(r"(?s)prints\n\n```\n.*?\n```", lambda _: f"prints\n\n```\n{output}\n```", wanted, count=1)
if len(code.splitlines()) > 20:
    sys.exit("the program of the first page has more than 20 lines")
if "--check" in sys.argv:
    if wanted != text:
        sys.exit("README.md does not show examples/00_readme.cpp and its output: run scripts/update_readme.py")
else:
    readme.write_text(wanted)

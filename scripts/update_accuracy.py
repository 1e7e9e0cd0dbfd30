#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""docs/accuracy.md shows what bench_accuracy prints; --check fails where they differ, otherwise it is put there.
    scripts/update_accuracy.py build/bench/bench/accuracy/bench_accuracy [--check]
"""
import pathlib
import re
import subprocess
import sys

arguments = [a for a in sys.argv[1:] if a != "--check"]
if len(arguments) != 1:
    sys.exit(__doc__)
page = pathlib.Path(__file__).resolve().parent.parent / "docs" / "accuracy.md"
text = page.read_text()
printed = subprocess.run([arguments[0], "--leave-one-out", "--format", "markdown"], check=True, capture_output=True, text=True)
wanted = re.sub(r"(?s)(<!-- printed -->\n).*?(<!-- end -->)", lambda m: m[1] + printed.stdout + m[2], text, count=1)
if "--check" not in sys.argv:
    page.write_text(wanted)
elif wanted != text:
    sys.exit("docs/accuracy.md does not show what bench_accuracy prints: run scripts/update_accuracy.py")

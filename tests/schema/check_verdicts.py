#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""An independent validator must give the same verdicts on schemas/ as our loader: every example scenario is valid, of the
corrupted ones exactly those with a problem of level schema are not. Both as draft-07 and as 2020-12.
"""
import json
import pathlib
import sys

import jsonschema

ROOT = pathlib.Path(__file__).resolve().parents[2]
# Beyond a schema: days that no month has, and leap seconds in the middle of a day.
BEYOND = {"bounds_no_such_day.json", "bounds_leap_second.json"}


def main():
    schemas = {path.name: json.loads(path.read_text()) for path in sorted((ROOT / "schemas").glob("*.json"))}
    wrong, checked = [], 0
    for name, schema in schemas.items():
        jsonschema.Draft7Validator.check_schema(schema)
        jsonschema.Draft202012Validator.check_schema({key: schema[key] for key in schema if key != "$schema"})
    scenario = {key: part for key, part in schemas["scenario.schema.json"].items() if key != "$schema"}
    validators = [jsonschema.Draft7Validator(scenario), jsonschema.Draft202012Validator(scenario)]

    levels = {}
    for line in (ROOT / "tests/corpus/bad/expected.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            name, level, _ = line.split()
            levels.setdefault(name, set()).add(level)
    documents = [(path, True) for path in sorted((ROOT / "examples/scenarios").glob("*.json"))]
    documents += [(ROOT / "tests/corpus/bad" / name, "schema" not in found)
                  for name, found in sorted(levels.items()) if "syntax" not in found and name not in BEYOND]
    for path, good in documents:
        document = json.loads(path.read_text())
        for validator in validators:
            checked += 1
            if validator.is_valid(document) != good:
                wrong.append(f"{path.relative_to(ROOT)}: {type(validator).__name__} finds it "
                             f"{'bad, the loader good' if good else 'good, the loader bad'}")
    print(*wrong, sep="\n", end="\n" if wrong else "")
    print(f"{len(schemas)} schemas, {len(documents)} documents, {checked} verdicts, {len(wrong)} differ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

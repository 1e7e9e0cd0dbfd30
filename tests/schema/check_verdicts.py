#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Independent validators must give the verdicts of our loader on schemas/: python3-jsonschema, and ajv where node finds it, each read
as draft-07 and as 2020-12. Every document of tests/corpus and every example scenario is valid, but those whose problems are of level
schema. ajv: Debian's node-ajv (version 6: draft-07 only), or version 8 from npm in a directory that UONACO_AJV names.
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys

import jsonschema

ROOT = pathlib.Path(__file__).resolve().parents[2]
CORPUS = ROOT / "tests" / "corpus"
# Beyond a schema: days that no month has, and leap seconds in the middle of a day.
BEYOND = {"bad/bounds_no_such_day.json", "bad/bounds_leap_second.json"}
# Python's $ also stands before a newline at the end; that of JSON Schema (ECMA 262) does not.
NOT_PYTHON = {"site/id_ends_in_newline.json", "site/country_ends_in_newline.json"}


def documents(kinds):
    """(name, record, good): what is JSON, of a known kind; lists one by one."""
    levels = {}
    for index, folder in [("expected.txt", ""), ("bad/expected.txt", "bad/")]:
        for line in (CORPUS / index).read_text().splitlines():
            if line and not line.startswith("#"):
                name, level, _ = line.split()
                levels.setdefault(folder + name, set()).add(level)
    files = [(name, CORPUS / name, "schema" not in found) for name, found in sorted(levels.items()) if "syntax" not in found]
    files += [(path.name, path, True) for path in sorted((ROOT / "examples/scenarios").glob("*.json"))]
    for name, path, good in files:
        if name in BEYOND:
            continue
        whole = json.loads(path.read_text())
        for record in whole if isinstance(whole, list) else [whole]:
            kind = record.get("kind") if isinstance(record, dict) else None
            if name.startswith("bad/"):
                kind = "scenario"
            if kind in kinds:
                yield name, kind, record, good


def python_verdicts(schemas, records):
    for dialect in (jsonschema.Draft7Validator, jsonschema.Draft202012Validator):
        validators = {}
        for kind, schema in schemas.items():
            dialect.check_schema(schema)
            validators[kind] = dialect(schema)
        yield "jsonschema " + dialect.__name__, [validators[kind].is_valid(record) for _, kind, record, _ in records]


def ajv_verdicts(schemas, records):
    node = shutil.which("node") or shutil.which("nodejs")
    if not node:
        print("ajv is skipped: there is no node")
        return
    paths = [os.environ.get("UONACO_AJV", ""), "/usr/share/nodejs", "/usr/lib/nodejs"]
    answer = subprocess.run([node, ROOT / "tests/schema/ajv_verdicts.js"], text=True, stdout=subprocess.PIPE, check=True,
                            env={**os.environ, "NODE_PATH": ":".join(p for p in paths if p)},
                            input=json.dumps({"schemas": schemas, "records": [[kind, record] for _, kind, record, _ in records]}))
    verdicts = json.loads(answer.stdout)
    if not verdicts:
        print("ajv is skipped: node does not find it (Debian: node-ajv; or npm's, in a directory that UONACO_AJV names)")
    yield from verdicts.items()


def main():
    schemas = {path.name.split(".")[0]: json.loads(path.read_text()) for path in sorted((ROOT / "schemas").glob("*.json"))}
    for schema in schemas.values():
        del schema["$schema"]  # the text has to mean the same in both dialects
    records = list(documents(schemas))
    wrong, said = 0, 0
    for verdicts in (python_verdicts, ajv_verdicts):
        for who, all_of_them in verdicts(schemas, records):
            for (name, _, _, good), valid in zip(records, all_of_them):
                if verdicts is python_verdicts and name in NOT_PYTHON:
                    continue
                said += 1
                if valid != good:
                    wrong += 1
                    print(f"{name}: {who} finds it {'bad, the loader good' if good else 'good, the loader bad'}")
            print(f"{who}: {len(all_of_them)} records")
    print(f"{len(schemas)} schemas, {len(records)} records, {said} verdicts, {wrong} differ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Independent validators must give the verdicts of our loader on schemas/, and so each other's, whether these are read as draft-07 or
as 2020-12. Documents of level syntax apart, every one of tests/corpus and every example scenario is valid, unless it has a problem
of level schema.

    check_verdicts.py jsonschema    python3-jsonschema
    check_verdicts.py ajv           ajv 8, in build/ajv/node_modules (scripts/ajv) or in the node_modules that UONACO_AJV names
    check_verdicts.py debian_ajv    Debian's node-ajv, version 6, which knows draft-07 only

Status 1: a verdict differs. Status 77, skipped: there is no such validator here.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
CORPUS = ROOT / "tests" / "corpus"


def skip(why):
    print(f"SKIPPED: {why}")
    sys.exit(77)


def levels():
    """Of every document of the corpus the levels of its problems."""
    found = {}
    for index, folder in [("expected.txt", ""), ("bad/expected.txt", "bad/")]:
        for line in (CORPUS / index).read_text().splitlines():
            if line and not line.startswith("#"):
                name, level, _ = line.split()
                found.setdefault(folder + name, set()).add(level)
    return found


def records(schemas):
    """(name, kind, record, good); lists one by one."""
    files = [(name, CORPUS / name, "schema" not in found) for name, found in sorted(levels().items()) if "syntax" not in found]
    files += [(path.name, path, True) for path in sorted((ROOT / "examples/scenarios").glob("*.json"))]
    for name, path, good in files:
        whole = json.loads(path.read_text())
        bad = name.startswith("bad/")  # what is read as a scenario, whatever it says
        for record in whole if isinstance(whole, list) and not bad else [whole]:
            kind = record.get("kind") if isinstance(record, dict) else None
            if bad or "/" not in name:
                kind = "scenario"
            elif not isinstance(kind, str) or kind not in schemas:
                kind = name.split("/")[0]  # it is meant to be one
            yield name, kind, record, good


def python_verdicts(schemas, tried):
    try:
        import jsonschema
    except ImportError:
        skip("python3-jsonschema is not installed")

    def pattern(validator, wanted, text, schema):
        # Python's $ also stands before a newline at the end; that of JSON Schema (ECMA 262) does not.
        if validator.is_type(text, "string") and not re.search(re.sub(r"\$$", r"\\Z", wanted), text):
            yield jsonschema.ValidationError(f"{text!r} does not match {wanted!r}")

    for dialect in (jsonschema.Draft7Validator, jsonschema.Draft202012Validator):
        validators = {}
        for kind, schema in schemas.items():
            dialect.check_schema(schema)
            validators[kind] = jsonschema.validators.extend(dialect, {"pattern": pattern})(schema)
        yield "jsonschema " + dialect.__name__, [validators[kind].is_valid(record) for _, kind, record, _ in tried]


def ajv_verdicts(schemas, tried, paths, missing):
    node = shutil.which("node") or shutil.which("nodejs")
    if not node:
        skip("there is no node")
    answer = subprocess.run([node, ROOT / "tests/schema/ajv_verdicts.js"], text=True, stdout=subprocess.PIPE, check=True,
                            env={**os.environ, "NODE_PATH": ":".join(map(str, paths))},
                            input=json.dumps({"schemas": schemas, "records": [[kind, record] for _, kind, record, _ in tried]}))
    verdicts = json.loads(answer.stdout)
    if not verdicts:
        skip(missing)
    return verdicts


def npm_verdicts(schemas, tried):
    given = os.environ.get("UONACO_AJV")
    missing = f"{given} (UONACO_AJV) has no ajv 8" if given else (
        "ajv 8 is not in build/ajv, where scripts/ajv puts it with npm and a network: nothing is read by ajv as 2020-12; "
        "Debian's ajv 6, where it is there, reads all as draft-07")
    verdicts = ajv_verdicts(schemas, tried, [given or ROOT / "build/ajv/node_modules"], missing)
    if len(verdicts) < 2:  # Debian's node finds Debian's ajv wherever it is told to look
        skip(missing)
    return verdicts.items()


def debian_verdicts(schemas, tried):
    return ajv_verdicts(schemas, tried, ["/usr/share/nodejs", "/usr/lib/nodejs"], "node-ajv is not installed").items()


def main():
    validator = {"jsonschema": python_verdicts, "ajv": npm_verdicts, "debian_ajv": debian_verdicts}
    if len(sys.argv) != 2 or sys.argv[1] not in validator:
        sys.exit(__doc__)
    schemas = {path.name.split(".")[0]: json.loads(path.read_text()) for path in sorted((ROOT / "schemas").glob("*.json"))}
    for schema in schemas.values():
        del schema["$schema"]  # the text has to mean the same in both dialects
    tried = list(records(schemas))
    wrong, said = 0, 0
    for who, verdicts in validator[sys.argv[1]](schemas, tried):
        if len(verdicts) != len(tried):
            sys.exit(f"{who}: {len(verdicts)} verdicts on {len(tried)} records")
        for (name, _, _, good), valid in zip(tried, verdicts):
            said += 1
            if valid != good:
                wrong += 1
                print(f"{name}: {who} finds it {'bad, the loader good' if good else 'good, the loader bad'}")
        print(f"{who}: {len(verdicts)} records")
    of_corpus = len({name for name, *_ in tried if "/" in name})
    print(f"{of_corpus} of {len(levels())} documents of the corpus, the others being of level syntax; {len(schemas)} schemas, {len(tried)} records, "
          f"{said} verdicts, {wrong} differ")
    return 1 if wrong or not said else 0


if __name__ == "__main__":
    sys.exit(main())

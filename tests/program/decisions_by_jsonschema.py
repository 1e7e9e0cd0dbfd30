#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""decisions_by_jsonschema.py PROGRAM: every decision that it places validates against schemas/decision.schema.json."""
import json
import subprocess
import sys

import jsonschema

with open("schemas/decision.schema.json") as file:
    validator = jsonschema.Draft7Validator(json.load(file))
wrong = 0
for scenario in "figure1", "regions", "unknowns":
    for verb in "place", "explain":
        printed = subprocess.run(
            [sys.argv[1], verb, f"examples/scenarios/{scenario}.json", "--format", "json"],
            capture_output=True, text=True, check=True).stdout
        for decision in json.loads(printed):
            for error in validator.iter_errors(decision):
                wrong += 1
                print(f"{verb} {scenario}, {decision['workload']}: {'/'.join(map(str, error.path))}: {error.message}")
sys.exit(1 if wrong else 0)

# SPDX-License-Identifier: Apache-2.0
"""What a validator of others says of the schema that `config schema` prints, and of configurations by it."""

import json
import os
import subprocess
import unittest
from pathlib import Path

import jsonschema
import yaml

ROOT = Path(__file__).resolve().parents[2]
POKER = os.environ.get("KEEPERKIT_POKER", str(ROOT / ".build/debug/poker"))
CASES = json.loads((ROOT / "Tests/Fixtures/configurations.json").read_text())


def schema(*options) -> dict:
    said = subprocess.run([POKER, "config", "schema", *options], check=True, capture_output=True, text=True).stdout
    return json.loads(said)


def validator(*options) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(schema(*options))


class Schema(unittest.TestCase):
    def test_it_is_a_schema_of_draft_2020_12(self):
        for options in ([], ["--part"]):
            jsonschema.Draft202012Validator.check_schema(schema(*options))

    def test_the_configurations_of_this_repository_are_valid(self):
        check = validator()
        paths = ["keepers/poker/poker.example.yaml", "Tests/Fixtures/poker-72h.yaml", "Tests/Fixtures/geth-poker.yaml"]
        for path in paths:
            errors = [error.message for error in check.iter_errors(yaml.safe_load((ROOT / path).read_text()))]
            self.assertEqual(errors, [], path)

    def test_the_good_configuration_is_valid_and_the_bad_ones_are_not(self):
        check = validator()
        for good in ("good", "most"):
            errors = [error.message for error in check.iter_errors(yaml.safe_load(CASES[good]))]
            self.assertEqual(errors, [], good)
        refused = 0
        for case in CASES["bad"]:
            text = CASES["good"].replace(case["old"], case["new"])
            self.assertNotEqual(text, CASES["good"], case)
            if "schemaCannotKnow" in case:
                # Once the schema can know it, the case must say so.
                try:
                    self.assertTrue(check.is_valid(yaml.safe_load(text)), case)
                except yaml.YAMLError:
                    pass
                continue
            self.assertFalse(check.is_valid(yaml.safe_load(text)), case)
            refused += 1
        self.assertGreater(refused, 20)

    def test_defaults_are_valid_where_they_stand(self):
        check = validator()

        def walk(node, path, found):
            for name, value in node.get("properties", {}).items():
                if "default" in value:
                    found.append((path + [name], value))
                walk(value, path + [name], found)
            return found

        found = walk(check.schema, [], [])
        self.assertGreater(len(found), 20)
        for path, node in found:
            alone = {**node, "$defs": check.schema["$defs"]}
            self.assertTrue(jsonschema.Draft202012Validator(alone).is_valid(node["default"]), path)

    def test_what_is_included_completes_a_file_and_a_part_needs_nothing(self):
        least = {"version": 1, "name": "n", "include": ["common.yaml"]}
        self.assertTrue(validator().is_valid(least))
        del least["include"]
        self.assertFalse(validator().is_valid(least))
        part = validator("--part")
        self.assertTrue(part.is_valid({"rpc": {"quorum": 2, "timeout": "${TIMEOUT}"}}))
        self.assertFalse(part.is_valid({"rpc": {"quorums": 2}}))
        self.assertFalse(part.is_valid({"rpc": {"endpoints": [{"name": "a"}]}}), "nothing completes an element of a list")

    def test_what_is_shown_is_valid(self):
        path = ROOT / "Tests/Fixtures/poker-72h.yaml"
        said = subprocess.run([POKER, "config", "show", "--config", str(path)], check=True, capture_output=True, text=True)
        errors = [error.message for error in validator().iter_errors(yaml.safe_load(said.stdout))]
        self.assertEqual(errors, [])


if __name__ == "__main__":
    unittest.main()

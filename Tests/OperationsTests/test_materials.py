# SPDX-License-Identifier: Apache-2.0
"""Tests of the bill of materials, and of the container's file."""

import json
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from importlib import resources
from pathlib import Path

import jsonschema
from referencing import Registry, Resource

ROOT = Path(__file__).resolve().parents[2]
RESOLVED = ROOT / "Package.resolved"
CONTAINER = ROOT / "Packaging/container"


def schema(name: str) -> dict:
    return json.loads((resources.files("cyclonedx.schema") / "_res" / name).read_text())


def validator():
    """Of CycloneDX 1.6, as its project publishes it."""
    names = {"spdx.schema.json": "spdx.SNAPSHOT.schema.json", "jsf-0.82.schema.json": "jsf-0.82.SNAPSHOT.schema.json",
             "cryptography-defs.schema.json": "cryptography-defs.SNAPSHOT.schema.json"}
    main = schema("bom-1.6.SNAPSHOT.schema.json")
    registry = Registry()
    for file in names.values():
        part = schema(file)
        for uri in (part["$id"], main["$id"].rsplit("/", 1)[0] + "/" + file):
            registry = registry.with_resource(uri, Resource.from_contents(part))
    return jsonschema.Draft7Validator(main, registry=registry)


@unittest.skipUnless(RESOLVED.exists() and (ROOT / ".build/checkouts").is_dir() and shutil.which("swift"), "needs a build")
class Bill(unittest.TestCase):
    """scripts/sbom, of dpkg in place of a keeper."""

    @classmethod
    def setUpClass(cls):
        cls.folder = Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        cls.binary = Path(shutil.which("dpkg")).resolve()
        cls.document = json.loads(cls.make("one.json").read_text())

    @classmethod
    def make(cls, name: str) -> Path:
        done = subprocess.run([sys.executable, ROOT / "scripts/sbom", "poker", "--binary", cls.binary, "--output", cls.folder / name],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode != 0:
            raise AssertionError(done.stdout)
        return Path(done.stdout.strip())

    def test_it_is_what_the_schema_of_cyclonedx_says(self):
        self.assertEqual([fault.message for fault in validator().iter_errors(self.document)], [])

    def test_the_schema_does_find_faults(self):
        broken = json.loads(json.dumps(self.document))
        broken["components"][0]["type"] = "thing"
        broken["components"][1]["licenses"] = [{"license": {"id": "Apache-2"}}]
        broken["dependencies"][0].pop("ref")
        self.assertEqual(len(list(validator().iter_errors(broken))), 3)

    def test_every_resolved_package_is_in_it_with_version_revision_and_licence(self):
        found = {component["name"]: component for component in self.document["components"] if component["bom-ref"].startswith("pkg:swift/")}
        pins = json.loads(RESOLVED.read_text())["pins"]
        self.assertEqual(set(found), {pin["identity"] for pin in pins})
        for pin in pins:
            component = found[pin["identity"]]
            self.assertEqual(component["version"], pin["state"]["version"])
            self.assertEqual(component["properties"][0]["value"], pin["state"]["revision"])
            self.assertTrue(component["licenses"])

    def test_libraries_of_debian_are_those_that_the_program_links(self):
        found = {component["name"]: component["version"] for component in self.document["components"]
                 if component["bom-ref"].startswith("pkg:deb/")}
        self.assertIn("libc6", found)
        said = subprocess.run(["dpkg-query", "--show", "--showformat=${Version}", "libc6"], stdout=subprocess.PIPE, text=True).stdout
        self.assertEqual(found["libc6"], said)

    def test_the_main_component_is_the_program(self):
        main = self.document["metadata"]["component"]
        self.assertEqual(main["version"], subprocess.run([ROOT / "scripts/version"], stdout=subprocess.PIPE, text=True).stdout.strip())
        digest = subprocess.run(["sha256sum", self.binary], stdout=subprocess.PIPE, text=True).stdout.split()[0]
        self.assertEqual(main["hashes"], [{"alg": "SHA-256", "content": digest}])
        self.assertEqual(self.document["dependencies"], [{
            "ref": main["bom-ref"], "dependsOn": [component["bom-ref"] for component in self.document["components"]]}])

    def test_the_same_program_gives_the_same_bytes(self):
        self.assertEqual(self.make("two.json").read_bytes(), (self.folder / "one.json").read_bytes())


class Container(unittest.TestCase):
    """The container's file, without an engine; what make-root lays out is run by `make package-test`."""

    file = (CONTAINER / "Containerfile").read_text()

    def test_a_linter_has_nothing_to_say(self):
        linter = Path(sys.executable).with_name("hadolint")
        done = subprocess.run([linter, "--no-color", CONTAINER / "Containerfile"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.assertEqual((done.returncode, done.stdout), (0, ""))

    def test_the_linter_does_find_faults(self):
        linter = Path(sys.executable).with_name("hadolint")
        done = subprocess.run([linter, "--no-color", "-"], input=self.file.replace("debian:12-slim", "debian"), stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True)
        self.assertNotEqual(done.returncode, 0)

    def test_the_last_stage_begins_with_nothing_and_is_nobodys(self):
        last = self.file.split("\nFROM ")[-1]
        self.assertTrue(last.startswith("scratch\n"))
        user = re.search(r"^USER (\d+):(\d+)$", last, re.MULTILINE)
        self.assertTrue(user and int(user[1]) > 0, "a number, which Kubernetes can judge")
        self.assertIn(f"id={user[1]} ", (CONTAINER / "make-root").read_text())
        self.assertNotRegex(last, r"(?m)^RUN|^SHELL")
        self.assertIn('ENTRYPOINT ["/usr/bin/keeper"]', last)


if __name__ == "__main__":
    unittest.main()

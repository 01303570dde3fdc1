# SPDX-License-Identifier: Apache-2.0
"""Tests of the helpers that prepare a machine and show a build."""

import shutil
import unittest

from folder import ROOT, Folder, run

SHOUT = """#!/bin/sh
echo "[1/2] Compiling Mine A.swift"
echo "/somewhere/.build/checkouts/theirs/B.swift:1:1: warning: of a dependency"
echo "/somewhere/Sources/A.swift:1:1: warning: of ours"
"""


class Builds(Folder):
    """scripts/follow-build"""

    def said(self, script: str) -> tuple:
        self.write("build", script, 0o755)
        return run(ROOT / "scripts/follow-build", "mine", "./build", directory=self.root)

    def test_a_build_says_how_long_it_took_and_what_to_mend(self):
        code, said = self.said(SHOUT)
        self.assertEqual(code, 0)
        self.assertRegex(said, r"^built mine in 0:0\d\n/somewhere/Sources/A.swift:1:1: warning: of ours\n$")

    def test_a_build_with_nothing_to_do_is_one_line(self):
        script = "#!/bin/sh\necho '[0/1] Planning build'\necho 'Build complete!'\n"
        self.assertEqual(self.said(script), (0, "mine is up to date\n"))

    def test_a_failed_build_shows_what_the_compiler_said(self):
        code, said = self.said(SHOUT + "echo 'A.swift:3:3: error: no such thing'\nprintf 'cut off'\nexit 3\n")
        self.assertEqual(code, 1)
        self.assertIn("A.swift:3:3: error: no such thing\ncut off\n", said)
        self.assertNotIn("[1/2]", said)
        self.assertRegex(said, r"building mine failed after 0:0\d ")


class Machine(Folder):
    """scripts/need-debian and scripts/need-swift on a machine made of stubs."""

    def setUp(self):
        super().setUp()
        for tool in ("bash", "sh", "env", "mkdir", "cat", "sed", "head", "sort"):
            self.write(f"bin/{tool}", f'#!{shutil.which("sh")}\nexec {shutil.which(tool)} "$@"\n', 0o755)
        # Only `present` is installed; apt-get knows the others once its lists are fetched.
        self.stub("dpkg-query", 'case "$*" in *present) printf installed ;; *) exit 1 ;; esac')
        self.stub("apt-get", 'echo "apt-get $*" >>did; case "$1" in update) : >lists ;; *) [ -e lists ] ;; esac')
        self.stub("id", "echo 0")

    def stub(self, name: str, body: str) -> None:
        self.write(f"bin/{name}", f"#!/bin/sh\n{body}\n", 0o755)

    def said(self, *command) -> tuple:
        return run(shutil.which("bash"), *command, directory=self.root, environment={"PATH": str(self.root / "bin")})

    def done(self) -> str:
        file = self.root / "did"
        return file.read_text() if file.exists() else ""

    def need(self, *packages) -> tuple:
        return self.said(ROOT / "scripts/need-debian", *packages)

    def test_nothing_is_said_or_done_when_nothing_is_missing(self):
        self.assertEqual((self.need("present=is there"), self.done()), ((0, ""), ""))

    def test_only_missing_packages_are_installed_and_the_reason_is_given(self):
        self.write("lists", "")
        self.assertEqual(self.need("present=is there", "zip=packs"), (0, "installing Debian packages:\n  zip: packs\n"))
        self.assertEqual(self.done(), "apt-get install --yes --no-install-recommends zip\n")

    def test_package_lists_are_fetched_only_when_they_are_needed(self):
        self.assertEqual(self.need("zip=packs")[0], 0)
        install = "apt-get install --yes --no-install-recommends zip\n"
        self.assertEqual(self.done(), install + "apt-get update\n" + install)

    def test_others_than_root_use_sudo_or_are_told_what_to_run(self):
        self.write("lists", "")
        self.stub("id", "echo 1000")
        code, said = self.need("zip=packs")
        self.assertEqual((code, self.done()), (1, ""))
        self.assertIn("As root, run: apt-get install zip\n", said)
        self.stub("sudo", 'echo sudo >>did; exec "$@"')
        self.assertEqual(self.need("zip=packs")[0], 0)
        self.assertEqual(self.done(), "sudo\napt-get install --yes --no-install-recommends zip\n")

    def test_a_failed_installation_shows_what_apt_said(self):
        self.stub("apt-get", "echo 'no route to the archive'; exit 100")
        code, said = self.need("zip=packs")
        self.assertEqual(code, 1)
        self.assertIn("no route to the archive", said)

    def test_a_missing_or_old_swift_is_said_plainly(self):
        code, said = self.said(ROOT / "scripts/need-swift")
        self.assertEqual((code, said.split(".")[0]), (1, "Swift is missing"))
        versions = {"5.10.1": False, "6.1": False, "6.2": True, "6.3.1": True, "6.10": True, "10.0": True}
        for version, accepted in versions.items():
            with self.subTest(version):
                self.stub("swift", f"echo 'Swift version {version} (swift-{version}-RELEASE)'")
                code, said = self.said(ROOT / "scripts/need-swift")
                self.assertEqual(code == 0, accepted)
                self.assertEqual(said == "", accepted)


if __name__ == "__main__":
    unittest.main()

# SPDX-License-Identifier: Apache-2.0
"""Tests of Debian packages, made from a program that does nothing. `make package-test` installs, runs and upgrades a real one."""

import gzip
import hashlib
import os
import re
import shutil
import subprocess
import tarfile
import tempfile
import unittest
from pathlib import Path

from house import ROOT, poker

TOOLS = ("dpkg-deb", "dpkg-shlibdeps", "strip", "clang")
MISSING = [tool for tool in TOOLS if not shutil.which(tool)]
EXPOSURE = 15       # of systemd-analyze security, in tenths: 0 is a service that may do nothing, 100 one that may do all

POKER = {
    "./": 0o755, "./etc/": 0o755, "./etc/keeperkit/": 0o755, "./etc/keeperkit/secrets/": 0o700, "./usr/": 0o755, "./usr/bin/": 0o755,
    "./usr/bin/poker": 0o755, "./usr/lib/": 0o755, "./usr/lib/systemd/": 0o755, "./usr/lib/systemd/system/": 0o755,
    "./usr/lib/systemd/system/keeperkit-poker@.service": 0o644, "./usr/share/": 0o755, "./usr/share/doc/": 0o755,
    "./usr/share/doc/keeperkit-poker/": 0o755, "./usr/share/doc/keeperkit-poker/changelog.gz": 0o644,
    "./usr/share/doc/keeperkit-poker/copyright": 0o644, "./usr/share/doc/keeperkit-poker/examples/": 0o755,
    "./usr/share/doc/keeperkit-poker/examples/poker.yaml": 0o644, "./usr/share/man/": 0o755, "./usr/share/man/man1/": 0o755,
    "./usr/share/man/man1/poker.1.gz": 0o644,
}


def run(*command, **options) -> tuple:
    """Exit code and everything that was said."""
    done = subprocess.run([str(part) for part in command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, **options)
    return done.returncode, done.stdout


def version() -> str:
    return run(ROOT / "scripts/version")[1].strip()


def program(folder: Path, says: str) -> Path:
    """One that links what a keeper links, and says its version."""
    made = folder / "program"
    source = f'#include <stdio.h>\nint main(void) {{ puts("{says}"); return 0; }}\n'
    subprocess.run(["clang", "-x", "c", "-", "-o", made, "-Wl,--no-as-needed", "-lsecp256k1", "-lsqlite3", "-lz"], input=source, text=True,
                   check=True)
    return made


@unittest.skipIf(MISSING, f"needs {' '.join(MISSING)}")
class Packages(unittest.TestCase):
    """scripts/package-deb"""

    @classmethod
    def setUpClass(cls):
        cls.folder = Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        cls.program = program(cls.folder, version())
        cls.poker = cls.make("poker", "one")
        cls.root = cls.folder / "root"
        subprocess.run(["dpkg-deb", "--raw-extract", cls.poker, cls.root], check=True)

    @classmethod
    def make(cls, name: str, output: str, **environment) -> Path:
        code, said = run(ROOT / "scripts/package-deb", name, "--binary", cls.program, "--output", cls.folder / output, "--fast",
                         env=dict(os.environ, **environment))
        if code != 0:
            raise AssertionError(said)
        return Path(said.strip())

    def text(self, path: str) -> str:
        file = self.root / path
        return gzip.decompress(file.read_bytes()).decode() if path.endswith(".gz") else file.read_text()

    def contents(self, package: Path) -> dict:
        unpacked = subprocess.run(["dpkg-deb", "--fsys-tarfile", package], stdout=subprocess.PIPE, check=True).stdout
        file = self.folder / "tar"
        file.write_bytes(unpacked)
        with tarfile.open(file) as archive:
            members = archive.getmembers()
        self.assertEqual({(member.uid, member.gid, member.uname) for member in members}, {(0, 0, "root")})
        self.assertEqual(len({member.mtime for member in members}), 1, "everything is of one time")
        return {"./" if member.name == "." else member.name + ("/" if member.isdir() else ""): member.mode for member in members}

    def test_the_poker_brings_its_program_its_service_and_its_papers_and_nothing_else(self):
        self.assertEqual(self.poker.name, f"keeperkit-poker_{version()}_{run('dpkg', '--print-architecture')[1].strip()}.deb")
        self.assertEqual(self.contents(self.poker), POKER)

    def test_keeperctl_is_a_package_of_its_own(self):
        package = self.make("keeperctl", "one")
        contents = self.contents(package)
        self.assertEqual(sorted(name for name in contents if not name.endswith("/")), [
            "./usr/bin/keeperctl", "./usr/share/doc/keeperctl/changelog.gz", "./usr/share/doc/keeperctl/copyright",
            "./usr/share/man/man1/keeperctl.1.gz"])
        self.assertEqual(run("dpkg-deb", "--field", package, "Package")[1], "keeperctl\n")
        self.assertFalse({name for name in contents if not name.endswith("/")} & set(POKER), "both can be installed")

    def test_the_same_program_gives_the_same_bytes(self):
        again = self.make("poker", "two", TZ="Asia/Tokyo", LC_ALL="C.UTF-8")
        self.assertEqual(hashlib.sha256(self.poker.read_bytes()).digest(), hashlib.sha256(again.read_bytes()).digest())
        other = self.make("poker", "three", SOURCE_DATE_EPOCH="1700000000")
        self.assertNotEqual(self.poker.read_bytes(), other.read_bytes(), "the time is that of the sources")

    def test_a_program_of_another_version_is_refused(self):
        folder = self.folder / "old"
        folder.mkdir()
        old = program(folder, "0.0.1")
        code, said = run(ROOT / "scripts/package-deb", "poker", "--binary", old, "--output", folder)
        self.assertEqual(code, 65)
        self.assertIn(f"is of version 0.0.1, not {version()}", said)
        self.assertEqual(run(ROOT / "scripts/package-deb", "poker", "--binary", old, "--version", "0.0.1", "--output", folder, "--fast")[0], 0)

    def test_what_has_no_manual_is_no_program_of_ours(self):
        self.assertEqual(run(ROOT / "scripts/package-deb", "nobody", "--binary", self.program)[0], 64)

    def test_it_depends_on_what_the_program_links(self):
        depends = run("dpkg-deb", "--field", self.poker, "Depends")[1]
        for need in (r"adduser", r"ca-certificates", r"libc6 \(>= ", r"libsecp256k1-\d", r"libsqlite3-0", r"zlib1g"):
            self.assertRegex(depends, need)
        self.assertNotIn("@", self.text("DEBIAN/control").replace("maintainers@keeperkit", "").replace("keeperkit-poker@NAME", ""))

    def test_its_papers_are_in_order(self):
        first = self.text("usr/share/doc/keeperkit-poker/changelog.gz").splitlines()[0]
        self.assertEqual(first, f"keeperkit ({version()}) stable; urgency=medium", "Packaging/debian/changelog")
        sums = dict(reversed(line.split("  ", 1)) for line in self.text("DEBIAN/md5sums").splitlines())
        self.assertEqual(set(sums), {name[2:] for name in POKER if not name.endswith("/")})
        for name, digest in sums.items():
            self.assertEqual(hashlib.md5((self.root / name).read_bytes()).hexdigest(), digest)
        for script in ("postinst", "prerm", "postrm"):
            self.assertEqual(run("sh", "-n", self.root / "DEBIAN" / script), (0, ""))
            self.assertIn("set -e", self.text(f"DEBIAN/{script}"))
            self.assertNotIn("@KEEPER@", self.text(f"DEBIAN/{script}"))

    def test_the_manual_knows_every_exit_code(self):
        table = (ROOT / "keepers/README.md").read_text().split("## Exit codes")[1].split("##")[0]
        stated = re.findall(r"^\| (\d+) \|", table, re.MULTILINE)
        manual = self.text("usr/share/man/man1/poker.1.gz")
        self.assertEqual(re.findall(r"^(\d+)\t", manual, re.MULTILINE), stated)
        self.assertIn(f'"KeeperKit {version()}"', manual)

    def test_the_service_tries_again_only_what_another_try_may_mend(self):
        unit = self.text("usr/lib/systemd/system/keeperkit-poker@.service")
        prevented = re.search(r"^RestartPreventExitStatus=(.*)$", unit, re.MULTILINE)[1].split()
        source = (ROOT / "Sources/KeeperApp/ExitCode.swift").read_text()
        codes = dict(re.findall(r"case (\w+) = (\d+)", source))
        self.assertEqual(set(prevented), {codes[name] for name in (
            "usage", "badData", "refusedByPolicy", "configuration", "secondInstance")})
        self.assertIn("ExecStart=/usr/bin/poker run --config /etc/keeperkit/%i.yaml\n", unit)

    @unittest.skipUnless(shutil.which("systemd-analyze"), "needs systemd-analyze")
    def test_systemd_understands_the_service_and_finds_it_closed(self):
        unit = self.folder / "keeperkit-poker@.service"
        # Verified as if it were installed here.
        unit.write_text(self.text("usr/lib/systemd/system/keeperkit-poker@.service").replace("/usr/bin/poker", "/bin/true"))
        self.assertEqual(run("systemd-analyze", "verify", "--man=no", unit), (0, ""))
        code, said = run("systemd-analyze", "security", "--offline=true", f"--threshold={EXPOSURE}", unit)
        self.assertEqual(code, 0, said)

    def test_the_example_speaks_of_places_that_the_package_has(self):
        example = self.text("usr/share/doc/keeperkit-poker/examples/poker.yaml")
        for foreign in ("/run/secrets", "GETH_URL", "/var/lib/keeper/"):
            self.assertNotIn(foreign, example)
        self.assertIn('keystoreFile: "${KEEPERKIT_SECRETS}keystore.json"', example)
        self.assertIn("store: /var/lib/keeperkit/poker.sqlite", example)
        self.assertIn('urlFile: "${KEEPERKIT_SECRETS}own-geth-url"', example)

    @unittest.skipUnless(poker().exists(), "needs a built poker: swift build --product poker")
    def test_the_poker_takes_the_example(self):
        code, said = run(poker(), "config", "check", "--config",
                         self.root / "usr/share/doc/keeperkit-poker/examples/poker.yaml", env={"KEEPERKIT_SECRETS": "/nowhere/"})
        self.assertEqual(code, 0, said)

    def test_the_previous_version_is_a_commit_that_says_so(self):
        line = [line for line in (ROOT / "Packaging/previous-version").read_text().splitlines() if not line.startswith("#")][0]
        number, commit = line.split()
        self.assertNotEqual(number, version())
        code, said = run("git", "-C", ROOT, "show", f"{commit}:Sources/KeeperCore/KeeperVersion.swift")
        if code != 0:
            self.skipTest("this clone does not have the commit")
        self.assertIn(f'"{number}"', said)


if __name__ == "__main__":
    unittest.main()

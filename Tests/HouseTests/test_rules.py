# SPDX-License-Identifier: Apache-2.0
"""Tests of the rules that `make lint` checks."""

import json
import os
import shutil
import subprocess
import unittest
from pathlib import Path
from types import ModuleType

from folder import ROOT, Folder, run

ARROWS = ROOT / "scripts/check-arrows"

MANIFEST = """// swift-tools-version: 6.0
import PackageDescription
let package = Package(name: "Small", targets: [
    .target(name: "Ground"),
    .target(name: "Floor", dependencies: ["Ground"]),
    .executableTarget(name: "Roof", dependencies: ["Floor"], path: "keepers/roof"),
    .testTarget(name: "FloorTests", dependencies: ["Floor"]),
])
"""


def target(name: str, dependencies=(), kind="regular", **more) -> dict:
    """A target as dump-package spells it."""
    return {"name": name, "type": kind, "dependencies": [{"byName": [d, None]} for d in dependencies], "exclude": []} | more


def checker():
    """The script as a module."""
    module = ModuleType("check_arrows")
    exec(compile(ARROWS.read_text(), str(ARROWS), "exec"), module.__dict__)
    return module


class RealPackage(Folder):
    """The package itself, and copies of it that were spoilt."""

    @classmethod
    def setUpClass(cls):
        environment = {k: v for k, v in os.environ.items() if k != "KEEPERKIT_CORE"}
        cls.dump = subprocess.run(["swift", "package", "--scratch-path", ".build/house", "dump-package"], cwd=ROOT,
                                  env=environment, capture_output=True, check=True).stdout

    def setUp(self):
        super().setUp()
        (self.root / "dump.json").write_bytes(self.dump)
        for top in ("Sources", "Tests", "keepers"):
            shutil.copytree(ROOT / top, self.root / top, ignore=lambda folder, names: [
                name for name in names if Path(folder, name).is_file() and not name.endswith(".swift")])

    def spoil(self, file: str, line: str) -> tuple:
        """Adds a first line to a file of the copy and checks the copy."""
        path = self.root / file
        path.write_text(line + "\n" + path.read_text())
        return run(ARROWS, "--dump", self.root / "dump.json", self.root)

    def test_the_package_follows_its_arrows(self):
        code, said = run(ARROWS, "--dump", self.root / "dump.json", self.root)
        self.assertEqual(code, 0, said)

    def test_an_undeclared_import_is_found_with_file_and_module(self):
        lines = ("import EthRPC", "public import EthRPC", "@testable internal import EthRPC", "import struct EthRPC.RPCError")
        for line in lines:
            with self.subTest(line):
                code, said = self.spoil("Sources/EthPrimitives/Address.swift", line)
                self.assertEqual(code, 1)
                self.assertIn("Sources/EthPrimitives/Address.swift:1: import EthRPC: is not a declared dependency", said)

    def test_foundation_stays_out_of_the_ground_floor(self):
        code, said = self.spoil("Sources/EthPrimitives/Wei.swift", "import FoundationEssentials")
        self.assertEqual((code, said), (
            1, "Sources/EthPrimitives/Wei.swift:1: import FoundationEssentials: EthPrimitives does without Foundation\n"))

    def test_a_test_target_needs_its_arrows_too(self):
        code, said = self.spoil("Tests/EthPrimitivesTests/WeiTests.swift", "@testable import EthCodec")
        self.assertEqual((code, said), (
            1, "Tests/EthPrimitivesTests/WeiTests.swift:1: import EthCodec: "
            "is not a declared dependency of EthPrimitivesTests\n"))


class SmallPackage(Folder):
    """A package of four targets, asked through SwiftPM itself."""

    def test_a_dependency_of_a_dependency_is_not_an_arrow(self):
        self.write("Package.swift", MANIFEST)
        self.write("Sources/Ground/Ground.swift", "public enum Ground {}\n")
        self.write("Sources/Floor/Floor.swift", "public import Ground\n")
        self.write("keepers/roof/Roof.swift", "import Floor\n")
        self.write("Tests/FloorTests/FloorTests.swift", "@testable import Floor\nimport Testing\n")
        self.assertEqual(run(ARROWS, self.root), (0, "arrows: 4 imports in 4 files, each declared\n"))
        self.write("keepers/roof/Roof.swift", "import Floor\nimport Ground\n")
        self.assertEqual(run(ARROWS, self.root), (
            1, "keepers/roof/Roof.swift:2: import Ground: is not a declared dependency of Roof\n"))


class Rules(Folder):
    """Each rule on a package of its own."""

    def said(self, *targets) -> tuple:
        self.write("dump.json", json.dumps({"targets": list(targets)}))
        return run(ARROWS, "--dump", self.root / "dump.json", self.root)

    def test_third_party_modules_enter_through_their_leaf_only(self):
        self.write("Sources/EthTransports/A.swift", "import NIOCore\nimport AsyncHTTPClient\n")
        self.write("Sources/KeeperCore/B.swift", "import Logging\n")
        leaf, core = target("EthTransports", ["NIOCore", "AsyncHTTPClient"]), target("KeeperCore", ["Logging", "NIOCore"])
        self.assertEqual(self.said(leaf, core)[0], 0)
        self.write("Sources/KeeperCore/B.swift", "import NIOCore\n")
        self.assertEqual(self.said(leaf, core), (
            1, "Sources/KeeperCore/B.swift:1: import NIOCore: may enter only through EthTransports, KeeperTestServer\n"))

    def test_third_party_modules_are_declared_where_they_enter(self):
        self.write("Sources/KeeperApp/A.swift", "import Yams\n")
        self.assertEqual(self.said(target("KeeperApp")), (
            1, "Sources/KeeperApp/A.swift:1: import Yams: is not a declared dependency of KeeperApp\n"))

    def test_unknown_modules_are_refused(self):
        self.write("Sources/KeeperApp/A.swift", "import Alamofire\n")
        code, said = self.said(target("KeeperApp", ["Alamofire"]))
        self.assertEqual(code, 1)
        self.assertIn("import Alamofire: is neither ours nor in the list", said)

    def test_the_chain_does_not_know_keepers(self):
        self.write("Sources/EthRPC/A.swift", "import KeeperCore\n")
        code, said = self.said(target("EthRPC", ["KeeperCore"]), target("KeeperCore"))
        self.assertEqual((code, said), (
            1, "Sources/EthRPC/A.swift:1: import KeeperCore: Eth* targets know the chain, not keepers\n"))

    def test_foundation_may_stand_in_for_its_essentials(self):
        guarded = "#if canImport(FoundationEssentials)\nimport FoundationEssentials\n#else\nimport Foundation\n#endif\n"
        self.write("Sources/EthRPC/A.swift", guarded)
        self.assertEqual(self.said(target("EthRPC"))[0], 0)
        self.write("Sources/EthRPC/A.swift", "import Foundation\n")
        self.assertEqual(self.said(target("EthRPC"))[0], 1)

    def test_tests_may_use_an_oracle_and_what_their_target_uses(self):
        self.write("Tests/KeeperAppTests/A.swift", "import BigInt\nimport Yams\n@testable import KeeperApp\nimport Testing\n")
        tests = target("KeeperAppTests", ["BigInt", "Yams", "KeeperApp"], "test")
        self.assertEqual(self.said(tests, target("KeeperApp"))[0], 0)
        self.write("Tests/KeeperAppTests/A.swift", "import XCTest\n")
        self.assertEqual(self.said(target("KeeperAppTests", [], "test"))[0], 1)

    def test_paths_and_exclusions_of_the_manifest_count(self):
        self.write("keepers/a/A.swift", "import Ground\n")
        self.write("keepers/a/left/B.swift", "import Nothing\n")
        self.write("Sources/Ground/G.swift", "")
        keeper = target("A", ["Ground"], "executable", path="keepers/a", exclude=["left"])
        self.assertEqual(self.said(keeper, target("Ground")), (0, "arrows: 1 imports in 2 files, each declared\n"))

    def test_a_file_without_a_target_is_named(self):
        self.write("Sources/Lost/L.swift", "import Swift\n")
        self.write("Sources/Ground/G.swift", "import Swift\n")
        self.assertEqual(self.said(target("Ground")), (1, "Sources/Lost/L.swift: belongs to no target of Package.swift\n"))

    def test_finding_nothing_is_a_failure(self):
        self.assertEqual(self.said(target("Ground"))[0], 1)


class Imports(unittest.TestCase):
    """What counts as an import."""

    def test_each_spelling_is_read(self):
        text = "import A\n  public import B\n@testable import C\n@_spi(X) @preconcurrency internal import D\n" \
            "import struct E.F\nimport G; import H\n@testable\nimport I\npackage import class J.K.L\n"
        self.assertEqual(list(checker().imports_of(text)),
                         [(1, "A"), (2, "B"), (3, "C"), (4, "D"), (5, "E"), (6, "G"), (6, "H"), (8, "I"), (9, "J")])

    def test_comments_and_strings_are_not_read(self):
        text = '// import A\n/* import B /* import C */\nimport D\n*/\n' \
            'let a = """\nimport E\n"""\nlet b = #"""\n"""\nimport F\n"""#\n' \
            'let url = "https://x" // import G\nlet c = #"a"b"#\nimport Z\n'
        self.assertEqual(list(checker().imports_of(text)), [(14, "Z")])


class Files(Folder):
    """Rules for one file at a time."""

    def said(self) -> tuple:
        return run(ROOT / "scripts/check-files", self.root)

    def test_a_file_longer_than_600_lines_is_named(self):
        self.write("Sources/A/A.swift", "\n" * 600)
        self.write("Sources/A/Generated/B.swift", "\n" * 900)
        self.assertEqual(self.said(), (0, ""))
        self.write("keepers/a/A.swift", "\n" * 601)
        self.assertEqual(self.said(), (1, "keepers/a/A.swift: 601 lines, more than 600: split it by noun\n"))

    def test_a_dropped_error_needs_a_reason(self):
        beside, above = "let a = try? b()   // no b is no news\n", "// Neither is c,\n// ever.\nlet c = try? d(),\n    e = try? f()\n"
        self.write("Sources/A/A.swift", beside + above)
        self.assertEqual(self.said(), (0, ""))
        self.write("Sources/A/A.swift", "// why\n\nlet a = try? b()\n")
        self.assertEqual(self.said(), (1, "Sources/A/A.swift:3: try? without a comment saying why the error may be dropped\n"))


if __name__ == "__main__":
    unittest.main()

# SPDX-License-Identifier: Apache-2.0
"""The commands of the guides for operators parse, and their links lead somewhere. What they do is tried by `make package-test`."""

import re
import unittest

import runbooks
from house import ROOT, poker, run

FOLDER = ROOT / "Documentation/operations"
GUIDES = {guide.name: guide.read_text() for guide in sorted(FOLDER.glob("*.md"))}
PREFIX = ["runuser", "-u", "keeperkit", "--"]


def ours(programs: set) -> list:
    """Commands of these programs: the guide, the words, and whether it is to be run as it is."""
    found = []
    for name, text in GUIDES.items():
        lines = [(words, True) for block in runbooks.blocks(text) for words in runbooks.commands(block.replace("\\\n", ""))]
        lines += [(words, False) for code in runbooks.quoted(text) for words in runbooks.commands(code)]
        for words, is_whole in lines:
            if words[:4] == PREFIX:
                words = words[4:]
            words = [words[0].rsplit("/", 1)[-1], *words[1:]]
            if words[0] in programs:
                found.append((name, words, is_whole))
    return found


def problems(programs: set) -> list:
    help = runbooks.Help()
    return [f"{name}: {problem}" for name, words, is_whole in ours(programs)
            for problem in runbooks.command_problems(list(words), help, is_whole)]


class Guides(unittest.TestCase):
    def test_bash_takes_every_block(self):
        for name, text in GUIDES.items():
            for block in runbooks.blocks(text):
                self.assertEqual(run("bash", "-n", text=block), (0, ""), name)

    def test_the_commands_of_keeperctl_are_in_its_help(self):
        self.assertEqual(problems({"keeperctl"}), [])
        self.assertGreaterEqual(len(ours({"keeperctl"})), 5)

    @unittest.skipUnless(poker().exists(), "needs a built poker: swift build --product poker")
    def test_the_commands_of_the_poker_are_in_its_help(self):
        self.assertEqual(problems({"poker"}), [])
        self.assertGreater(len(ours({"poker"})), 5)

    def test_links_lead_somewhere(self):
        for name, text in GUIDES.items():
            for target, heading in re.findall(r"\]\(([^)#]*)(?:#([^)]*))?\)", text):
                if "://" in target:
                    continue
                file = FOLDER / target if target else FOLDER / name
                self.assertTrue(file.exists(), f"{name}: {target}")
                if heading:
                    titles = re.findall(r"^#+ (.*)$", file.read_text(), re.M)
                    anchors = {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}
                    self.assertIn(heading, anchors, f"{name}: {target}#{heading}")

    def test_everything_speaks_of_one_configuration(self):
        for name, text in GUIDES.items():
            self.assertEqual(set(re.findall(r"keeperkit-poker@(\w+)", text)) - {"mainnet", "other"}, set(), name)


if __name__ == "__main__":
    unittest.main()

# SPDX-License-Identifier: Apache-2.0
"""Every alert has a runbook, every runbook an alert, and the commands in them parse."""

import re
import shutil
import tempfile
import unittest
from pathlib import Path

import runbooks
from house import ROOT, alert_kinds, ladders, poker

SEEN = ["Sources/KeeperAlerts/AlertKind.swift", "Documentation", "Tests/KeeperctlTests/Help"]


class Runbooks(unittest.TestCase):
    def test_each_alert_has_a_page_of_the_right_form_and_each_page_an_alert(self):
        self.assertEqual(runbooks.problems(), [])

    def test_bash_takes_every_block(self):
        self.assertEqual(runbooks.syntax_problems(), [])

    def test_the_commands_of_keeperctl_are_in_its_help(self):
        count, bad = runbooks.our_problems({"keeperctl"})
        self.assertEqual(bad, [])
        self.assertGreater(count, 10)

    @unittest.skipUnless(poker().exists(), "needs a built poker: swift build --product poker")
    def test_the_commands_of_the_poker_are_in_its_help(self):
        count, bad = runbooks.our_problems({"poker"})
        self.assertEqual(bad, [])
        self.assertGreater(count, 30)


class Policies(unittest.TestCase):
    """What a page says of when it is told is what the policy does."""

    # Told by Prometheus, whose rules say when.
    OUTSIDE = {"keeper-down"}

    def said(self, page: str) -> str:
        return re.search(r"\*\*When\*\*: (.*?)\n\n", page, re.S).group(1).replace("\n", " ")

    def test_each_severity_is_named_with_its_time(self):
        self.assertEqual(set(ladders()), set(alert_kinds()))
        self.assertEqual(ladders()["nodes-unusable"], {"notify": 1, "urgent": 2, "page": 5})
        for kind, page in runbooks.pages(ROOT).items():
            if kind in self.OUTSIDE:
                continue
            said = self.said(page)
            for severity, minutes in ladders()[kind].items():
                with self.subTest(kind, severity=severity):
                    after = {0: "", 60: r"[^.;]*?\b(60|an hour)\b", 24 * 60: r"[^.;]*?\b24 hours"}.get(
                        minutes, rf"[^.;]*?\b{minutes}\b")
                    self.assertRegex(said, rf"\b{severity}\b{after}")


class Broken(unittest.TestCase):
    """The checks find what they are for, in a copy of the tree."""

    def setUp(self):
        self.root = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.root)
        for place in SEEN:
            source, copy = ROOT / place, self.root / place
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copytree(source, copy) if source.is_dir() else shutil.copy(source, copy)
        self.pages = self.root / runbooks.FOLDER

    def change(self, page: str, old: str, new: str) -> list:
        file = self.pages / f"{page}.md"
        text = file.read_text()
        self.assertIn(old, text)
        file.write_text(text.replace(old, new, 1))
        return runbooks.problems(self.root)

    def test_the_copy_is_as_well_as_the_tree(self):
        self.assertEqual(runbooks.problems(self.root), [])

    def test_each_page_that_is_removed_is_missed(self):
        for kind in alert_kinds():
            with self.subTest(kind):
                page = self.pages / f"{kind}.md"
                text = page.read_text()
                page.unlink()
                self.assertIn(f"the alert {kind} has no runbook", runbooks.problems(self.root))
                page.write_text(text)

    def test_an_alert_that_is_new_is_missed(self):
        file = self.root / SEEN[0]
        file.write_text(file.read_text().replace("    case late\n", '    case late\n    case newThing = "new-thing"\n'))
        self.assertIn("the alert new-thing has no runbook", runbooks.problems(self.root))

    def test_a_page_without_an_alert_is_named(self):
        shutil.copy(self.pages / "late.md", self.pages / "early.md")
        self.assertIn("Documentation/runbooks/early.md is of no alert", runbooks.problems(self.root))

    def test_a_page_that_lacks_a_section_or_its_first_command_is_named(self):
        page = "Documentation/runbooks/paused.md: "
        self.assertIn(page + "there is no command under 'First command'", self.change("paused", "```sh\npoker pending list", "```\npoker"))
        self.assertTrue(any(problem.startswith(page + "its sections") for problem in self.change("paused", "## Wake", "## Who")))
        self.assertTrue(any(problem.startswith(page + "it does not begin") for problem in self.change("paused", "# paused: ", "# ")))

    def test_a_link_that_leads_nowhere_and_an_index_that_says_otherwise_are_named(self):
        self.assertIn("Documentation/runbooks/late.md: the link fee.md leads nowhere", self.change("late", "(fee-cap.md)", "(fee.md)"))
        self.assertIn("Documentation/runbooks/late.md: node-down.md has no heading #deep", self.change("late", "(node-down.md)", "(node-down.md#deep)"))
        self.assertTrue(any("README.md says of runway" in problem for problem in self.change("runway", "lasts for too", "is too")))
        self.assertTrue(any("README.md lists 22" in problem for problem in self.change("README", "| [late](late.md) |", "| late |")))

    def test_a_block_that_bash_does_not_take_is_named(self):
        self.change("late", "poker status", "poker status 'unclosed")
        self.assertEqual(len(runbooks.syntax_problems(self.root)), 1)


class Commands(unittest.TestCase):
    """What is said of commands that are wrong."""

    def said(self, line: str, is_whole=True) -> list:
        return [problem for words in runbooks.commands(line)
                for problem in runbooks.command_problems(words, runbooks.Help(), is_whole)]

    def test_verbs_options_and_arguments_must_be_there(self):
        for line, problem in {
            "keeperctl jurnal verify x": ["keeperctl jurnal is no command"],
            "keeperctl journal": ["keeperctl journal  is no command"],
            "keeperctl journal verify": ["keeperctl journal verify takes 1 arguments, not 0"],
            "keeperctl journal verify a b": ["keeperctl journal verify takes 1 arguments, not 2"],
            "keeperctl journal show a --kinds final": ["keeperctl journal show has no option --kinds",
                                                       "keeperctl journal show takes 1 arguments, not 2"],
            "keeperctl journal show a --last": ["keeperctl journal show --last has no value"],
            "keeperctl store backup a": ["keeperctl store backup lacks --output"],
        }.items():
            with self.subTest(line):
                self.assertEqual(self.said(line), problem)

    def test_what_is_right_passes(self):
        for line in ["keeperctl journal show a --kind final --last=3 --json", "keeperctl doctor -r a=http://b --config c",
                     "keeperctl store backup a --output b && keeperctl journal verify b  # both", "keeperctl journal show … --last 1"]:
            with self.subTest(line):
                self.assertEqual(self.said(line), [])
        self.assertEqual(self.said("keeperctl store backup", is_whole=False), [])

    @unittest.skipUnless(poker().exists(), "needs a built poker: swift build --product poker")
    def test_verbs_of_the_poker_must_be_there(self):
        self.assertEqual(self.said("poker statsu --config a"), ["poker statsu is no command"])
        self.assertEqual(self.said("poker explain --config a"), ["poker explain takes 1 arguments, not 0"])
        self.assertEqual(self.said("poker pending bump 7 --config a --wait 5s"), [])


if __name__ == "__main__":
    unittest.main()

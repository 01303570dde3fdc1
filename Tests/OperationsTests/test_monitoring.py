# SPDX-License-Identifier: Apache-2.0
"""The guide to monitoring says of metrics what the catalogue does, and its links and configurations hold."""

import os
import re
import unittest

import yaml

import rules
import runbooks
from house import ROOT, catalogue, severities

GUIDE = ROOT / "Documentation/operations/monitoring.md"
HEAD = "| metric | kind | labels besides `keeper` | |\n|---|---|---|---|\n"


def table() -> str:
    rows = [f"| `{metric.name}` | {metric.kind} | {' '.join(metric.labels)} | {metric.help} |" for metric in catalogue().values()]
    return HEAD + "\n".join(rows) + "\n"


class Guide(unittest.TestCase):
    def test_its_table_of_metrics_is_that_of_the_catalogue(self):
        text = GUIDE.read_text()
        if os.environ.get("KEEPERKIT_WRITE_METRICS"):
            text = re.sub(re.escape(HEAD) + r"(\|.*\n)*", lambda _: table(), text)
            GUIDE.write_text(text)
        self.assertEqual(text.count(HEAD), 1)
        self.assertEqual(re.search(re.escape(HEAD) + r"(?:\|.*\n)*", text).group(), table())

    def test_its_links_lead_somewhere(self):
        for guide in [GUIDE, ROOT / "Operations/README.md"]:
            links = re.findall(r"\]\(([^)#]+)", guide.read_text())
            self.assertTrue(links)
            for link in links:
                with self.subTest(link):
                    self.assertTrue((guide.parent / link).exists())

    def test_its_configurations_are_yaml(self):
        blocks = re.findall(r"```yaml\n(.*?)```", GUIDE.read_text(), re.S)
        self.assertEqual(len(blocks), 2)
        for block in blocks:
            self.assertTrue(yaml.safe_load(block))

    def test_files_and_alerts_that_it_names_are_there(self):
        text = GUIDE.read_text() + (ROOT / "Operations/README.md").read_text()
        for file in set(re.findall(r"`(?:prometheus/)?([\w-]+\.rules\.yaml)`", text)):
            self.assertTrue((rules.FOLDER / file).is_file(), file)
        alerts = {rules.name(rule)[0] for rule in rules.alerts()}
        named = set(re.findall(r"`(Keeper[A-Z]\w+)`", text))
        self.assertTrue(named)
        self.assertEqual(named - alerts, set())

    def test_the_runbooks_name_alerts_of_rules_that_are_there(self):
        named = {name for page in runbooks.pages(ROOT).values() for name in re.findall(r"`(Keeper[A-Z]\w+)`", page)}
        self.assertTrue(named)
        self.assertEqual(named - {rules.name(rule)[0] for rule in rules.alerts()}, set())

    def test_routes_are_for_severities_that_are_there(self):
        text = (rules.FOLDER / "alertmanager.example.yaml").read_text()
        named = {word for match in re.findall(r'severity(?:=~|!=|=)"([^"]+)"', text) for word in match.split("|")}
        self.assertEqual(named - {"none"}, set(severities()))


class Labels(unittest.TestCase):
    """The guide's table of labels says what the sources do."""

    def test_outcomes(self):
        source = (ROOT / "Sources/KeeperApp/Operations/Outcome+Metrics.swift").read_text()
        names = re.findall(r'"([\w-]+)"', source.split("static let metricNames")[1])
        self.assertGreater(len(names), 8)
        self.assertIn(f"| `outcome` | {', '.join(names)} |", GUIDE.read_text())


if __name__ == "__main__":
    unittest.main()

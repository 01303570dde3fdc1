# SPDX-License-Identifier: Apache-2.0
"""The Prometheus rules and the Alertmanager's example, as Prometheus' own tools see them, and against what keepers export."""

import re
import shutil
import tempfile
import unittest
from pathlib import Path

import yaml

import promql
import rules
from house import ROOT, alert_kinds, catalogue, run, tool

WATCHDOG = "KeeperWatchdog"


class Files(unittest.TestCase):
    @unittest.skipUnless(tool("promtool"), "needs promtool, Debian's prometheus")
    def test_promtool_takes_the_rules(self):
        code, said = run("promtool", "check", "rules", *rules.FILES)
        self.assertEqual(code, 0, said)
        self.assertEqual(said.count("SUCCESS"), 2)

    @unittest.skipUnless(tool("promtool"), "needs promtool, Debian's prometheus")
    def test_every_unit_test_of_the_rules_passes(self):
        code, said = run("promtool", "test", "rules", *rules.UNIT_TESTS, timeout=180)
        self.assertEqual(code, 0, said)

    @unittest.skipUnless(tool("promtool"), "needs promtool, Debian's prometheus")
    def test_the_unit_tests_fail_for_rules_that_never_fire(self):
        root = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, root)
        copy = root / "Tests/OperationsTests/rules/inside.test.yaml"
        copy.parent.mkdir(parents=True)
        shutil.copy(rules.UNIT_TESTS[0], copy)
        (root / "Operations/prometheus").mkdir(parents=True)
        text = (rules.FOLDER / "keeperkit-inside.rules.yaml").read_text()
        (root / "Operations/prometheus/keeperkit-inside.rules.yaml").write_text(text.replace(">= 1800", ">= 18000"))
        code, said = run("promtool", "test", "rules", copy)
        self.assertNotEqual(code, 0)
        self.assertIn("KeeperLate", said)

    @unittest.skipUnless(tool("amtool"), "needs amtool, Debian's prometheus-alertmanager")
    def test_amtool_takes_the_example(self):
        code, said = run("amtool", "check-config", rules.FOLDER / "alertmanager.example.yaml")
        self.assertEqual(code, 0, said)
        self.assertIn("5 receivers", said)


class Rules(unittest.TestCase):
    def test_each_speaks_of_metrics_that_are_there_and_has_its_runbook(self):
        self.assertGreater(len(rules.alerts()), 15)
        for rule in rules.alerts():
            with self.subTest(rules.name(rule)):
                self.assertEqual(rules.problems(rule), [])

    def test_no_two_are_the_same(self):
        names = [rules.name(rule) for rule in rules.alerts()]
        self.assertEqual(len(names), len(set(names)))

    def test_each_is_seen_firing_and_seen_quiet_by_a_unit_test(self):
        firing, quiet = rules.tested()
        for rule in rules.alerts():
            alert, severity = rules.name(rule)
            with self.subTest(rule=alert, severity=severity):
                self.assertTrue(any(name == alert and severity in (None, other) for name, other in firing))
                self.assertTrue(alert in quiet or alert == WATCHDOG)

    def test_whoever_alerts_by_prometheus_alone_is_told_of_each_kind_in_one_way(self):
        inside = rules.alerts(rules.FOLDER / "keeperkit-inside.rules.yaml")
        outside = rules.alerts(rules.FOLDER / "keeperkit-outside.rules.yaml")
        relays = [rule for rule in inside if rules.name(rule)[1] is None]
        self.assertEqual(len(relays), 1)
        own = {kind for rule in inside if rule not in relays for kind in rules.kinds(rule)}
        # A receiver that fails, and a keeper that is gone, cannot be told by the keeper.
        self.assertEqual(set(rules.left_out(relays[0])), own | {"sink-fails", "keeper-down"})
        told = {kind for rule in inside + outside for kind in rules.kinds(rule)}
        self.assertEqual(told - {"watchdog"}, set(alert_kinds()))


class Inhibitions(unittest.TestCase):
    """A label that is missing on both sides counts as equal, so what is compared must be there, or be everything."""

    RULES = yaml.safe_load((rules.FOLDER / "alertmanager.example.yaml").read_text())["inhibit_rules"]
    LADDER = {"critical": {"page", "urgent", "notify"}, "page": {"urgent", "notify"}, "urgent": {"notify"}}

    def test_each_source_has_a_label_that_must_be_equal(self):
        for rule in self.RULES:
            there = {matcher.split("!=")[0] for matcher in rule["source_matchers"] if matcher.endswith('!=""')}
            self.assertTrue(there & set(rule["equal"]), rule)

    def test_of_a_ladder_everything_is_equal_that_says_what_it_is_about(self):
        scopes = (ROOT / "Sources/KeeperAlerts/AlertScope.swift").read_text()
        about = {"kind", *re.findall(r'\("(\w+)", \w', scopes)}
        self.assertLessEqual({"keeper", "chain", "task", "nodes", "account", "subject"}, about)
        about |= {"endpoint", "sink", "instance"}
        ladder = [rule for rule in self.RULES if not any(matcher.startswith("kind=") for matcher in rule["source_matchers"])]
        self.assertEqual([set(rule["equal"]) for rule in ladder], [about] * 3)
        severities = [[set(re.search(r'severity=~?"([^"]+)"', " ".join(rule[side]))[1].split("|")) for side in ("source_matchers", "target_matchers")]
                      for rule in ladder]
        self.assertEqual({source.pop(): targets for source, targets in severities}, self.LADDER)


class Queries(unittest.TestCase):
    """What is found in an expression."""

    def test_metrics_and_labels_that_are_not_there_are_named(self):
        for query, problems in {
            'keeper_late_seconds{task="a", keeper=~"b"} > 300': [],
            "keeper_late_secnds": ["no metric keeper_late_secnds"],
            'keeper_late_seconds{endpoint="a"}': ["keeper_late_seconds has no label endpoint"],
            "sum by (keeper, sink) (keeper_late_seconds)": ["no metric here has the label sink"],
            'process_open_fds{keeper="a"}': ["process_open_fds has no label keeper"],
            "histogram_quantile(0.5, sum by (le) (rate(keeper_lateness_seconds_bucket[5m])))": [],
            "keeper_lateness_seconds": [],
            'keeper_late_seconds{le="1"}': ["keeper_late_seconds has no label le"],
            "keeper_ready_bucket": ["no metric keeper_ready_bucket"],
            "process_open_fds * on (job, instance) group_left (keeper) keeper_info": [],
            'label_replace(keeper_ready, "kind", "$1", "keeper", "(.*)")': [],
            "time() - keeper_head_timestamp_seconds offset 5m unless on (keeper) up": [],
        }.items():
            with self.subTest(query):
                self.assertEqual(promql.problems(query, catalogue()), problems)


if __name__ == "__main__":
    unittest.main()

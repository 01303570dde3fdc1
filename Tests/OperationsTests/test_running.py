# SPDX-License-Identifier: Apache-2.0
"""A real poker under a real Prometheus: what it exports is what the catalogue says, every query of the dashboard is answered, and what
it finds is told by the rules and by itself."""

import re
import shutil
import tempfile
import unittest
from pathlib import Path

import dashboard
import local
import monitoring
import promql
from house import catalogue, run
from local import Chain, Poker, Way
from monitoring import Monitoring, eventually, scaled_query

MISSING = local.missing() + monitoring.missing()


@unittest.skipIf(MISSING, f"needs {', '.join(MISSING)}")
class Running(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Path(tempfile.mkdtemp(prefix="keeperkit-running-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        cls.chain = Chain()
        cls.addClassCleanup(cls.chain.stop)
        cls.ways = {name: Way(cls.chain.port) for name in ("own", "hosted")}
        cls.sink = monitoring.Receiver()
        cls.addClassCleanup(cls.sink.stop)
        (cls.folder / "secret").write_text("only for this test")
        (cls.folder / "secret").chmod(0o600)
        sinks = f'{{ type: webhook, name: ours, url: "{cls.sink.url}/webhook", secretFile: {cls.folder}/secret }}'
        cls.poker = Poker(cls.chain, cls.folder, cls.ways, more=f"alerts: {{ sinks: [{sinks}] }}")
        cls.addClassCleanup(cls.poker.stop)
        cls.world = Monitoring({"keeper": [cls.poker.address]})
        cls.addClassCleanup(cls.world.stop)
        cls.live()

    @classmethod
    def live(cls):
        """Two slots, of which the second finds a source without a value."""
        chain, poker = cls.chain, cls.poker
        poker.settle()
        for hour in (chain.hour, chain.hour + 3600):
            if hour != chain.hour:
                chain.request("devnode_setSource", "SKY", str(10**17), False)
                poker.mine(hour - 60)
            # Until what was sent is final.
            for block in range(8):
                poker.mine(hour + 12 * block - 1)
        # It looks every five seconds, and wants to have seen it for two minutes of the chain's time.
        opened = 'keeper_alerts_open{alert="source-invalid"'
        eventually("the poker tells of the source", lambda: poker.metric(opened) or poker.mine(), pause=0.5)
        eventually("its receiver takes it", lambda: poker.metric('keeper_alert_deliveries_total{keeper="poker-local",result="delivered"'))

    def test_its_metrics_are_those_of_the_catalogue(self):
        text = self.poker.get("metrics")[1]
        self.assertEqual(run("promtool", "check", "metrics", text=text), (0, ""))
        metrics, seen = catalogue(), set()
        for line in text.splitlines():
            if line.startswith("#"):
                continue
            name, labels = re.match(r"(\w+)(?:\{(.*)\})? ", line).groups()
            metric = metrics[promql.base(name, metrics)]
            seen.add(metric.name)
            own = set(metric.labels) | ({"keeper"} if metric.is_ours else set()) | ({"le"} if name.endswith("_bucket") else set())
            self.assertEqual(set(re.findall(r'(\w+)="', labels or "")), own, line)
        self.assertEqual(set(metrics) - seen, set())

    def test_every_query_of_the_dashboard_is_answered(self):
        for title, query in dashboard.queries():
            # Marks restarts, of which there was none.
            if title != "Restarts":
                with self.subTest(title):
                    filled = scaled_query(dashboard.filled(query))
                    eventually(f"an answer to {filled}", lambda filled=filled: self.answers(filled), patience=10)

    def answers(self, query: str) -> list:
        return [one for one in self.world.query(query) if one["value"][1] not in ("NaN", "+Inf", "-Inf")]

    def test_what_it_finds_is_told_by_the_rules_and_by_itself(self):
        [body] = eventually("the Alertmanager tells of it", lambda: self.told_by_rules())
        [alert] = body["alerts"]
        self.assertEqual(alert["labels"]["keeper"], "poker-local")
        self.assertTrue(alert["annotations"]["runbook_url"].endswith("/source-invalid.md"))
        posts = [post for path, post in self.sink.posts if path == "webhook"]
        self.assertEqual([(post["kind"], post["change"]) for post in posts], [("source-invalid", "opened")])
        self.assertTrue(posts[0]["runbook"].endswith("/source-invalid.md"))

    def told_by_rules(self) -> list:
        receiver = self.world.receiver
        return [body for to in ("office", "duty") for body in receiver.told(to, "source-invalid", "firing")]


if __name__ == "__main__":
    unittest.main()

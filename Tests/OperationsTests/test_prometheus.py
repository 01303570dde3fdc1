# SPDX-License-Identifier: Apache-2.0
"""The real thing: a Prometheus scrapes keepers, evaluates our rules and tells an Alertmanager, which routes by our example. Each
story makes trouble, sees who is told of it and how often, and ends it. See `monitoring` for how time is scaled."""

import time
import unittest
from datetime import datetime, timezone

import dashboard
import rules
from exporter import Exporter, Keeper, sparse, well
from house import run, tool
from monitoring import Monitoring, eventually, missing, scaled_query, seconds, scaled


def instant(at: float) -> str:
    return datetime.fromtimestamp(at, timezone.utc).isoformat()


@unittest.skipIf(missing(), f"not installed: {', '.join(missing())} (make test installs them)")
class Stories(unittest.TestCase):
    """One world for all stories; each leaves it as it was."""

    @classmethod
    def setUpClass(cls):
        cls.one = well("one")
        cls.fleet = [sparse(f"fleet-{number}") for number in range(12)]
        cls.exporters = {keeper.name: Exporter(keeper) for keeper in (cls.one, *cls.fleet)}
        # Nobody ever answers there.
        cls.nowhere = "127.0.0.1:1"
        cls.world = Monitoring({"keeper": [*(exporter.address for exporter in cls.exporters.values()), cls.nowhere]})
        cls.fired = set()
        eventually("all keepers are seen", lambda: len(cls.world.query("keeper_info")) == 13)

    @classmethod
    def tearDownClass(cls):
        cls.world.stop()
        for exporter in cls.exporters.values():
            exporter.stop()

    def setUp(self):
        self.since = self.world.receiver.count
        before = {keeper.name: dict(keeper.values) for keeper in (self.one, *self.fleet)}
        self.addCleanup(self._calm, before)

    def _calm(self, before: dict):
        """What the story began is over before the next begins, though it should have failed. What was counted stays counted."""
        for keeper in (self.one, *self.fleet):
            with keeper.lock:
                keeper.values.update({key: value for key, value in before[keeper.name].items() if not key[0].endswith("_total")})
        eventually("nothing fires any more", lambda: not [a for a in self._firing() if a["alertname"] != "KeeperUnseen"])

    def _firing(self) -> list:
        firing = self.world.firing()
        type(self).fired |= {(labels["alertname"], labels.get("severity")) for labels in firing}
        return firing

    def fires(self, alert: str, severity: str, **labels) -> list:
        """Waits until an alert fires."""
        def those():
            return [a for a in self._firing()
                    if a["alertname"] == alert and a["severity"] == severity and labels.items() <= a.items()]
        return eventually(f"{alert} fires, {severity} {labels}", those)

    def quiet(self, alert: str, severity: str, **labels) -> None:
        """Waits until an alert fires and is kept quiet."""
        wanted = {"alertname": alert, "severity": severity, **labels}
        eventually(f"{wanted} is kept quiet", lambda: any(wanted.items() <= one.items() for one in self.world.inhibited()))
        self.fires(alert, severity, **labels)

    @staticmethod
    def names(told: list) -> set:
        return {alert["labels"]["keeper"] for body in told for alert in body["alerts"]}

    def told(self, to: str, kind: str, status: str, count: int = 1) -> list:
        """Waits until a receiver was told, and looks that it was not told more often."""
        eventually(f"{to} is told of {kind}: {status}", lambda: self.world.receiver.told(to, kind, status, self.since))
        told = self.world.receiver.told(to, kind, status, self.since)
        self.assertEqual(len(told), count, [[a["labels"] for a in body["alerts"]] for body in told])
        return told

    def incident(self, to: str, kind: str, keepers: int) -> list:
        """Waits until a receiver was told of so many keepers, and looks that it is one incident: a scrape between two of them makes
        a second notice of the same group, by whose key a pager knows what it knows."""
        def those():
            told = self.world.receiver.told(to, kind, "firing", self.since)
            return told if len(self.names(told)) == keepers else None
        told = eventually(f"{to} is told of {kind} of {keepers} keepers", those)
        self.assertEqual(len({body["groupKey"] for body in told}), 1, told)
        return told

    def untold(self, to: str, kind: str) -> None:
        self.assertEqual(self.world.receiver.told(to, kind, "firing", self.since), [])

    # Stories

    def test_twelve_keepers_without_nodes_are_one_page_that_resolves_once(self):
        for keeper in self.fleet:
            keeper.set("keeper_ready", 0)
            for endpoint in ("own", "hosted"):
                keeper.set("keeper_node_usable", 0, endpoint=endpoint)
        pages = self.incident("pager", "nodes-unusable", 12)
        self.assertEqual(pages[0]["commonAnnotations"]["runbook_url"].rsplit("/", 1)[1], "nodes-unusable.md")
        # Work gets late meanwhile: that has the same cause, until it is critical; but not where the nodes are well.
        for keeper in (self.one, *self.fleet):
            keeper.set("keeper_late_seconds", 2400, task="PIP_ETH")
        self.quiet("KeeperLate", "page", keeper="fleet-11")
        self.fires("KeeperNotReady", "urgent", keeper="fleet-11")
        self.assertEqual(self.names(self.told("pager", "late", "firing")), {"one"})
        self.one.set("keeper_late_seconds", 0, task="PIP_ETH")
        for keeper in self.fleet:
            keeper.set("keeper_ready", 1)
            keeper.set("keeper_late_seconds", 0, task="PIP_ETH")
            for endpoint in ("own", "hosted"):
                keeper.set("keeper_node_usable", 1, endpoint=endpoint)
        self.told("pager", "nodes-unusable", "resolved")
        self.incident("pager", "nodes-unusable", 12)
        self.assertEqual(self.names(self.told("pager", "late", "firing")), {"one"})
        self.untold("office", "node-down")

    def test_work_that_is_late_when_one_looks_first_is_told_by_its_highest_rung_only(self):
        self.one.set("keeper_late_seconds", 1900, task="PIP_SKY")
        self.quiet("KeeperLate", "urgent", keeper="one")
        self.quiet("KeeperLate", "notify", keeper="one")
        self.told("pager", "late", "firing")
        self.one.set("keeper_late_seconds", 0, task="PIP_SKY")
        self.told("pager", "late", "resolved")
        self.untold("duty", "late")
        self.untold("office", "late")

    def test_lateness_rises_by_its_ladder_and_each_rung_is_told_once(self):
        for late, severity, to in [(310, "notify", "office"), (610, "urgent", "duty"), (1810, "page", "pager")]:
            self.one.set("keeper_late_seconds", late, task="PIP_ETH")
            self.fires("KeeperLate", severity, task="PIP_ETH")
            [body] = self.told(to, "late", "firing")
            self.assertEqual(body["commonLabels"]["severity"], severity)
        self.one.set("keeper_late_seconds", 3610, task="PIP_ETH")
        self.fires("KeeperLate", "critical")
        # The same group has a new member, which the pager is told.
        eventually("the pager is told that it is critical", lambda: any(
            alert["labels"]["severity"] == "critical" and alert["status"] == "firing"
            for body in self.world.receiver.told("pager", "late", "firing", self.since) for alert in body["alerts"]))
        self.one.set("keeper_late_seconds", 0, task="PIP_ETH")
        self.told("pager", "late", "resolved")

    def test_what_nobody_can_do_is_told_by_its_own_name_and_is_not_late(self):
        self.one.set("keeper_task_excused", 1, task="PIP_SKY")
        self.one.set("keeper_alerts_open", 1, alert="source-invalid", severity="urgent")
        self.one.set("keeper_late_seconds", 5000, task="PIP_SKY")
        [body] = self.told("duty", "source-invalid", "firing")
        self.assertTrue(body["alerts"][0]["annotations"]["runbook_url"].endswith("/runbooks/source-invalid.md"))
        self.fires("KeeperIncident", "urgent", kind="source-invalid")
        self.untold("pager", "late")
        self.one.set("keeper_late_seconds", 0, task="PIP_SKY")
        self.one.set("keeper_alerts_open", 0, alert="source-invalid", severity="urgent")
        self.told("duty", "source-invalid", "resolved")
        self.one.set("keeper_task_excused", 0, task="PIP_SKY")

    def test_a_keeper_that_is_gone_is_a_page_and_resolves_when_it_is_back(self):
        exporter = self.exporters["one"]
        port = exporter.server.server_port
        # What it said last is not what is so now.
        self.one.set("keeper_late_seconds", 700, task="PIP_ETH")
        self.fires("KeeperLate", "urgent", keeper="one")
        exporter.stop()
        self.fires("KeeperDown", "urgent", keeper="one")
        self.fires("KeeperDown", "page", keeper="one")
        self.told("pager", "keeper-down", "firing")
        self.one.set("keeper_late_seconds", 0, task="PIP_ETH")
        self.exporters["one"] = Exporter(self.one, port=port)
        self.told("pager", "keeper-down", "resolved")
        self.told("pager", "keeper-down", "firing")

    def test_a_loop_that_hangs_is_a_page(self):
        self.one.set("keeper_head_timestamp_seconds", time.time() - 400)
        self.fires("KeeperStands", "page", keeper="one")
        self.told("pager", "keeper-down", "firing")
        self.one.set("keeper_head_timestamp_seconds", lambda: time.time() - 5)
        self.told("pager", "keeper-down", "resolved")

    def test_restarts_are_told_of(self):
        address = self.exporters["one"].address
        for count in range(1, 4):
            began = time.time() - 100 + count
            self.one.set("process_start_time_seconds", began)
            self.one.set("keeper_ticks_total", count)
            eventually(f"start {count} is seen", lambda began=began: [
                sample for sample in self.world.query(f'process_start_time_seconds{{instance="{address}"}}')
                if abs(float(sample["value"][1]) - began) < 0.01])
        self.fires("KeeperRestarts", "urgent", instance=address)
        # The dashboard marks them; they are only seen for a while.
        marks = [query for title, query in dashboard.queries() if title == "Restarts"]
        self.assertEqual(len(marks), 1)
        self.assertTrue(self.world.query(scaled_query(dashboard.filled(marks[0]))))

    def test_alerts_that_nobody_takes_are_told_by_another_way(self):
        self.one.set("keeper_alerts_waiting", 2, sink="pagerduty")
        self.one.set("keeper_alerts_open", 1, alert="late", severity="page")
        self.fires("KeeperAlertsWait", "urgent", sink="pagerduty")
        self.fires("KeeperMute", "page", keeper="one")
        self.told("pager", "sink-fails", "firing")
        self.one.set("keeper_alerts_waiting", 0, sink="pagerduty")
        self.one.set("keeper_alerts_open", 0, alert="late", severity="page")
        self.told("pager", "sink-fails", "resolved")

    def test_an_emptying_wallet_is_told_on_duty_and_an_empty_one_is_a_page(self):
        self.one.set("keeper_wallet_runway_seconds", 6 * 86400)
        self.fires("KeeperRunway", "urgent", keeper="one")
        self.told("duty", "runway", "firing")
        self.one.set("keeper_alerts_open", 1, alert="runway", severity="page")
        self.fires("KeeperWalletEmpties", "page", keeper="one")
        self.told("pager", "runway", "firing")
        self.one.set("keeper_alerts_open", 0, alert="runway", severity="page")
        self.one.set("keeper_wallet_runway_seconds", 67 * 86400)
        self.told("pager", "runway", "resolved")

    def test_a_transaction_without_effect_is_told_on_duty(self):
        self.one.add("keeper_outcomes_total", outcome="mined-without-effect")
        self.fires("KeeperEffectMissing", "urgent", keeper="one")
        self.told("duty", "effect-missing", "firing")
        self.told("duty", "effect-missing", "resolved")

    def test_one_node_of_several_is_told_in_office_hours(self):
        self.one.set("keeper_node_usable", 0, endpoint="hosted")
        self.fires("KeeperNodeDown", "notify", endpoint="hosted")
        self.told("office", "node-down", "firing")
        self.untold("pager", "node-down")
        self.one.set("keeper_node_usable", 1, endpoint="hosted")
        self.told("office", "node-down", "resolved")

    def test_what_keepers_tell_themselves_keeps_quiet_only_what_is_lower_of_the_same(self):
        """Labels of the Alertmanager's sink: keeper, or chain and task, chain and nodes, chain and account, perhaps a subject."""
        mine, other = {"chain": "1", "account": "0xaa"}, {"chain": "1", "account": "0xbb"}
        loud = [
            # A wallet, and the signer of a keeper, wake people; so do the nodes of one chain.
            ("pager", "runway", "page", mine), ("pager", "signer-fails", "page", {"keeper": "one"}),
            ("pager", "nodes-unusable", "page", {"chain": "1", "nodes": "hosted+own"}),
            # Others' trouble, and other trouble of the same account, keeper and chain.
            ("duty", "foreign-transaction", "urgent", other), ("duty", "runway", "urgent", other),
            ("duty", "effect-missing", "urgent", mine), ("duty", "backup-acted", "urgent", {"keeper": "one"}),
            ("duty", "late", "urgent", {"chain": "10", "task": "PIP_ETH"}), ("office", "node-down", "notify", {"chain": "10", "nodes": "own"}),
            ("duty", "sink-fails", "urgent", {"keeper": "one", "subject": "pagerduty"}),
            ("office", "sink-fails", "notify", {"keeper": "one", "subject": "slack"}),
        ]
        quiet = [("office", "runway", "notify", mine), ("office", "sink-fails", "notify", {"keeper": "one", "subject": "pagerduty"})]
        began = time.time()

        def said(ends: float) -> list:
            return [{"labels": {"alertname": kind, "kind": kind, "severity": severity, **about}, "startsAt": instant(began), "endsAt": instant(ends)}
                    for _, kind, severity, about in loud + quiet]

        self.addCleanup(lambda: self.world.tell(*said(time.time())))
        self.world.tell(*said(began + 300))
        for to, kind, severity, about in loud:
            with self.subTest(to=to, kind=kind):
                [body] = self.told(to, kind, "firing")
                self.assertEqual([alert["labels"] for alert in body["alerts"]], [{"alertname": kind, "kind": kind, "severity": severity, **about}])
        self.untold("office", "runway")
        self.assertEqual(sorted((one["kind"], one["severity"]) for one in self.world.inhibited()), sorted((kind, severity) for _, kind, severity, _ in quiet))
        self.world.tell(*said(time.time()))
        for to, kind, _, _ in loud:
            self.told(to, kind, "resolved")

    def test_a_target_that_never_answers_is_told_of_and_does_not_silence_the_watchdog(self):
        self.fires("KeeperUnseen", "urgent", instance=self.nowhere)
        self.since = self.world.receiver.count
        eventually("the watchdog goes on", lambda: self.world.receiver.told("dead-man", "watchdog", "firing", self.since))

    def test_z_every_rule_fired_and_every_query_of_the_dashboard_is_answered(self):
        """Last, by its name: it looks at what the other stories left."""
        wanted = {(alert, severity) for alert, severity in map(rules.name, rules.alerts()) if alert != "KeeperWatchdog"}
        fired = self.fired | {(alert, None) for alert, _ in self.fired}
        self.assertEqual(wanted - fired, set())
        self.one.add("keeper_gas_used_total", 324149)
        self.one.add("keeper_gas_limit_total", 350081)
        self.one.observe("keeper_lateness_seconds", 23, task="PIP_ETH")
        self.one.observe("keeper_tick_duration_seconds", 0.03)
        for title, query in dashboard.queries():
            if title != "Restarts":
                with self.subTest(title):
                    filled = scaled_query(dashboard.filled(query))
                    eventually(f"an answer to {filled}", lambda filled=filled: self._answers(filled), patience=10)

    def _answers(self, query: str) -> list:
        """What a panel would show."""
        return [one for one in self.world.query(query) if one["value"][1] not in ("NaN", "+Inf", "-Inf")]


class Pieces(unittest.TestCase):
    def test_durations_are_scaled_and_kept_above_what_scrapes_need(self):
        self.assertEqual([seconds(text) for text in ("90s", "1h30m", "1d", "200ms")], [90, 5400, 86400, 0.2])
        self.assertEqual([scaled(text, "for") for text in ("0s", "30s", "5m", "1h")], ["0s", "400ms", "500ms", "6000ms"])
        self.assertEqual(scaled_query("increase(a[1h]) > (b[5m] offset 30m)"), "increase(a[6000ms]) > (b[2000ms] offset 3000ms)")

    @unittest.skipUnless(tool("promtool"), "needs promtool, Debian's prometheus")
    def test_promtool_takes_what_the_made_up_keepers_say(self):
        self.assertEqual(run("promtool", "check", "metrics", text=well("poker").exposition()), (0, ""))

    def test_promtool_refuses_what_is_wrong(self):
        code, _ = run("promtool", "check", "metrics", text="keeper_ready{keeper=poker} 1\n")
        self.assertNotEqual(code, 0)

    def test_a_metric_takes_the_labels_of_the_catalogue_only(self):
        with self.assertRaises(AssertionError):
            Keeper("poker").set("keeper_late_seconds", 1, endpoint="own")


if __name__ == "__main__":
    unittest.main()

# SPDX-License-Identifier: Apache-2.0
"""The dashboard: what its script gives, of metrics that are there, all of them, with nothing that overlaps."""

import unittest

import dashboard
import promql
from house import ROOT, catalogue, run


class Dashboard(unittest.TestCase):
    def test_the_file_is_what_its_script_gives(self):
        self.assertEqual(run(ROOT / "Operations/grafana/build", "--check"), (0, ""))

    def test_queries_speak_of_metrics_and_labels_that_are_there(self):
        self.assertGreater(len(dashboard.queries()), 40)
        for title, query in dashboard.queries():
            with self.subTest(title):
                self.assertEqual(promql.problems(dashboard.filled(query), catalogue()), [])

    def test_every_metric_of_the_catalogue_is_shown(self):
        metrics = catalogue()
        shown = {promql.base(name, metrics) for _, query in dashboard.queries() for name, _ in promql.selectors(query)}
        self.assertEqual(set(metrics) - shown, set())

    def test_queries_keep_to_the_keepers_that_are_chosen(self):
        for title, query in dashboard.queries():
            with self.subTest(title):
                ours = [labels for name, labels in promql.selectors(query) if name.startswith("keeper_")]
                self.assertTrue(ours and all({"keeper", "instance"} <= set(labels) for labels in ours))

    def test_panels_have_numbers_of_their_own_and_do_not_overlap(self):
        panels = dashboard.content()["panels"]
        self.assertEqual(len({panel["id"] for panel in panels}), len(panels))
        taken = {}
        for panel in panels:
            place = panel["gridPos"]
            self.assertLessEqual(place["x"] + place["w"], 24)
            for x in range(place["x"], place["x"] + place["w"]):
                for y in range(place["y"], place["y"] + place["h"]):
                    self.assertNotIn((x, y), taken, f"{panel['title']} lies on {taken.get((x, y))}")
                    taken[x, y] = panel["title"]

    def test_each_panel_says_its_unit_and_asks_the_chosen_data_source(self):
        for panel in dashboard.content()["panels"]:
            if panel["type"] != "row":
                with self.subTest(panel["title"]):
                    self.assertTrue(panel["fieldConfig"]["defaults"]["unit"])
                    self.assertEqual(panel["datasource"]["uid"], "${datasource}")


if __name__ == "__main__":
    unittest.main()

# SPDX-License-Identifier: Apache-2.0
"""What is sent to receivers of alerts, held against the form that each service documents.

The bodies are those of Tests/Vectors/alerts, which the Swift tests compare byte for byte with what is sent. The schemas were written from
the services' public documentation. A schema that takes anything proves nothing: what is broken on purpose must be refused.
"""

import copy
import json
import unittest
from pathlib import Path

from jsonschema import Draft202012Validator

ALERTS = Path(__file__).resolve().parents[1] / "Vectors" / "alerts"
SERVICES = ["alertmanager", "discord", "pagerduty", "slack", "webhook"]
CHANGES = ["opened", "escalated", "resolved", "retracted", "notify", "hostile"]


def body(service: str, change: str):
    return json.loads((ALERTS / f"{service}-{change}.json").read_text())


def validator(service: str) -> Draft202012Validator:
    schema = json.loads((ALERTS / "schemas" / f"{service}.schema.json").read_text())
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def replaced(value, path: list, new):
    """A copy with what is at a path replaced, or removed by DROP."""
    result = copy.deepcopy(value)
    place = result
    for step in path[:-1]:
        place = place[step]
    if new is DROP:
        del place[path[-1]]
    else:
        place[path[-1]] = new
    return result


DROP = object()

# Of the body "opened", or of the one named: where, and what is put there.
BROKEN = {
    "pagerduty": [
        (["routing_key"], DROP), (["routing_key"], "short"), (["event_action"], "open"), (["dedup_key"], "k" * 256), (["dedup_key"], ""),
        (["payload"], DROP), (["payload", "summary"], DROP), (["payload", "summary"], "s" * 1025), (["payload", "source"], DROP),
        (["payload", "severity"], "page"), (["payload", "severity"], "Critical"), (["payload", "severity"], DROP),
        (["payload", "timestamp"], 1769700600), (["payload", "timestamp"], "2026-01-29 15:30"), (["payload", "custom_details"], "text"),
        (["links", 0, "href"], DROP), (["links", 0, "href"], "Documentation/runbooks/late.md"), (["severity"], "critical"),
    ],
    "discord": [
        (["embeds"], DROP), (["embeds"], []), (["embeds", 0, "title"], "t" * 257), (["embeds", 0, "description"], "d" * 4097),
        (["embeds", 0, "color"], "#c62828"), (["embeds", 0, "color"], 16777216), (["embeds", 0, "timestamp"], 1769700600),
        (["embeds", 0, "footer"], "text"), (["embeds", 0, "footer", "text"], DROP), (["embeds", 0, "url"], "runbooks/late.md"),
        (["allowed_mentions"], DROP), (["allowed_mentions", "parse"], ["everyone"]), (["allowed_mentions", "parse"], DROP),
        (["content"], "c" * 2001), (["text"], "text"),
    ],
    "slack": [
        (["text"], DROP), (["text"], ""), (["text"], "t" * 4001), (["text"], "a & b"), (["text"], "<!channel>"), (["text"], "<@U1>"),
        (["blocks"], []), (["blocks", 0, "text", "text"], "h" * 151), (["blocks", 0, "text", "type"], "mrkdwn"),
        (["blocks", 0, "type"], "title"), (["blocks", 1, "text", "text"], "s" * 3001), (["blocks", 1, "text", "text"], "a < b"),
        (["blocks", 1, "text"], "text"), (["blocks", 1, "text", "verbatim"], "yes"), (["blocks", 2, "elements"], []),
        (["blocks", 2, "elements", 0, "text"], "<https://a|b|c>"), (["attachments"], "text"),
    ],
    "alertmanager": [
        ([0, "labels"], DROP), ([0, "labels", "alertname"], DROP), ([0, "labels", "severity"], DROP), ([0, "labels", "chain"], 1),
        ([0, "labels", "a-name"], "x"), ([0, "labels", "chain"], ""), ([0, "startsAt"], 1769700600), ([0, "endsAt"], "soon"),
        ([0, "endsAt"], DROP), ([0, "annotations", "details"], ["a"]), ([0, "generatorURL"], "runbooks/late.md"), ([0, "status"], "firing"),
    ],
    "webhook": [
        (["version"], 2), (["id"], DROP), (["id"], "with space"), (["change"], "closed"), (["sequence"], 0), (["kind"], "Late"),
        (["severity"], "high"), (["previous"], "urgent"), (["summary"], ""), (["summary"], "s" * 601), (["details"], "text"),
        (["details"], ["d"] * 13), (["details"], ["d" * 301]), (["labels"], {}), (["labels", "chain"], 1), (["since"], "2026-01-29"),
        (["since"], -1), (["runbook"], "late"), (["key"], "k" * 201), (["extra"], 1),
    ],
}


class Payloads(unittest.TestCase):
    def test_each_body_has_the_documented_form(self):
        for service in SERVICES:
            check = validator(service)
            for change in CHANGES + (["again"] if service == "alertmanager" else []):
                with self.subTest(service=service, change=change):
                    errors = [f"{list(error.path)}: {error.message[:200]}" for error in check.iter_errors(body(service, change))]
                    self.assertEqual(errors, [])

    def test_no_file_is_left_out(self):
        names = {f"{service}-{change}.json" for service in SERVICES for change in CHANGES} | {"alertmanager-again.json"}
        self.assertEqual({path.name for path in ALERTS.glob("*.json")}, names)
        self.assertEqual({path.name for path in (ALERTS / "schemas").iterdir()}, {f"{service}.schema.json" for service in SERVICES})

    def test_what_is_broken_is_refused(self):
        self.assertEqual(sorted(BROKEN), SERVICES)
        for service, cases in BROKEN.items():
            check = validator(service)
            for path, new in cases:
                with self.subTest(service=service, path=path, new=str(new)[:40]):
                    self.assertFalse(check.is_valid(replaced(body(service, "opened"), path, new)))

    def test_an_end_and_a_rise_have_what_they_need(self):
        check = validator("webhook")
        for change in ["escalated", "resolved", "retracted"]:
            self.assertFalse(check.is_valid(replaced(body("webhook", change), ["previous"], DROP)))
        self.assertTrue(validator("pagerduty").is_valid(body("pagerduty", "resolved")))
        self.assertNotIn("payload", body("pagerduty", "resolved"))

    def test_an_incident_keeps_its_identity(self):
        """What a service knows an incident by is the same from the opening to the end."""
        changes = ["opened", "escalated", "resolved"]
        self.assertEqual(len({body("pagerduty", change)["dedup_key"] for change in changes}), 1)
        self.assertEqual(len({body("webhook", change)["incident"] for change in changes}), 1)
        self.assertEqual(len({body("webhook", change)["id"] for change in changes}), 3)
        opened, (before, risen), ended = (body("alertmanager", change) for change in changes)
        self.assertEqual(opened[0]["labels"], before["labels"])
        self.assertEqual(risen["labels"], ended[0]["labels"])
        self.assertLess(before["endsAt"], risen["endsAt"])
        self.assertEqual(ended[0]["endsAt"], "2026-01-29T15:30:00Z")

    def test_times_never_end_before_they_begin(self):
        for change in CHANGES + ["again"]:
            for alert in body("alertmanager", change):
                self.assertLessEqual(alert["startsAt"], alert["endsAt"])

    def test_discord_counts_all_texts_of_a_message(self):
        for change in CHANGES:
            embed = body("discord", change)["embeds"][0]
            texts = [embed["title"], embed["description"], embed["footer"]["text"]]
            # As UTF-16 counts, which is the stricter way.
            sizes = [len(text.encode("utf-16-le")) // 2 for text in texts]
            self.assertLessEqual(sum(sizes), 6000)
            self.assertLessEqual(sizes[0], 256)
            self.assertLessEqual(sizes[1], 4096)

    def test_slack_counts_escapes_too(self):
        for change in CHANGES:
            message = body("slack", change)
            header, section, context = message["blocks"]
            for text, limit in [
                (message["text"], 4000), (header["text"]["text"], 150), (section["text"]["text"], 3000),
                (context["elements"][0]["text"], 2000),
            ]:
                self.assertLessEqual(len(text.encode("utf-16-le")) // 2, limit)

    def test_nobody_can_be_mentioned(self):
        text = (ALERTS / "slack-hostile.json").read_text()
        for mention in ["<!", "<@", "<#"]:
            self.assertNotIn(mention, text)
        self.assertEqual(body("discord", "hostile")["allowed_mentions"], {"parse": []})


if __name__ == "__main__":
    unittest.main()

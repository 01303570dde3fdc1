# SPDX-License-Identifier: Apache-2.0
"""The Prometheus rules and their unit tests, as data, and what is wrong with them."""

import re
from pathlib import Path

import yaml

from house import ROOT, alert_kinds, catalogue, severities
from promql import problems as query_problems

FOLDER = ROOT / "Operations/prometheus"
FILES = sorted(FOLDER.glob("*.rules.yaml"))
UNIT_TESTS = sorted((ROOT / "Tests/OperationsTests/rules").glob("*.test.yaml"))


def alerts(*files: Path) -> list:
    """All alerting rules of these files."""
    return [rule for file in files or FILES for group in yaml.safe_load(file.read_text())["groups"] for rule in group["rules"]]


def name(rule: dict) -> tuple:
    """By what a rule is told from others: alertname and severity; the severity is `None` where the series has it."""
    return rule["alert"], rule["labels"].get("severity") if "labels" in rule else None


def kinds(rule: dict) -> list:
    """What a rule is about: where it comes from a label, each kind that the expression does not leave out."""
    kind = rule.get("labels", {}).get("kind")
    return [kind] if kind else [other for other in alert_kinds() if other not in left_out(rule)]


def left_out(rule: dict) -> list:
    return re.search(r'alert!~"([^"]+)"', rule["expr"]).group(1).split("|")


def problems(rule: dict) -> list:
    """One line for each."""
    bad = query_problems(rule["expr"], catalogue())
    severity, words = rule.get("labels", {}).get("severity"), rule.get("annotations", {})
    for kind in kinds(rule):
        if kind == "watchdog":
            continue
        if kind not in alert_kinds():
            bad.append(f"no alert is called {kind}")
        url = words.get("runbook_url", "").replace("{{ $labels.kind }}", kind)
        if not url.endswith(f"/Documentation/runbooks/{kind}.md"):
            bad.append(f"its runbook_url is {url}, not that of {kind}")
        if "for" not in rule:
            bad.append("it has no for")
        if severity is not None and severity not in severities():
            bad.append(f"no severity is called {severity}")
    path = words.get("runbook_url", "").split("https://example.org/keeperkit/")[-1]
    if "{{" not in path and not (ROOT / path).is_file():
        bad.append(f"there is no {path}")
    bad += [f"it has no {key}" for key in ("summary", "description") if not words.get(key) and kinds(rule) != ["watchdog"]]
    return bad


def tested() -> tuple:
    """What the unit tests expect: rules that fire, by alertname and severity, and alertnames that do not."""
    firing, quiet = set(), set()
    for file in UNIT_TESTS:
        for test in yaml.safe_load(file.read_text())["tests"]:
            for check in test["alert_rule_test"]:
                if not check["exp_alerts"]:
                    quiet.add(check["alertname"])
                firing |= {(check["alertname"], alert["exp_labels"]["severity"]) for alert in check["exp_alerts"]}
    return firing, quiet

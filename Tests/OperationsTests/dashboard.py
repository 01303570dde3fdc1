# SPDX-License-Identifier: Apache-2.0
"""The dashboard of Operations/grafana, as data."""

import json
import re

from house import ROOT

FILE = ROOT / "Operations/grafana/keeperkit.json"


def content() -> dict:
    return json.loads(FILE.read_text())


def queries() -> list:
    """Panels' titles and queries, and those of the annotations."""
    board = content()
    found = [(panel["title"], target["expr"]) for panel in board["panels"] for target in panel.get("targets", [])]
    return found + [(one["name"], one["expr"]) for one in board["annotations"]["list"]]


def filled(query: str, interval: str = "5m") -> str:
    """A query as Grafana sends it, with all keepers chosen."""
    done = query.replace("$__rate_interval", interval).replace("$keeper", ".*").replace("$instance", ".*")
    left = re.search(r"\$\w+", done)
    assert left is None, f"no variable of the dashboard: {left.group()}"
    return done

# SPDX-License-Identifier: Apache-2.0
"""Which metrics and labels a PromQL expression speaks of."""

import re

# Labels that Prometheus itself adds.
TARGET = {"job", "instance"}

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_SELECTOR = re.compile(r"(?<![\w:$.])([a-zA-Z_:][\w:]*)\s*(\{[^}]*\})?")
_LIST = re.compile(r"\b(?:by|without|on|ignoring|group_left|group_right)\s*\(([^)]*)\)")
_WORDS = {"by", "without", "on", "ignoring", "group_left", "group_right", "and", "or", "unless", "offset", "bool", "inf", "nan"}


def selectors(expression: str) -> list:
    """Pairs of a metric's name and the labels that its matchers name."""
    bare = _LIST.sub("", _STRING.sub('""', re.sub(r"\[[^\]]*\]", "", expression)))
    found = []
    for match in _SELECTOR.finditer(bare):
        name, braces = match.group(1), match.group(2)
        rest = bare[match.end():].lstrip()
        if name.lower() in _WORDS or (braces is None and rest.startswith("(")):
            continue
        found.append((name, re.findall(r"(\w+)\s*(?:=~|!~|!=|=)", braces or "")))
    return found


def grouped(expression: str) -> set:
    """Labels that are grouped by or matched on."""
    names = set()
    for inner in _LIST.findall(_STRING.sub('""', expression)):
        names |= {name.strip() for name in inner.split(",") if name.strip()}
    return names


def made(expression: str) -> set:
    """Labels that the expression makes itself."""
    return set(re.findall(r'label_replace\(.*?,\s*"(\w+)"', expression, re.S))


def base(name: str, metrics: dict) -> str:
    """The metric that a series belongs to: of a histogram there are three."""
    for end in ("_bucket", "_sum", "_count"):
        if name.endswith(end) and getattr(metrics.get(name[: -len(end)]), "kind", "") == "histogram":
            return name[: -len(end)]
    return name


def problems(expression: str, metrics: dict) -> list:
    """Metrics that are not in the catalogue, and labels that they do not have."""
    bad, known = [], set(TARGET) | made(expression)
    for name, labels in selectors(expression):
        if name in ("up", "vector"):
            continue
        metric = metrics.get(base(name, metrics))
        if metric is None:
            bad.append(f"no metric {name}")
            continue
        own = set(metric.labels) | TARGET | ({"keeper"} if metric.is_ours else set()) | ({"le"} if name.endswith("_bucket") else set())
        known |= own
        bad += [f"{name} has no label {label}" for label in labels if label not in own]
    bad += [f"no metric here has the label {label}" for label in sorted(grouped(expression) - known)]
    return bad

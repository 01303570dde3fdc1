# SPDX-License-Identifier: Apache-2.0
"""What the tests of operations share: where things are, what the Swift sources say, a way to run a command."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def run(*command, directory=None, text=None, timeout=60) -> tuple:
    """Exit code and everything that was said."""
    done = subprocess.run([str(part) for part in command], cwd=directory, input=text if text is not None else "",
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=timeout)
    return done.returncode, done.stdout


def tool(name: str) -> str:
    """A program that `make test` installs; `None` where a system has it not."""
    return shutil.which(name)


def poker() -> Path:
    """The poker as built for tests, or the one that KEEPERKIT_POKER names."""
    return Path(os.environ.get("KEEPERKIT_POKER", ROOT / ".build/debug/poker"))


def alert_kinds(root: Path = ROOT) -> list:
    """Names of all alerts, in the order of the source."""
    text = (root / "Sources/KeeperAlerts/AlertKind.swift").read_text()
    return [raw or case for case, raw in re.findall(r'^ *case (\w+)(?: = "([^"]+)")?$', text, re.M)]


def ladders() -> dict:
    """Of each alert the severities and the minutes after which it has them, as AlertPolicy.swift has it."""
    text = (ROOT / "Sources/KeeperAlerts/AlertPolicy.swift").read_text()
    late = (ROOT / "Sources/KeeperAlerts/AlertSettings.swift").read_text()
    defaults = {name: int(value) // 60 for name, value in re.findall(r"(\w+): UInt64 = (\d+)[,)]", late)}
    minutes = {"minute": 1, "hour": 60}
    names = dict(zip(re.findall(r"^ *case (\w+)", (ROOT / "Sources/KeeperAlerts/AlertKind.swift").read_text(), re.M), alert_kinds()))
    found = {}
    for case, body in re.findall(r"case \.(\w+):(.*?)(?=case \.|\Z)", text.split("public static func of")[1], re.S):
        rungs = re.search(r"\[(\(.*?\))\]", body, re.S).group(1)
        found[names[case]] = {}
        for after, severity in re.findall(r"\(([^(),]+), \.(\w+)\)", rungs):
            number, _, unit = after.rpartition(" * ")
            found[names[case]][severity] = (
                defaults[after.split(".")[1]] if after.startswith("late.") else 0 if after == "0"
                else int(number or 1) * minutes[unit])
    return found


def severities() -> list:
    text = (ROOT / "Sources/KeeperCore/Decision.swift").read_text()
    return re.search(r"enum Severity\b.*\n *case ([\w, ]+)", text).group(1).replace(" ", "").split(",")


@dataclass
class Metric:
    name: str
    kind: str
    bounds: list
    # Without `keeper`, which every metric of ours has.
    labels: list
    help: str

    @property
    def is_ours(self) -> bool:
        return self.name.startswith("keeper_")


def catalogue() -> dict:
    """All metrics by name, as MetricCatalogue.swift defines them."""
    text = (ROOT / "Sources/KeeperCore/Metrics/MetricCatalogue.swift").read_text()
    bounds = {name: [float(n) for n in numbers.split(",")]
              for name, numbers in re.findall(r"let (\w+): \[Double\] = \[([\d., ]+)\]", text)}
    found = {}
    definition = re.compile(
        r'MetricDefinition\(\s*"(\w+)", \.(\w+)(?:\((\w+)\))?,\s*(?:\[([^\]]*)\],\s*)?"((?:[^"\\]|\\.)*)"\s*\)')
    for name, kind, buckets, labels, words in definition.findall(text):
        found[name] = Metric(name, kind, bounds.get(buckets, []), re.findall(r'"(\w+)"', labels), words)
    named = len(re.findall(r"MetricDefinition\(", text))
    assert len(found) == named, f"{named} definitions in the catalogue, {len(found)} understood"
    return found

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How fast strategies are compared: a year of hourly slots on one processor, and a sweep of 32 strategies on one and on two.

usage: Benchmarks/study.py [--shared DIR] [--poker FILE]

The year is made of the 77 days of the price and fee series, one after the other until there are 8,760 slots: for speed alone, it is no history.
"""

import argparse
import csv
import json
import os
import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / ".build/study"
CONFIG = ROOT / "Tests/Fixtures/poker-study.yaml"
SLOTS = 8_760
FORMAT = "%Y-%m-%d %H:%M:%S"
FIRST, LAST = datetime(2022, 7, 29), datetime(2022, 10, 14)   # days that both series cover
SWEEP = ["--sweep", "skipUnchangedSources=false,true", "--sweep", "skipDeadIlks=false,true",
         "--sweep", "skipUnchangedSpots=false,true", "--sweep", "plan=cheapest,multicall", "--sweep", "deadline=5m,10m"]


def flags() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="default: %(default)s")
    parser.add_argument("--poker", type=Path, default=ROOT / ".build/release/poker", help="default: %(default)s")
    return parser.parse_args()


def repeated(source: Path, column: str, target: Path) -> None:
    """The rows of the days that count, again and again until there are enough of them for a year."""
    with open(source, newline="") as file:
        reader = csv.DictReader(file)
        rows = [row for row in reader if FIRST <= datetime.strptime(row[column], FORMAT) < LAST]
    with open(target, "w", newline="") as file:
        writer = csv.DictWriter(file, reader.fieldnames)
        writer.writeheader()
        for turn in range(5):
            shift = turn * (LAST - FIRST)
            for row in rows:
                moved = datetime.strptime(row[column], FORMAT) + shift
                writer.writerow({**row, column: moved.strftime(FORMAT)})


def year(shared: Path) -> Path:
    """The scenario of a year."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    repeated(shared / "vectors/prices/coinbase_ethusd_5m.csv", "time_utc", FOLDER / "prices.csv")
    repeated(shared / "vectors/fees/hourly_gas_gwei.csv", "time", FOLDER / "fees.csv")
    start = FIRST + timedelta(days=1)
    scenario = FOLDER / "year.ndjson.gz"
    subprocess.run([sys.executable, ROOT / "Tests/Fixtures/build-scenario", "--prices", FOLDER / "prices.csv", "--fees",
                    FOLDER / "fees.csv", "--from", start.strftime("%Y-%m-%d"), "--to",
                    (start + timedelta(hours=SLOTS)).strftime("%Y-%m-%d"), "--out", scenario],
                   check=True, stdout=subprocess.DEVNULL)
    return scenario


def timed(options: argparse.Namespace, scenario: Path, *more) -> tuple:
    """Seconds by the clock, seconds of processor time, and the strategies."""
    began, used = time.monotonic(), os.times()
    done = subprocess.run([options.poker, "backtest", "--config", CONFIG, "--scenario", scenario, "--json", *more],
                          check=True, stdout=subprocess.PIPE)
    after = os.times()
    busy = after.children_user + after.children_system - used.children_user - used.children_system
    return time.monotonic() - began, busy, json.loads(done.stdout)["strategies"]


def main() -> int:
    """Measures and prints."""
    options = flags()
    if not (options.shared / "vectors/prices").is_dir():
        print(f"study: skipped: the price and fee series are not at {options.shared} (--shared DIR says where they are)")
        return 0
    scenario = year(options.shared)
    seconds, busy, strategies = timed(options, scenario, "--strategy", "cheapest", "--jobs", "1")
    print(f"{strategies[0]['slots']:,} slots, one strategy beside the baseline, one at a time: {seconds:.1f} s, "
          f"{busy:.1f} s of processor time")
    digests = []
    for jobs in ("1", "2"):
        seconds, busy, strategies = timed(options, scenario, *SWEEP, "--jobs", jobs)
        digests.append([strategy["decisionDigest"] for strategy in strategies])
        print(f"sweep of {len(strategies) - 1} strategies, {jobs} at a time: {seconds:.1f} s, {busy:.1f} s of processor time")
    print("the same decisions at either" if digests[0] == digests[1] else "the decisions DIFFER")
    return 0 if digests[0] == digests[1] else 1


if __name__ == "__main__":
    sys.exit(main())

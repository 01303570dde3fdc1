# SPDX-License-Identifier: Apache-2.0
"""The outside world of a scenario: a price series and a fee series from CSV files."""

import csv
from bisect import bisect_right
from datetime import datetime, timezone
from decimal import Decimal

WAD = 10**18
GWEI = 10**9
CANDLE = 300   # seconds


def utc(text: str) -> int:
    """UNIX seconds of "2022-09-12 23:50:00"."""
    return int(datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=timezone.utc).timestamp())


class Series:
    """Whole numbers by time."""

    def __init__(self, points: list):
        points.sort()
        self.times = [time for time, _ in points]
        self.values = [value for _, value in points]

    def last(self, time: int) -> int:
        """The value of the latest point that is not after the time."""
        return self.values[bisect_right(self.times, time) - 1]

    def between(self, time: int) -> int:
        """On the straight line between the points around the time, rounded down."""
        index = bisect_right(self.times, time) - 1
        start, value = self.times[index], self.values[index]
        if index + 1 == len(self.times):
            return value
        return value + (self.values[index + 1] - value) * (time - start) // (self.times[index + 1] - start)


def prices(path: str, first: int, last: int) -> Series:
    """Closing prices in wad, known when the candle has closed."""
    with open(path, newline="") as file:
        rows = [(utc(row["time_utc"]) + CANDLE, int(Decimal(row["close"]) * WAD)) for row in csv.DictReader(file)]
    return Series([row for row in rows if first - 2 * CANDLE <= row[0] <= last])


def fees(path: str, first: int, last: int) -> Series:
    """Hourly gas prices in wei."""
    with open(path, newline="") as file:
        rows = [(utc(row["time"]), int(Decimal(row["gas_price_gwei"]) * GWEI)) for row in csv.DictReader(file)]
    return Series([row for row in rows if first - 7200 <= row[0] <= last + 7200])

# SPDX-License-Identifier: Apache-2.0
"""Which hours a scenario counts, and whether its prices had to be moved there from other dates."""

from devnode.world import HOUR

from .commands import BadData, BadUsage
from .tables import Fees, text_of

DAY = 86_400   # seconds


class Span:
    """Whole hours that prices and fees both cover; start ≤ slot < end."""

    def __init__(self, prices: list, fees: Fees, wanted: tuple = (None, None)):
        """`prices` of ETH first, then BTC's if there are any; `wanted` are the times of --from and --to."""
        self.shift = 0   # seconds that the prices are moved by
        self.start, self.end = self._common(prices, fees)
        if self.end <= self.start:
            # Whole days, so that the hours of the day stay: the last day's start of the prices that is not after the fees'.
            self.shift = (fees.first - max(table.first for table in prices)) // DAY * DAY
            self.start, self.end = self._common(prices, fees)
        if self.end <= self.start:
            raise BadData(f"{', '.join(table.path for table in prices)} and {fees.path} have no whole hour in common, "
                          "not even with the prices moved to the dates of the fees")
        self._cut(*wanted)

    def _common(self, prices: list, fees: Fees) -> tuple:
        # The block before the first hour is part of it.
        first = max([table.first + self.shift for table in prices] + [fees.first + 1])
        last = min([table.last + self.shift for table in prices] + [fees.last])
        return first + -first % HOUR, last - last % HOUR

    def _cut(self, first: int | None, last: int | None) -> None:
        covered = f"the series cover {text_of(self.start)} to {text_of(self.end)}"
        if first is not None and last is not None and first >= last:
            raise BadUsage(f"--from {text_of(first)} is not before --to {text_of(last)}")
        for flag, time in (("--from", first), ("--to", last)):
            if time is not None and not self.start <= time <= self.end:
                raise BadUsage(f"{flag} {text_of(time)}: {covered}")
        self.start = self.start if first is None else first + -first % HOUR
        self.end = self.end if last is None else last - last % HOUR
        if self.end <= self.start:
            raise BadUsage(f"no whole hour between --from and --to; {covered}")

    @property
    def hours(self) -> int:
        """How many slots there are."""
        return (self.end - self.start) // HOUR

    def sentence(self, prices: list, fees: Fees) -> str:
        """Where everything comes from."""
        dates = f"{text_of(self.start)} to {text_of(self.end)} UTC"
        if self.shift:
            days = abs(self.shift) // DAY
            there = f"{text_of(self.start - self.shift)} to {text_of(self.end - self.shift)} UTC"
            moved = f"{days} day{'' if days == 1 else 's'} {'later' if self.shift > 0 else 'earlier'}"
            dates = f"of {there}, grafted onto {dates} ({moved})"
        else:
            dates = f"of {dates}"
        others = "BTC, WSTETH and SKY" if len(prices) == 1 else "WSTETH and SKY"
        btc = f", BTC's from {prices[1].name}" if len(prices) > 1 else ""
        shape = {
            "hourly": "hourly, on a straight line between the hours",
            "blocks": "of every block",
            "samples": "of single blocks, on a straight line between them",
        }[fees.kind]
        return (f"Prices of {prices[0].name} {dates}{btc}, {others} at constant ratios to ETH; "
                f"base fees of {fees.name}, {shape}; tips are assumed.")

    def name(self, fees: Fees) -> str:
        """A short name: fees, dates, grafted or not."""
        first, last = (text_of(time).split()[0] for time in (self.start, self.end - 1))
        return f"{fees.kind}-{first}-to-{last}" + ("-grafted" if self.shift else "")

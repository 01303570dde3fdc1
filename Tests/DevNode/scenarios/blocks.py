# SPDX-License-Identifier: Apache-2.0
"""The blocks of a scenario: real ones of a file, or the slots around each hour with fees between two points."""

from bisect import bisect_left

from devnode.chain import GWEI
from devnode.clock import OFFSET, SLOT, slot_at_or_after
from devnode.world import HOUR

from .span import Span
from .tables import Fees

REWARD = 3 * GWEI // 2   # wei; the middle of the tips of the local chain's other scenario, as no file tells any
FIRST_SLOTS = 6          # listed after each hour, up to hh:01:11
WARM = 59                # blocks of every hour are listed from so many minutes before the first


class LineBlocks:
    """Slots of twelve seconds: the last before each hour and the first after it."""

    def __init__(self, fees: Fees, span: Span, number: int, time: int):
        """`number` and `time` are those of the block that ended the warm-up; later slots count on from there."""
        self._span, self._number, self._time = span, number, time
        self._fees = fees.series()

    def at_or_after(self, time: int) -> int:
        """When a transaction of that time is mined."""
        return slot_at_or_after(time)

    def __iter__(self):
        for hour in range(self._span.start, self._span.end, HOUR):
            for time in [hour - SLOT + OFFSET] + [hour + OFFSET + SLOT * index for index in range(FIRST_SLOTS)]:
                yield self._number + (time - self._time) // SLOT, time, self._fees.between(time)


class RealBlocks:
    """Every block, with its own number and time: slots had no fixed length before the merge."""

    def __init__(self, fees: Fees, span: Span):
        first = span.start - WARM * 60
        self._blocks = [block for block in fees.blocks if first <= block[1] < span.end]
        self._times = [time for _, time, _ in self._blocks]

    def at_or_after(self, time: int) -> int | None:
        """When a transaction of that time is mined; None after the last block."""
        index = bisect_left(self._times, time)
        return self._times[index] if index < len(self._times) else None

    def __iter__(self):
        return iter(self._blocks)


def blocks_of(fees: Fees, span: Span, number: int, time: int):
    """The blocks of those fees."""
    return RealBlocks(fees, span) if fees.blocks else LineBlocks(fees, span, number, time)

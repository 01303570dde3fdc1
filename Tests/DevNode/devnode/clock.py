# SPDX-License-Identifier: Apache-2.0
"""Block times. Slots are twelve seconds long and stamped 11 modulo 12, as mainnet's are."""

SLOT = 12     # seconds
OFFSET = 11   # mainnet's beacon genesis, 1606824023, modulo 12


def slot_at_or_after(time: int) -> int:
    """The first slot not before the time."""
    return time + (OFFSET - time) % SLOT


def slot_at_or_before(time: int) -> int:
    """The last slot not after the time."""
    return time - (time - OFFSET) % SLOT


def next_slot(time: int, skip: int = 0) -> int:
    """The slot after a time, with some missed."""
    return slot_at_or_after(time + 1) + SLOT * skip


class Clock:
    """What decides the next block's time."""

    def __init__(self):
        self.fixed = None     # evm_setNextBlockTimestamp
        self.added = 0        # evm_increaseTime, seconds

    def copy(self) -> "Clock":
        """An independent copy."""
        twin = Clock()
        twin.fixed, twin.added = self.fixed, self.added
        return twin

    def next(self, parent: int, skip: int = 0) -> int:
        """The time of the block after one with the parent's time."""
        if self.fixed is not None:
            return self.fixed
        return slot_at_or_after(next_slot(parent, skip) + self.added)

    def spend(self) -> None:
        """Called when a block has taken the time."""
        self.fixed = None
        self.added = 0

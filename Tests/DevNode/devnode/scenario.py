# SPDX-License-Identifier: Apache-2.0
"""Seventy-two hours of somebody else's pokes, block by block, the same every time.

From 2022-09-12 23:50 to 2022-09-15 23:59:59 UTC. Every slot within three minutes of an hour has a block (a few are
missed), elsewhere one a minute. What happens in which hour stands in the tables below.
"""

import random

from . import series
from .calls import Call, Caller
from .chain import GWEI, Chain
from .clock import SLOT, slot_at_or_after, slot_at_or_before
from .relay import Relays
from .world import HOUR, World

START = series.utc("2022-09-12 23:50:00")
FIRST_HOUR = series.utc("2022-09-13 00:00:00")
END = series.utc("2022-09-15 23:59:59")
HOURS = 72
SEED = 20220913
DENSE = 180                    # seconds around an hour in which every slot counts
SPARSE = 60                    # seconds between blocks elsewhere
MISS = 5                       # percent of the dense slots that are missed

# Hours are counted from 2022-09-13 00:00 UTC.
FIRST_SLOT_MISSED = {7, 31, 52}            # no block at hh:00:11, the first is hh:00:23
POKED_FIRST = {5, 17, 28, 40, 47, 55, 66}  # the other party pokes in the hour's first block
STARVED = 22                               # its limit starves the last call
ALONE_FIRST = 34                           # somebody pokes one OSM alone before
REORG = 47                                 # its poke is orphaned and mined again
REORG_DEPTH = 2

INVALID = ("WSTETH", series.utc("2022-09-14 04:20:00"), series.utc("2022-09-14 06:50:00"))
STOPPED = ("BTC", series.utc("2022-09-15 09:40:00"), series.utc("2022-09-15 10:10:00"))
JUMP = ("SKY", series.utc("2022-09-14 15:20:00"), 920)   # per mille, from then on

OTHER_TIP = 3 * GWEI // 2
SINK = bytes(19) + b"\x99"   # where the fillers' wei go


class Plan:
    """The series and the block times; no chain yet."""

    def __init__(self, price_file: str, fee_file: str):
        self.start = START
        self._prices = series.prices(price_file, START - 3 * HOUR, END)
        self._fees = series.fees(fee_file, START - 3 * HOUR, END)
        self.random = random.Random(SEED)
        self.times = self._block_times()
        self.pokes = self._poke_times()

    def price_at(self, time: int) -> int:
        """The price of ETH; wad."""
        return self._prices.last(time)

    def base_fee_at(self, time: int) -> int:
        """The base fee of a block at that time; wei."""
        return self._fees.between(time)

    def _block_times(self) -> list:
        times = []
        for time in range(slot_at_or_after(START), END + 1, SLOT):
            past = time % HOUR
            dense = past < DENSE or past > HOUR - DENSE
            missed = dense and self.random.randrange(100) < MISS and time != slot_at_or_before(END)
            if past == 11:
                missed = (time - FIRST_HOUR) // HOUR in FIRST_SLOT_MISSED
            elif past == 23:
                missed = False
            if (dense and not missed) or (not dense and time % SPARSE == 11):
                times.append(time)
        return times

    def _poke_times(self) -> dict:
        """When the other party pokes, by hour."""
        pokes = {}
        for hour in range(HOURS):
            minute = self.random.randint(5, 19) if self.random.randrange(100) < 80 else self.random.randint(20, 50)
            pokes[hour] = FIRST_HOUR + hour * HOUR + (0 if hour in POKED_FIRST else minute * 60)
        return pokes


class Scenario:
    """Plays the plan on a chain, one head a step."""

    def __init__(self, plan: Plan, chain: Chain, world: World):
        self.plan = plan
        self.chain = chain
        self.world = world
        self.random = random.Random(SEED + 1)
        self.relays = Relays(world, plan.price_at(plan.start), plan.start)
        self.events = sorted(self._events(), key=lambda event: event[0])
        self.step = 0
        self.reorg_after = self._reorg_time()
        chain.base_fee_at = plan.base_fee_at
        chain.clock.fixed = plan.times[0]

    def _reorg_time(self) -> int:
        """The head after which the reorg comes: the second of its hour."""
        hour = FIRST_HOUR + REORG * HOUR
        return [time for time in self.plan.times if time >= hour][REORG_DEPTH - 1]

    def _events(self) -> list:
        events = [(time, self._poke, (hour,)) for hour, time in self.plan.pokes.items()]
        asset, start, end = INVALID
        events += [(start, self._validity, (asset, False)), (end, self._validity, (asset, True))]
        asset, start, end = STOPPED
        events += [(start, self.world.osm, (asset, "stop()")), (end, self.world.osm, (asset, "start()"))]
        events.append((FIRST_HOUR + ALONE_FIRST * HOUR + 60, self._alone, ()))
        events.append((JUMP[1], self._jump, ()))
        return events

    def _poke(self, hour: int) -> None:
        gas = self._starving_limit() if hour == STARVED else None
        self.world.poke(gas=gas, tip=OTHER_TIP)

    def _alone(self) -> None:
        self.world.poke("osm:ETH", gas=200_000, tip=OTHER_TIP)

    def _jump(self) -> None:
        self.relays.factor[JUMP[0]] = JUMP[2]

    def _validity(self, asset: str, valid: bool) -> None:
        time = self.plan.times[self.step]
        self.relays.valid[asset] = valid
        self.relays.push(asset, self.relays.target(asset, self.plan.price_at(time)), time)

    def _starving_limit(self) -> int:
        """What a careless estimate answers: enough for the outermost call, not for the last inner one."""
        poke = Call({"to": "0x" + self.world.address("MEGAPOKER").hex(), "data": "0x18178358"})
        return Caller(self.chain).estimate(poke, self.chain.head, {"time": self.plan.times[self.step]})

    def advance(self) -> None:
        """Makes the next head; at the end nothing more happens."""
        chain = self.chain
        if self.reorg_after is not None and chain.head.header.timestamp == self.reorg_after:
            self.reorg_after = None
            chain.reorg(REORG_DEPTH, skip_transactions=True)
            chain.clock.fixed = self.plan.times[self.step]
            return
        if self.step == len(self.plan.times):
            return
        time = self.plan.times[self.step]
        self._make(time)
        self.step += 1
        if self.step < len(self.plan.times):
            chain.clock.fixed = self.plan.times[self.step]

    def _make(self, time: int) -> None:
        hour = (time - FIRST_HOUR) // HOUR
        quiet = hour == STARVED and self.events and self.events[0][0] <= time
        while self.events and self.events[0][0] <= time:
            _, action, arguments = self.events.pop(0)
            action(*arguments)
        if not quiet:
            self.relays.act(self.plan.price_at(time), time)
        self._fill()
        self.chain.mine(time=time)

    def _fill(self) -> None:
        """Other people's traffic: one or two transfers, so that the fee history has tips in it."""
        for role in ("filler", "filler2")[:self.random.randint(1, 2)]:
            tip = GWEI + self.random.randrange(GWEI)
            self.world.send(role, SINK, b"", gas=21_000, tip=tip, value=1)

# SPDX-License-Identifier: Apache-2.0
"""When the sources change: their relays watch the prices, as in the local chain's other scenario."""

from devnode.relay import EXPIRATION, Relays
from devnode.world import ASSETS, scaled

VALUE_SLOT = 1   # of a source: the price, the age of it above 16 bytes
AGE_SHIFT = 128


class Market:
    """What every asset costs at a time; wad."""

    def __init__(self, eth, btc=None):
        self._eth, self._btc = eth, btc

    def price(self, asset: str, time: int) -> int:
        """BTC has its own series if there is one; every other asset follows ETH."""
        if asset == "BTC" and self._btc is not None:
            return self._btc.last(time)
        return scaled(asset, self._eth.last(time))

    def times(self) -> list:
        """When any price changes."""
        return sorted(set(self._eth.times) | set(self._btc.times if self._btc is not None else ()))


class Feed(Relays):
    """Writes down what the relays of a chain would send: a deviation of 1 % or 15,500 seconds, each source for itself."""

    def __init__(self, market: Market, start: int):
        super().__init__(None, 0, start)
        self._market, self._time = market, start
        self.price = {asset: market.price(asset, start) for asset in ASSETS}
        self.updates = []   # (time, asset, wad)

    def target(self, asset: str, eth_price: int) -> int:
        """What the source should say now."""
        return self._market.price(asset, self._time)

    def push(self, asset: str, price: int, time: int) -> None:
        """Writes one update down."""
        self.updates.append((time, asset, price))
        self.price[asset], self.acted[asset] = price, time

    def run(self, start: int, end: int, at_or_after) -> list:
        """All updates after the start and before the end, each at the time of the block that holds it."""
        news = [time for time in self._market.times() if start < time < end]
        index = 0
        while True:
            expiry = at_or_after(min(self.acted.values()) + EXPIRATION)
            news_at = at_or_after(news[index]) if index < len(news) else None
            known = [time for time in (expiry, news_at) if time is not None and time < end]
            if not known:
                return self.updates
            self._time = min(known)
            while index < len(news) and news[index] <= self._time:
                index += 1
            self.act(0, self._time)


def written(price: int, time: int) -> dict:
    """The storage word of a source that was updated at that time, by slot."""
    return {VALUE_SLOT: price | time << AGE_SHIFT}

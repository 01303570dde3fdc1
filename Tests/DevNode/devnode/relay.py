# SPDX-License-Identifier: Apache-2.0
"""The relays that keep the sources fresh: they act on a deviation or after a time, as those of Medians do."""

from .world import ASSETS, World, scaled

SPREAD = 1           # percent of deviation that makes a relay act
EXPIRATION = 15_500  # seconds after which it acts anyway
STAGGER = 3_300      # seconds between the sources' first expirations, so that they do not all act at once


class Relays:
    """One relay a source."""

    def __init__(self, world: World, eth_price: int, start: int):
        self.world = world
        self.factor = {asset: 1000 for asset in ASSETS}     # per mille of what the series says
        self.price = {asset: scaled(asset, eth_price) for asset in ASSETS}
        self.acted = {asset: start - STAGGER * index for index, asset in enumerate(ASSETS)}
        self.valid = {asset: True for asset in ASSETS}

    def target(self, asset: str, eth_price: int) -> int:
        """What the source should say; wad."""
        return scaled(asset, eth_price) * self.factor[asset] // 1000

    def act(self, eth_price: int, time: int) -> None:
        """Sends what is due."""
        for asset in ASSETS:
            if not self.valid[asset]:
                continue
            target, known = self.target(asset, eth_price), self.price[asset]
            if abs(target - known) * 100 >= known * SPREAD or time - self.acted[asset] >= EXPIRATION:
                self.push(asset, target, time)

    def push(self, asset: str, price: int, time: int) -> None:
        """Sends one price now."""
        self.world.set_source(asset, price, self.valid[asset])
        self.price[asset], self.acted[asset] = price, time

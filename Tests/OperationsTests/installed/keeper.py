# SPDX-License-Identifier: Apache-2.0
"""A running poker in step with a chain: a block is made, and it is waited until the poker has looked at it."""

from .chain import ILKS, ORACLES, Chain
from .machine import Failure, Machine


def configuration(chain: Chain, secrets: str, store: str, more: str = "") -> str:
    """Of a poker on the local chain. `secrets` is what names of files in it begin with."""
    at = chain.addresses
    oracles = ", ".join(f'{name}: "{at[name]}"' for name in ORACLES)
    return f"""version: 1
name: poker-local
mode: primary
clock: chain
chain: {{ id: 1337 }}
rpc:
  endpoints:
    - {{ name: local, urlFile: "{secrets}node-url" }}
  quorum: 1
poker:
  megaPoker: "{at['MEGAPOKER']}"
  multicall: "{at['MULTICALL3']}"
  spotter: "{at['MCD_SPOT']}"
  vat: "{at['MCD_VAT']}"
  oracles: [{oracles}]
  ilks: [{ILKS}]
  plan: cheapest
transactions: {{ maxFeePerGas: 100 gwei }}
signer:
  keystoreFile: "{secrets}keystore.json"
  passwordFile: "{secrets}password"
store: {store}
log: {{ format: json, level: debug }}
{more}"""


class Keeper:
    def __init__(self, chain: Chain):
        self.chain = chain

    def log(self) -> list:
        """What it wrote, as JSON."""
        raise NotImplementedError

    def check(self) -> None:
        """Fails where it does not run any more."""
        raise NotImplementedError

    def block(self, time: int) -> int:
        """Makes a block, and waits until the poker has dealt with it."""
        number = self.chain.mine(time)
        Machine.until(f"the poker to deal with block {number}", lambda: self.has_seen(number), 60)
        return number

    def has_seen(self, number: int) -> bool:
        self.check()
        return any(line.get("message") in ("tick", "passed") and line.get("block") == str(number) for line in self.log()[-40:])

    def hour(self, slot: int, meanwhile=None) -> None:
        """The blocks around the start of a slot. With `meanwhile` its poke waits in the pool while that is done."""
        for time in (slot - 601, slot - 13, slot - 1):
            self.block(time)
        time = slot + 11
        if meanwhile:
            self.chain.hold(1000)
            self.block(time)
            Machine.until("a transaction in the pool", lambda: self.chain.waiting() == 1, 60)
            meanwhile()
            # The next one has looked around; two more blocks go by without it.
            self.block(time + 12)
            self.block(time + 24)
            if self.chain.waiting() != 1:
                raise Failure(f"{self.chain.waiting()} transactions wait instead of one")
            self.chain.hold(0)
            time += 36
        for step in range(10):
            self.block(time + 12 * step)
        if self.chain.waiting():
            raise Failure("something waits still")


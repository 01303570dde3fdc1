# SPDX-License-Identifier: Apache-2.0
"""The contracts with which a scenario begins: deployed on the local chain, poked until every queue holds the same value."""

from devnode.accounts import ACCOUNTS, WEALTH
from devnode.chain import GWEI, Chain, DevState, DevVM
from devnode.clock import OFFSET, slot_at_or_before
from devnode.world import ASSETS, HOUR, ILKS, RAY, World
from eth_utils import keccak

CHAIN_ID = 1337
GAS_LIMIT = 60_000_000
SENDER = "keeper"        # the role of the account that pokes
CUR_SLOT, NXT_SLOT = 3, 4   # of an OSM
HAS = 1 << 128           # above the value of cur and nxt
ILKS_SLOT, SPOT_MEMBER = 2, 2   # of the Vat: the mapping, and spot in an ilk


class RecordingChain(Chain):
    """Remembers every storage slot that was written: a trie knows only their hashes."""

    def __init__(self, *arguments):
        slots = self.slots = {}

        class State(DevState):
            def set_storage(self, address, slot, value):
                slots.setdefault(address, set()).add(slot)
                super().set_storage(address, slot, value)

        class Machine(DevVM):
            _state_class = State

        self.vm_class = Machine
        super().__init__(*arguments)

    def storage(self, address: bytes) -> dict:
        """What is not zero in the storage of an account at the head."""
        root = self.account(self.head, address)[2]
        words = {slot: self.reader.storage(root, slot) for slot in sorted(self.slots.get(address, ()))}
        return {slot: word for slot, word in words.items() if word}


class Ground:
    """The world right before `start`: every source, cur, nxt and spot holds the price of the start, all OSMs are due at the start."""

    def __init__(self, start: int, price_of):
        """`price_of` gives an asset's price at the start; wad."""
        ready_at = slot_at_or_before(start - 3 * HOUR + 300)
        balances = {account.address: WEALTH for account in ACCOUNTS.values()}
        self.chain = RecordingChain(CHAIN_ID, ready_at - 2 * HOUR - 60, GAS_LIMIT, GWEI, balances)
        self.chain.base_fee_at = lambda time: GWEI
        self.world = World(self.chain)
        self.world.deploy(ready_at, price_of("ETH"))
        for asset in ASSETS:
            self.world.set_source(asset, price_of(asset))
        self.chain.mine(time=start - 2 * HOUR - 1)
        for hours in (2, 1):
            self.world.poke(role="deployer")
            self.chain.mine(time=start - hours * HOUR + OFFSET)
        self._check(price_of)

    def _check(self, price_of) -> None:
        """The layout of the contracts is assumed in a few places: better to notice here."""
        prices = {f"PIP_{asset}": price_of(asset) for asset in ASSETS}
        for pip, price in prices.items():
            words = self.chain.storage(self.world.at[pip])
            assert words[CUR_SLOT] == words[NXT_SLOT] == HAS | price, f"{pip} does not hold {price}"
        vat = self.chain.storage(self.world.at["MCD_VAT"])
        for ilk, pip, mat, _, _ in ILKS:
            spot = prices[pip] * 10**9 * RAY // (mat * RAY // 100)
            assert vat[spot_slot(ilk)] == spot, f"the spot of {ilk} is not {spot}"

    def accounts(self) -> list:
        """(address, nonce, balance, code, storage) of every contract and of the sender, by address."""
        chain = self.chain
        known = []
        for address in sorted([*self.world.at.values(), ACCOUNTS[SENDER].address]):
            nonce, balance, _, code_hash, _ = chain.account(chain.head, address)
            known.append((address, nonce, balance, chain.reader.code(code_hash), chain.storage(address)))
        return known


def spot_slot(ilk: str) -> int:
    """Where the Vat keeps the spot of an ilk: Vyper hashes the mapping's slot before the key."""
    place = keccak(ILKS_SLOT.to_bytes(32, "big") + ilk.encode().ljust(32, b"\0"))
    return int.from_bytes(place, "big") + SPOT_MEMBER

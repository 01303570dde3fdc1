# SPDX-License-Identifier: Apache-2.0
"""Transactions that wait. The rules are those of geth's pool, without its limits on size."""

from .block import Entry
from .codec import failure
from .evm import floor_gas, intrinsic_gas

PRICE_BUMP = 10              # percent, on both caps, to replace
TRANSACTION_GAS_CAP = 2**24  # EIP-7825
MAX_NONCE = 2**64 - 1


class Pool:
    """Waiting transactions by sender and nonce."""

    def __init__(self):
        self._by_sender = {}
        self._by_hash = {}

    def __len__(self):
        return len(self._by_hash)

    def copy(self) -> "Pool":
        """An independent copy."""
        twin = Pool()
        twin._by_sender = {sender: dict(queue) for sender, queue in self._by_sender.items()}
        twin._by_hash = dict(self._by_hash)
        return twin

    def get(self, tx_hash: bytes) -> Entry | None:
        """The waiting transaction with that hash."""
        return self._by_hash.get(tx_hash)

    def entries(self) -> list:
        """All of them, in order of arrival."""
        return sorted(self._by_hash.values(), key=lambda entry: entry.order)

    def queue(self, sender: bytes) -> dict:
        """What a sender has waiting, by nonce."""
        return self._by_sender.get(sender, {})

    def next_nonce(self, sender: bytes, state_nonce: int) -> int:
        """The first nonce not taken, counting on from the state's."""
        queue = self.queue(sender)
        nonce = state_nonce
        while nonce in queue:
            nonce += 1
        return nonce

    def add(self, entry: Entry, state_nonce: int, balance: int, block_gas_limit: int) -> None:
        """Takes a transaction in or says why not."""
        tx = entry.tx
        if entry.hash in self._by_hash:
            raise failure("already known")
        if tx.gas > block_gas_limit:
            raise failure("exceeds block gas limit")
        if tx.gas > TRANSACTION_GAS_CAP:
            raise failure(f"transaction gas limit too high (cap: {TRANSACTION_GAS_CAP}, tx: {tx.gas})")
        if entry.tip_cap > entry.fee_cap:
            raise failure("max priority fee per gas higher than max fee per gas")
        if entry.tip_cap < 1:
            raise failure(f"transaction gas price below minimum: gas tip cap {entry.tip_cap}, minimum needed 1")
        needed = intrinsic_gas(tx.data, not tx.to, getattr(tx, "access_list", ()))
        if tx.gas < needed:
            shown = needed if tx.gas >= 21_000 else 21_000
            raise failure(f"intrinsic gas too low: gas {tx.gas}, minimum needed {shown}")
        floor = floor_gas(tx.data)
        if tx.gas < floor:
            raise failure(f"insufficient gas for floor data gas cost: gas {tx.gas}, minimum needed {floor}")
        if tx.nonce >= MAX_NONCE:
            raise failure("nonce has max value")
        if tx.nonce < state_nonce:
            raise failure(f"nonce too low: next nonce {state_nonce}, tx nonce {tx.nonce}")
        queue = self._by_sender.setdefault(entry.sender, {})
        rival = queue.get(tx.nonce)
        self._check_funds(entry, queue, rival, balance)
        if rival is not None:
            if not (_bumped(entry.tip_cap, rival.tip_cap) and _bumped(entry.fee_cap, rival.fee_cap)):
                raise failure("replacement transaction underpriced")
            del self._by_hash[rival.hash]
        self.put(entry)

    def _check_funds(self, entry: Entry, queue: dict, rival: Entry | None, balance: int) -> None:
        cost = _cost(entry)
        words = "insufficient funds for gas * price + value"
        if cost > balance:
            raise failure(f"{words}: balance {balance}, tx cost {cost}, overshot {cost - balance}")
        queued = sum(_cost(other) for other in queue.values() if other is not rival)
        if queued + cost > balance:
            raise failure(f"{words}: balance {balance}, queued cost {queued}, tx cost {cost}, "
                          f"overshot {queued + cost - balance}")

    def put(self, entry: Entry) -> None:
        """Takes a transaction in without asking: one of the node's own, or one that a reorg gave back."""
        queue = self._by_sender.setdefault(entry.sender, {})
        queue[entry.tx.nonce] = entry
        self._by_hash[entry.hash] = entry

    def restore(self, entry: Entry) -> None:
        """Gives back an orphan, unless its place was taken meanwhile."""
        if entry.tx.nonce not in self.queue(entry.sender):
            self.put(entry)

    def remove(self, entry: Entry) -> None:
        """Forgets a transaction."""
        self._by_hash.pop(entry.hash, None)
        queue = self._by_sender.get(entry.sender, {})
        if queue.get(entry.tx.nonce) is entry:
            del queue[entry.tx.nonce]

    def prune(self, nonce_of) -> None:
        """Forgets what the chain has overtaken; `nonce_of` gives the state's nonce of a sender."""
        for sender in [s for s, queue in self._by_sender.items() if queue]:
            current = nonce_of(sender)
            for entry in [e for nonce, e in self._by_sender[sender].items() if nonce < current]:
                self.remove(entry)

    def ready(self, nonce_of) -> dict:
        """Each sender's transactions that can run now, in nonce order."""
        result = {}
        for sender, queue in self._by_sender.items():
            if queue:
                nonce = nonce_of(sender)
                run = []
                while nonce in queue:
                    run.append(queue[nonce])
                    nonce += 1
                if run:
                    result[sender] = run
        return result


def _bumped(new: int, old: int) -> bool:
    return new > old and new * 100 >= old * (100 + PRICE_BUMP)


def _cost(entry: Entry) -> int:
    return entry.tx.gas * entry.fee_cap + entry.tx.value

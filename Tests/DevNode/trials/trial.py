# SPDX-License-Identifier: Apache-2.0
"""One history: blocks of given transactions on a state that is there already."""

from eth.consensus.context import ConsensusContext
from eth.db.trie import make_trie_root_and_nodes
from eth.vm.chain_context import ChainContext
from eth_utils import ValidationError, keccak

from devnode.codec import data, quantity
from devnode.evm import floor_gas
from devnode.ledger import receipt_json

from .forks import GAS_PER_BLOB, PRAGUE, Fork


class Outcome:
    """What became of one transaction; what `receipt_json` reads."""

    def __init__(self, status: int, gas_used: int, logs):
        self.status, self.gas_used, self.logs = status, gas_used, logs


class Trial:
    """A chain of one fork that begins with the state of another's block."""

    def __init__(self, fork: Fork, db, base, chain_id: int, timestamp: int, base_fee: int, gas_limit: int, coinbase: bytes,
                 extra: bytes):
        self.fork, self.db, self.chain_id, self.gas_limit = fork, db, chain_id, gas_limit
        self.context = ChainContext(chain_id)
        self.coinbase, self.extra = coinbase, extra
        self.head = fork.header(
            None, timestamp=timestamp, base_fee=base_fee, gas_limit=gas_limit, coinbase=coinbase, randomness=bytes(32),
            beacon_root=bytes(32), extra=extra, state_root=base.header.state_root)
        self.hashes = [self.head.hash]
        self.line = {"genesis": {
            "fork": fork.name, "chainId": quantity(chain_id), "gasLimit": quantity(gas_limit),
            "timestamp": quantity(timestamp), "baseFeePerGas": quantity(base_fee), "miner": data(coinbase),
            "extraData": data(extra), "hash": data(self.head.hash), "accounts": {}, "base": data(base.hash),
        }}

    def state(self):
        """The state after the head."""
        return self.fork.vm.build_state(self.db, self.head, self.context)

    def block(self, transactions: list, timestamp: int, base_fee: int) -> dict:
        """Makes the next block of those transactions that it can hold, pairs of wire form and sender; gives its line."""
        parent = self.head
        header = self.fork.header(
            parent, timestamp=timestamp, base_fee=base_fee, gas_limit=self.gas_limit, coinbase=self.coinbase,
            randomness=keccak(parent.hash), beacon_root=keccak(b"beacon" + parent.hash), extra=self.extra,
            state_root=parent.state_root)
        vm = self.fork.vm(header, None, self.context, ConsensusContext(self.db))
        vm._state = self.fork.vm.build_state(self.db, header, self.context, reversed(self.hashes))
        builder = self.fork.vm.get_transaction_builder()
        wires, taken, receipts, outcomes = [], [], [], []
        for wire, sender in transactions:
            tx = builder.decode(wire)
            tx.__dict__["sender"] = sender
            blobs = len(getattr(tx, "blob_versioned_hashes", ())) if wire[0] == 3 else 0
            if not self._has_room(header, tx, blobs):
                continue
            try:
                receipt, computation = vm.apply_transaction(header, tx)
            except ValidationError:
                continue
            outcomes.append(Outcome(0 if computation.is_error else 1, receipt.gas_used - header.gas_used,
                                    computation.get_log_entries()))
            wires.append(wire)
            taken.append(tx)
            receipts.append(receipt)
            header = header.copy(gas_used=receipt.gas_used, bloom=header.bloom | receipt.bloom)
            if blobs:
                header = header.copy(blob_gas_used=header.blob_gas_used + blobs * GAS_PER_BLOB)
        vm.state.persist()
        transaction_root, _ = make_trie_root_and_nodes(taken)
        receipt_root, _ = make_trie_root_and_nodes(receipts)
        self.head = header.copy(state_root=vm.state.state_root, transaction_root=transaction_root, receipt_root=receipt_root)
        self.hashes.append(self.head.hash)
        return {
            "number": quantity(header.block_number), "hash": data(self.head.hash), "parentHash": data(parent.hash),
            "timestamp": quantity(timestamp), "baseFeePerGas": quantity(base_fee), "miner": data(self.coinbase),
            "extraData": data(self.extra), "stateRoot": data(self.head.state_root),
            "transactions": [data(wire) for wire in wires],
            "receipts": [receipt_json(outcome) for outcome in outcomes],
        }

    def _has_room(self, header, tx, blobs: int) -> bool:
        least = tx.intrinsic_gas
        if not self.fork < PRAGUE:
            least = max(least, floor_gas(tx.data))
        return (least <= tx.gas <= header.gas_limit - header.gas_used
                and (not blobs or header.blob_gas_used + blobs * GAS_PER_BLOB <= self.fork.blob_limit * GAS_PER_BLOB))

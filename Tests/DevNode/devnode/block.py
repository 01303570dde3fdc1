# SPDX-License-Identifier: Apache-2.0
"""A mined block with everything that is asked about it, and its JSON."""

import rlp
from eth._utils.address import generate_contract_address

from .codec import data, quantity


class Entry:
    """A transaction with its sender; its hash is computed once."""

    __slots__ = ("tx", "sender", "hash", "order", "type")

    def __init__(self, tx, sender: bytes, order: int):
        self.tx = tx
        self.sender = sender
        self.order = order          # of arrival
        self.hash = tx.hash
        self.type = getattr(tx, "type_id", None) or 0

    @property
    def tip_cap(self) -> int:
        """The most it pays to the proposer, wei a gas."""
        return self.tx.max_priority_fee_per_gas

    @property
    def fee_cap(self) -> int:
        """The most it pays in all, wei a gas."""
        return self.tx.max_fee_per_gas

    def tip(self, base_fee: int) -> int:
        """What the proposer gets of it at that base fee; negative when it cannot be included."""
        return min(self.tip_cap, self.fee_cap - base_fee)


class Mined:
    """Where a transaction landed and what it did."""

    __slots__ = ("entry", "index", "status", "gas_used", "cumulative", "logs", "first_log", "bloom")

    def __init__(self, entry, index, status, gas_used, cumulative, logs, first_log, bloom):
        self.entry = entry
        self.index = index
        self.status = status
        self.gas_used = gas_used
        self.cumulative = cumulative
        self.logs = logs            # (address, topics as numbers, data)
        self.first_log = first_log
        self.bloom = bloom


class Block:
    """A header, its transactions and their outcomes."""

    def __init__(self, header, mined: list):
        self.header = header
        self.mined = mined
        self.hash = header.hash
        self.number = header.block_number
        self._size = None

    def size(self) -> int:
        """Length of the block's RLP."""
        if self._size is None:
            encoded = [(m.entry.type, m.entry.tx.encode()) for m in self.mined]
            transactions = _list_length(sum(len(rlp.encode(e)) if kind else len(e) for kind, e in encoded))
            uncles = withdrawals = 1
            self._size = _list_length(len(rlp.encode(self.header)) + transactions + uncles + withdrawals)
        return self._size

    def as_json(self, full: bool) -> dict:
        """eth_getBlockBy…"""
        h = self.header
        if full:
            transactions = [transaction_json(m.entry, self, m.index) for m in self.mined]
        else:
            transactions = [data(m.entry.hash) for m in self.mined]
        return {
            "baseFeePerGas": quantity(h.base_fee_per_gas),
            "blobGasUsed": quantity(h.blob_gas_used),
            "difficulty": "0x0",
            "excessBlobGas": quantity(h.excess_blob_gas),
            "extraData": data(h.extra_data),
            "gasLimit": quantity(h.gas_limit),
            "gasUsed": quantity(h.gas_used),
            "hash": data(self.hash),
            "logsBloom": data(h.bloom.to_bytes(256, "big")),
            "miner": data(h.coinbase),
            "mixHash": data(h.mix_hash),
            "nonce": data(h.nonce),
            "number": quantity(self.number),
            "parentBeaconBlockRoot": data(h.parent_beacon_block_root),
            "parentHash": data(h.parent_hash),
            "receiptsRoot": data(h.receipt_root),
            "requestsHash": data(h.requests_hash),
            "sha3Uncles": data(h.uncles_hash),
            "size": quantity(self.size()),
            "stateRoot": data(h.state_root),
            "timestamp": quantity(h.timestamp),
            "transactions": transactions,
            "transactionsRoot": data(h.transaction_root),
            "uncles": [],
            "withdrawals": [],
            "withdrawalsRoot": data(h.withdrawals_root),
        }

    def log_json(self, mined: Mined, offset: int) -> dict:
        """One log of one of its transactions."""
        address, topics, payload = mined.logs[offset]
        return {
            "address": data(address),
            "topics": [data(topic.to_bytes(32, "big")) for topic in topics],
            "data": data(payload),
            "blockNumber": quantity(self.number),
            "transactionHash": data(mined.entry.hash),
            "transactionIndex": quantity(mined.index),
            "blockHash": data(self.hash),
            "blockTimestamp": quantity(self.header.timestamp),
            "logIndex": quantity(mined.first_log + offset),
            "removed": False,
        }

    def receipt_json(self, mined: Mined) -> dict:
        """The receipt of one of its transactions."""
        entry = mined.entry
        creates = not entry.tx.to
        created = data(generate_contract_address(entry.sender, entry.tx.nonce)) if creates else None
        base_fee = self.header.base_fee_per_gas
        return {
            "blockHash": data(self.hash),
            "blockNumber": quantity(self.number),
            "contractAddress": created,
            "cumulativeGasUsed": quantity(mined.cumulative),
            "effectiveGasPrice": quantity(base_fee + entry.tip(base_fee)),
            "from": data(entry.sender),
            "gasUsed": quantity(mined.gas_used),
            "logs": [self.log_json(mined, offset) for offset in range(len(mined.logs))],
            "logsBloom": data(mined.bloom.to_bytes(256, "big")),
            "status": quantity(mined.status),
            "to": None if creates else data(entry.tx.to),
            "transactionHash": data(entry.hash),
            "transactionIndex": quantity(mined.index),
            "type": quantity(entry.type),
        }


def transaction_json(entry: Entry, block: Block | None = None, index: int | None = None) -> dict:
    """A transaction, mined or pending."""
    tx = entry.tx
    body = {
        "blockHash": data(block.hash) if block else None,
        "blockNumber": quantity(block.number) if block else None,
        "from": data(entry.sender),
        "gas": quantity(tx.gas),
        "gasPrice": None,
        "hash": data(entry.hash),
        "input": data(tx.data),
        "nonce": quantity(tx.nonce),
        "to": data(tx.to) if tx.to else None,
        "transactionIndex": quantity(index) if block else None,
        "value": quantity(tx.value),
        "type": quantity(entry.type),
    }
    if entry.type == 2:
        base_fee = block.header.base_fee_per_gas if block else None
        price = entry.fee_cap if base_fee is None else base_fee + entry.tip(base_fee)
        body["gasPrice"] = quantity(price)
        body["maxFeePerGas"] = quantity(entry.fee_cap)
        body["maxPriorityFeePerGas"] = quantity(entry.tip_cap)
    else:
        body["gasPrice"] = quantity(tx.gas_price)
    if entry.type == 0:
        body["chainId"] = quantity((tx.v - 35) // 2)
        body["v"] = quantity(tx.v)
    else:
        body["accessList"] = [
            {"address": data(address), "storageKeys": [data(slot.to_bytes(32, "big")) for slot in slots]}
            for address, slots in tx.access_list
        ]
        body["chainId"] = quantity(tx.chain_id)
        body["v"] = quantity(tx.y_parity)
        body["yParity"] = quantity(tx.y_parity)
    body["r"] = quantity(tx.r)
    body["s"] = quantity(tx.s)
    return body


def _list_length(payload: int) -> int:
    """Length of an RLP list with that much payload."""
    return payload + (1 if payload < 56 else 1 + (payload.bit_length() + 7) // 8)

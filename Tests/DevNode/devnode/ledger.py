# SPDX-License-Identifier: Apache-2.0
"""Everything that happened on a chain, one JSON object a line: what it began with, then each block with its transactions as they
were signed and what became of them. Whoever has the rules can execute it again and compare."""

import json

from .codec import data, quantity


def genesis_json(chain, fork: str) -> dict:
    """The first line: the rules, and the state before the first block."""
    block = chain.canonical[0]
    h = block.header
    return {"genesis": {
        "fork": fork,
        "chainId": quantity(chain.chain_id),
        "gasLimit": quantity(h.gas_limit),
        "timestamp": quantity(h.timestamp),
        "baseFeePerGas": quantity(h.base_fee_per_gas),
        "miner": data(h.coinbase),
        "extraData": data(h.extra_data),
        "hash": data(block.hash),
        "accounts": {data(address): {"balance": quantity(balance)} for address, balance in sorted(chain.balances.items())},
    }}


def block_json(block) -> dict:
    """A block. Its randomness is the Keccak-256 hash of its parent's hash, its beacon root that of "beacon" and the same."""
    h = block.header
    return {
        "number": quantity(block.number),
        "hash": data(block.hash),
        "parentHash": data(h.parent_hash),
        "timestamp": quantity(h.timestamp),
        "baseFeePerGas": quantity(h.base_fee_per_gas),
        "extraData": data(h.extra_data),
        "transactions": [data(mined.entry.tx.encode()) for mined in block.mined],
        "receipts": [receipt_json(mined) for mined in block.mined],
    }


def receipt_json(mined) -> dict:
    """What became of a transaction."""
    return {
        "status": mined.status,
        "gasUsed": mined.gas_used,
        "logs": [
            {"address": data(address), "topics": [data(topic.to_bytes(32, "big")) for topic in topics], "data": data(payload)}
            for address, topics, payload in mined.logs
        ],
    }


class Ledger:
    """Writes the lines to a file as blocks are made, those too that are replaced later."""

    def __init__(self, file, chain, fork: str = "Prague"):
        self._file = file
        self._write(genesis_json(chain, fork))
        for block in chain.canonical[1:]:
            self.add(block)
        chain.on_block = self.add

    def add(self, block) -> None:
        """Writes a block."""
        self._write(block_json(block))

    def _write(self, line: dict) -> None:
        self._file.write(json.dumps(line, separators=(",", ":")) + "\n")
        self._file.flush()

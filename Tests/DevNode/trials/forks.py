# SPDX-License-Identifier: Apache-2.0
"""The forks' rules as py-evm has them, and how their headers are put together."""

from eth.vm.forks import CancunVM, LondonVM, ParisVM, PragueVM, ShanghaiVM
from eth.vm.forks.cancun.blocks import CancunBlockHeader
from eth.vm.forks.london.blocks import LondonBlockHeader
from eth.vm.forks.paris.blocks import ParisBlockHeader
from eth.vm.forks.prague.blocks import PragueBlockHeader
from eth.vm.forks.shanghai.blocks import ShanghaiBlockHeader

NO_NONCE = bytes(8)
GAS_PER_BLOB = 2**17


class Fork:
    """One fork: its machine without the two system contracts, and its header."""

    def __init__(self, name: str, order: int, vm, header, blobs: tuple = (0, 0)):
        self.name = name
        self.order = order
        self.header_class = header
        self.blob_target, self.blob_limit = blobs
        executor = vm._state_class.transaction_executor_class

        class Executor(executor):
            """The sender is known: recovering it again in Python is what would take most of the time."""

            def validate_transaction(self, transaction):
                self.vm_state.validate_transaction(transaction)

        class Computation(vm._state_class.computation_class):
            """py-evm takes every frame whose caller is the transaction's sender for the outermost one. Since EIP-7702 such a
            caller may have code: py-evm 0.12.1b1 then charges its creations twice for their words (EIP-3860)."""

            @property
            def is_origin_computation(self):
                return self.msg.depth == 0

        class State(vm._state_class):
            computation_class = Computation
            transaction_executor_class = Executor

            def set_system_contracts(self):
                pass

        class Machine(vm):
            _state_class = State

        self.vm = Machine

    def __lt__(self, other) -> bool:
        return self.order < other.order

    def header(self, parent, *, timestamp: int, base_fee: int, gas_limit: int, coinbase: bytes, randomness: bytes,
               beacon_root: bytes, extra: bytes, state_root: bytes):
        """The header of the next block, before its transactions."""
        fields = {
            "difficulty": 0, "block_number": 0 if parent is None else parent.block_number + 1, "gas_limit": gas_limit,
            "timestamp": timestamp, "coinbase": coinbase, "state_root": state_root, "extra_data": extra,
            "mix_hash": randomness, "nonce": NO_NONCE, "base_fee_per_gas": base_fee,
        }
        if parent is not None:
            fields["parent_hash"] = parent.hash
        if self.order < PARIS.order:
            fields["difficulty"] = int.from_bytes(randomness, "big")
            fields["mix_hash"] = bytes(32)
        if self.order >= CANCUN.order:
            fields["parent_beacon_block_root"] = beacon_root
            fields["blob_gas_used"] = 0
            fields["excess_blob_gas"] = 0 if parent is None else self.next_excess(parent)
        return self.header_class(**fields)

    def next_excess(self, parent) -> int:
        """Blob gas above the target so far, EIP-4844."""
        return max(0, parent.excess_blob_gas + parent.blob_gas_used - self.blob_target * GAS_PER_BLOB)


LONDON = Fork("London", 0, LondonVM, LondonBlockHeader)
PARIS = Fork("Paris", 1, ParisVM, ParisBlockHeader)
SHANGHAI = Fork("Shanghai", 2, ShanghaiVM, ShanghaiBlockHeader)
CANCUN = Fork("Cancun", 3, CancunVM, CancunBlockHeader, (3, 6))
PRAGUE = Fork("Prague", 4, PragueVM, PragueBlockHeader, (6, 9))
FORKS = {fork.name: fork for fork in (LONDON, PARIS, SHANGHAI, CANCUN, PRAGUE)}

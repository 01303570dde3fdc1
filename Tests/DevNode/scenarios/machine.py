# SPDX-License-Identifier: Apache-2.0
"""py-evm over a state in memory that goes on from transaction to transaction: no tries, so its size does not grow."""

from eth.constants import BLANK_ROOT_HASH, EMPTY_SHA3
from eth.vm.execution_context import ExecutionContext
from eth.vm.forks.prague.transactions import PragueTransactionBuilder as Builder
from eth_utils import ValidationError, keccak

from devnode.chain import FEE_RECIPIENT, DevExecutor, DevVM
from devnode.evm import floor_gas, intrinsic_gas
from devnode.state import CallState
from devnode.transaction import entry_of

GAS_LIMIT = 60_000_000   # of a block


class Memory:
    """Accounts, storage and code, read as `CallState` reads them. An account's address stands for its storage root."""

    def __init__(self):
        self.nonces, self.balances, self.slots = {}, {}, {}
        self.hashes = {}                    # address to code hash
        self.codes = {EMPTY_SHA3: b""}

    def add(self, address: bytes, nonce: int, balance: int, code: bytes, words: dict) -> None:
        """Puts an account there."""
        self.nonces[address], self.balances[address] = nonce, balance
        self.set_code(address, code)
        self.slots[address] = dict(words)

    def set_code(self, address: bytes, code: bytes) -> None:
        """Gives an account code."""
        self.hashes[address] = keccak(code)
        self.codes[self.hashes[address]] = code

    def account(self, root: bytes, address: bytes) -> tuple:
        """(nonce, balance, storage root, code hash, exists)"""
        nonce, balance = self.nonces.get(address, 0), self.balances.get(address, 0)
        code_hash = self.hashes.get(address, EMPTY_SHA3)
        exists = bool(nonce or balance or code_hash != EMPTY_SHA3)
        return nonce, balance, address, code_hash, exists

    def storage(self, address: bytes, slot: int) -> int:
        """A storage word."""
        return self.slots.get(address, {}).get(slot, 0)

    def code(self, code_hash: bytes) -> bytes:
        """The code with that hash."""
        return self.codes[code_hash]

    def keep(self, changed) -> None:
        """Takes over what a transaction has written."""
        for (address, slot), value in changed.slots.items():
            self.slots.setdefault(address, {})[slot] = value
        self.nonces.update(changed.nonces)
        self.balances.update(changed.balances)
        for address, code in changed.codes.items():
            self.set_code(address, code)


class TransactionState(CallState):
    """The rules of a transaction, not of a call."""

    transaction_executor_class = DevExecutor


class Machine:
    """One state and what is executed on it, one transaction after the other."""

    def __init__(self, chain_id: int, sender: bytes):
        self.memory = Memory()
        self._chain_id, self._sender = chain_id, sender

    def execute(self, block: int, time: int, base_fee: int, to: bytes, data: bytes, gas: int, access_list: list) -> tuple:
        """Gas used and status. A transaction that no block can hold raises ValidationError and changes nothing."""
        least = max(intrinsic_gas(data, False, access_list), floor_gas(data))
        if gas < least:
            raise ValidationError(f"gas limit {gas}, the transaction needs {least} before its first instruction")
        # Whose transaction it is stands beside it, so its signature is not looked at.
        tx = Builder.new_dynamic_fee_transaction(
            chain_id=self._chain_id, nonce=self.memory.nonces.get(self._sender, 0), max_priority_fee_per_gas=0,
            max_fee_per_gas=base_fee, gas=gas, to=to, value=0, data=data, access_list=access_list, y_parity=0, r=1, s=1)
        context = ExecutionContext(
            coinbase=FEE_RECIPIENT, timestamp=time, block_number=block, difficulty=0, mix_hash=bytes(32), gas_limit=GAS_LIMIT,
            prev_hashes=(), chain_id=self._chain_id, base_fee_per_gas=base_fee, excess_blob_gas=0)
        state = TransactionState(self.memory, context, BLANK_ROOT_HASH)
        computation = state.apply_transaction(entry_of(tx, self._sender, 0).tx)
        self.memory.keep(state._account_db)
        return DevVM.finalize_gas_used(tx, computation), 0 if computation.is_error else 1

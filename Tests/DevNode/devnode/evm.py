# SPDX-License-Identifier: Apache-2.0
"""Executions that leave no trace: what eth_call and eth_estimateGas run."""

from eth._utils.address import generate_contract_address
from eth.exceptions import InsufficientFunds, OutOfGas, Revert
from eth.vm.execution_context import ExecutionContext
from eth.vm.forks.cancun.transaction_context import CancunTransactionContext
from eth.vm.message import Message

from .state import CallState, StateReader

TRANSACTION_GAS = 21_000          # yellow paper, Gtransaction
CREATION_GAS = 32_000             # yellow paper, Gtxcreate
REFUND_QUOTIENT = 5               # EIP-3529
FLOOR_PER_TOKEN = 10              # EIP-7623


def intrinsic_gas(data: bytes, creates: bool, access_list=()) -> int:
    """What a transaction costs before the first opcode."""
    zeros = data.count(0)
    gas = TRANSACTION_GAS + 4 * zeros + 16 * (len(data) - zeros)
    if creates:
        gas += CREATION_GAS + 2 * ((len(data) + 31) // 32)
    for _, slots in access_list:
        gas += 2_400 + 1_900 * len(slots)
    return gas


def floor_gas(data: bytes) -> int:
    """The least that a transaction with this calldata pays, EIP-7623."""
    zeros = data.count(0)
    return TRANSACTION_GAS + FLOOR_PER_TOKEN * (zeros + 4 * (len(data) - zeros))


class Outcome:
    """What one execution came to."""

    def __init__(self, success: bool, gas_used: int, output: bytes, error: str, reverted: bool):
        self.success = success
        self.gas_used = gas_used
        self.output = output
        self.error = error
        self.reverted = reverted


class Bench:
    """A state at one block on which calls are run one after another, each undone."""

    def __init__(self, reader: StateReader, header, chain_id: int, prev_hashes, overrides: dict, base_fee: int):
        context = ExecutionContext(
            coinbase=header.coinbase,
            timestamp=overrides.get("time", header.timestamp),
            block_number=overrides.get("number", header.block_number),
            difficulty=0,
            mix_hash=header.mix_hash,
            gas_limit=header.gas_limit,
            prev_hashes=prev_hashes,
            chain_id=chain_id,
            base_fee_per_gas=base_fee,
            excess_blob_gas=0,
        )
        self.state = CallState(reader, context, header.state_root)
        self.accounts = self.state._account_db

    def balance(self, address: bytes) -> int:
        """The balance of an account before the call."""
        return self.accounts.get_balance(address)

    def run(self, call, gas: int) -> Outcome:
        """Runs the call with the limit and undoes it."""
        state = self.state
        intrinsic = intrinsic_gas(call.data, call.to is None, call.access_list)
        floor = floor_gas(call.data)
        if gas < intrinsic:
            return Outcome(False, gas, b"", f"err: intrinsic gas too low: have {gas}, want {intrinsic} "
                                            f"(supplied gas {gas})", False)
        if gas < floor:
            return Outcome(False, gas, b"", f"err: insufficient gas for floor data gas cost: have {gas}, want {floor} "
                                            f"(supplied gas {gas})", False)
        mark = state.snapshot()
        for address in (call.sender, state.coinbase):
            state.mark_address_warm(address)
        for address, slots in call.access_list:
            state.mark_address_warm(address)
            for slot in slots:
                state.mark_storage_warm(address, slot)
        nonce = state.get_nonce(call.sender)
        state.set_nonce(call.sender, nonce + 1)
        context = CancunTransactionContext(gas_price=call.gas_price, origin=call.sender)
        kind = state.computation_class
        try:
            if call.to is None:
                created = generate_contract_address(call.sender, nonce)
                state.mark_address_warm(created)
                message = Message(gas - intrinsic, b"", call.sender, call.value, b"", call.data, create_address=created)
                computation = kind.apply_create_message(state, message, context)
            else:
                state.mark_address_warm(call.to)
                code = state.get_code(call.to)
                message = Message(gas - intrinsic, call.to, call.sender, call.value, call.data, code)
                computation = kind.apply_message(state, message, context)
        except InsufficientFunds as error:
            state.revert(mark)
            return Outcome(False, gas, b"", str(error), False)
        left = computation.get_gas_remaining()
        used = gas - left
        used -= min(used // REFUND_QUOTIENT, computation.get_gas_refund())
        state.revert(mark)
        error = computation._error
        return Outcome(error is None, max(used, floor), computation.output, describe(error), isinstance(error, Revert))


def describe(error) -> str:
    """The name a node gives to a failed execution."""
    if error is None:
        return ""
    if isinstance(error, Revert):
        return "execution reverted"
    if isinstance(error, OutOfGas):
        return "out of gas"
    name = type(error).__name__
    return {"InvalidInstruction": "invalid opcode: INVALID", "InvalidJumpDestination": "invalid jump destination"}.get(name, name)

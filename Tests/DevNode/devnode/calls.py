# SPDX-License-Identifier: Apache-2.0
"""eth_call and eth_estimateGas."""

from collections import OrderedDict

from eth_utils import to_checksum_address

from .codec import RPCError, data, failure, invalid, read_address, read_data, read_hash, read_quantity
from .evm import TRANSACTION_GAS

CALL_GAS = 50_000_000          # geth's --rpc.gascap
ESTIMATE_GAS = 2**24           # EIP-7825
STIPEND = 2_300                # gas that a value transfer hands over
ERROR_RATIO = 15               # per mille: the bisection stops within 1.5 %
REMEMBERED = 20_000            # answers of calls
FIELDS = {"from", "to", "gas", "gasPrice", "maxFeePerGas", "maxPriorityFeePerGas", "value", "nonce", "data", "input",
          "accessList", "chainId", "type"}
NOBODY = bytes(20)


class Call:
    """The transaction object of a call, read strictly."""

    def __init__(self, body, index: int = 0):
        if not isinstance(body, dict):
            raise invalid(index, "json: cannot unmarshal non-object into Go value of type ethapi.TransactionArgs")
        unknown = set(body) - FIELDS
        if unknown:
            raise invalid(index, f'json: unknown field "{sorted(unknown)[0]}"')
        into = lambda name, kind: f"struct field TransactionArgs.{name} of type hexutil.{kind}"
        number = lambda name, bits=256, kind="Big": (
            read_quantity(body[name], index, into(name, kind), bits) if body.get(name) is not None else None)
        self.sender = read_address(body["from"], index) if body.get("from") is not None else NOBODY
        self.to = read_address(body["to"], index) if body.get("to") is not None else None
        self.gas = number("gas", 64, "Uint64")
        self.value = number("value") or 0
        self.nonce = number("nonce", 64, "Uint64")
        price, cap, self.tip = number("gasPrice"), number("maxFeePerGas"), number("maxPriorityFeePerGas")
        if price is not None and (cap is not None or self.tip is not None):
            raise failure("both gasPrice and (maxFeePerGas or maxPriorityFeePerGas) specified")
        self.fee_cap = cap if price is None else price
        self.tip = self.tip if price is None else price
        payload = body.get("input") if body.get("input") is not None else body.get("data")
        self.data = read_data(payload, index, into("data", "Bytes")) if payload is not None else b""
        self.access_list = [
            (read_address(item["address"], index), [int.from_bytes(read_hash(k, index), "big") for k in item["storageKeys"]])
            for item in body.get("accessList") or []]
        self.chain_id = number("chainId")
        self.gas_price = 0

    def key(self) -> tuple:
        """What makes two calls the same."""
        access = tuple((address, tuple(slots)) for address, slots in self.access_list)
        return (self.sender, self.to, self.data, self.value, self.fee_cap, self.tip, self.chain_id, access)

    def price_at(self, base_fee: int) -> None:
        """Sets the gas price of the execution."""
        if self.fee_cap or self.tip:
            self.gas_price = min(self.fee_cap or 0, base_fee + (self.tip or 0))


def read_overrides(params: list) -> dict:
    """State overrides (only an empty object) and block overrides, the third and fourth parameter."""
    if len(params) > 2 and params[2]:
        raise failure("state overrides are not supported by this node")
    if len(params) <= 3 or params[3] is None:
        return {}
    if not isinstance(params[3], dict):
        raise invalid(3, "json: cannot unmarshal non-object into Go value of type override.BlockOverrides")
    names = {"time": ("Time", "Uint64", 64), "number": ("Number", "Big", 256), "baseFeePerGas": ("BaseFeePerGas", "Big", 256)}
    found = {}
    for name, value in params[3].items():
        if name not in names:
            raise invalid(3, f'json: unknown field "{name}"')
        if value is not None:
            field, kind, bits = names[name]
            found[name] = read_quantity(value, 3, f"struct field BlockOverrides.{field} of type hexutil.{kind}", bits)
    return found


def reverted(output: bytes) -> RPCError:
    """The error of a reverted execution, with the reason when there is one."""
    message = "execution reverted"
    if output[:4] == bytes.fromhex("08c379a0") and len(output) >= 68:
        length = int.from_bytes(output[36:68], "big")
        message += ": " + output[68:68 + length].decode("utf-8", "replace")
    elif output[:4] == bytes.fromhex("4e487b71") and len(output) == 36:
        reasons = {1: "assert(false)", 0x11: "arithmetic underflow or overflow", 0x12: "division or modulo by zero",
                   0x32: "out-of-bounds access of an array or bytesN"}
        code = int.from_bytes(output[4:], "big")
        message += ": " + reasons.get(code, f"unknown panic code: {code:#x}")
    return RPCError(3, message, data(output))


class Caller:
    """Runs calls and remembers the answers: a block's state never changes."""

    def __init__(self, chain):
        self.chain = chain
        self.executions = 0
        self._answers = OrderedDict()
        self._benches = OrderedDict()
        self._limits = {}

    def _bench(self, block, overrides: dict, call: Call):
        if call.chain_id not in (None, self.chain.chain_id):
            raise failure(f"chainId does not match node's (have={call.chain_id}, want={self.chain.chain_id})")
        # A node lowers the base fee to zero for a call that names no price.
        base_fee = overrides.get("baseFeePerGas", block.header.base_fee_per_gas)
        priced = bool(call.fee_cap or call.tip)
        key = (block.hash, tuple(sorted(overrides.items())), priced)
        bench = self._benches.get(key)
        if bench is None:
            bench = self._benches[key] = self.chain.bench(block, overrides, base_fee if priced else 0)
            if len(self._benches) > 64:
                self._benches.popitem(last=False)
        call.price_at(base_fee)
        return bench

    def _remember(self, key, answer):
        self._answers[key] = answer
        if len(self._answers) > REMEMBERED:
            self._answers.popitem(last=False)
        return answer

    def _run(self, bench, call: Call, gas: int):
        self.executions += 1
        return bench.run(call, gas)

    def call(self, call: Call, block, overrides: dict) -> str:
        """eth_call"""
        gas = min(call.gas or CALL_GAS, CALL_GAS)
        key = ("call", block.hash, tuple(sorted(overrides.items())), call.key(), gas)
        outcome = self._answers.get(key)
        if outcome is None:
            bench = self._bench(block, overrides, call)
            words = f"err: {{}} (supplied gas {gas})"
            self._check_fees(call, block, overrides, words)
            self._check_value(bench, call, words, gas)
            outcome = self._remember(key, self._run(bench, call, gas))
        if outcome.success:
            return data(outcome.output)
        raise reverted(outcome.output) if outcome.reverted else failure(outcome.error)

    def _check_value(self, bench, call: Call, words: str, gas: int = 0) -> None:
        have, want = bench.balance(call.sender), call.value + gas * (call.fee_cap or 0)
        if want > have:
            raise failure(words.format("insufficient funds for gas * price + value: address "
                                       f"{to_checksum_address(call.sender)} have {have} want {want}"))

    def estimate(self, call: Call, block, overrides: dict) -> int:
        """eth_estimateGas: asks only whether the outermost call succeeds."""
        key = ("estimate", block.hash, tuple(sorted(overrides.items())), call.key(), call.gas)
        known = self._answers.get(key)
        if known is None:
            try:
                known = self._estimate(call, block, overrides)
            except RPCError as error:
                known = error
            self._remember(key, known)
        if isinstance(known, RPCError):
            raise known
        return known

    def _estimate(self, call: Call, block, overrides: dict) -> int:
        bench = self._bench(block, overrides, call)
        cap = call.gas if call.gas and call.gas >= TRANSACTION_GAS else ESTIMATE_GAS
        cap = min(cap, ESTIMATE_GAS)
        self._check_value(bench, call, f"failed with {cap} gas: {{}}")
        self._check_fees(call, block, overrides, f"failed with {cap} gas: {{}}")
        if call.fee_cap:
            cap = min(cap, (bench.balance(call.sender) - call.value) // call.fee_cap)
        exhausted = failure(f"gas required exceeds allowance ({cap})")
        first = self._run(bench, call, cap)
        if not first.success:
            raise reverted(first.output) if first.reverted else exhausted
        if not call.data and call.to is not None and first.gas_used == TRANSACTION_GAS:
            return TRANSACTION_GAS
        return self._bisect(bench, call, first.gas_used, cap)

    def _check_fees(self, call: Call, block, overrides: dict, words: str) -> None:
        if call.fee_cap is None and call.tip is None:
            return
        who, base_fee = to_checksum_address(call.sender), overrides.get("baseFeePerGas", block.header.base_fee_per_gas)
        fee_cap, tip = call.fee_cap or 0, call.tip or 0
        if tip > fee_cap:
            raise failure(words.format(f"max priority fee per gas higher than max fee per gas: address {who}, "
                                       f"maxPriorityFeePerGas: {tip}, maxFeePerGas: {fee_cap}"))
        if fee_cap and fee_cap < base_fee:
            raise failure(words.format(f"max fee per gas less than block base fee: address {who}, "
                                       f"maxFeePerGas: {fee_cap}, baseFee: {base_fee}"))

    def _bisect(self, bench, call: Call, used: int, cap: int) -> int:
        # The answer of an earlier call of the same shape that used as much gas: one run confirms it.
        shape = (call.key(), used)
        remembered = self._limits.get(shape)
        if remembered is not None and remembered <= cap and self._run(bench, call, remembered).success:
            return remembered
        low, high = TRANSACTION_GAS - 1, cap
        likely = (used + STIPEND) * 64 // 63
        if likely < cap:
            if self._run(bench, call, likely).success:
                high = likely
            else:
                low = likely
        while (high - low) * 1000 >= high * ERROR_RATIO:
            middle = (low + high) // 2
            if self._run(bench, call, middle).success:
                high = middle
            else:
                low = middle
        self._limits[shape] = high
        return high

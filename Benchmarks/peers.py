# SPDX-License-Identifier: Apache-2.0
"""The peers in Python. Reads lines "FUNCTION ITERATIONS", runs that function so often, answers with the nanoseconds of processor
time that it took."""
import sys
import time
from itertools import repeat

PEERS = {}


def peer(make):
    """Registers a maker: it is called once, when the row is first measured, and gives the function to be timed."""
    PEERS[make.__name__] = make
    return make


@peer
def keccak_32():
    from Crypto.Hash import keccak
    message = bytes((i * 7) % 256 for i in range(32))
    return lambda: keccak.new(digest_bits=256, data=message).digest()


def address(seed):
    return "0x" + bytes([seed & 255] * 20).hex()


def counting(count, seed):
    return bytes((seed + i) & 255 for i in range(count))


TRANSFER = (address(0x11), 123_456_789_012_345_678_901)
CALLS = [(address(i + 1), i % 2 == 0, counting(36, i)) for i in range(20)]
RESULTS = [(i % 3 != 0, counting(32, i)) for i in range(20)]
RECORDS_TYPE = "(uint256,string,(address,bytes)[])[100]"
RECORDS = [
    ((i + 1) * 10**21, f"a record, and its number is {i}", [(address(i + j), counting(20 * j + 4, i)) for j in range(3)])
    for i in range(100)
]


@peer
def abi_transfer_encode():
    from eth_abi import encode
    return lambda: b"\xa9\x05\x9c\xbb" + encode(["address", "uint256"], TRANSFER)


@peer
def abi_aggregate3_encode():
    from eth_abi import encode
    return lambda: b"\x82\xad\x56\xcb" + encode(["(address,bool,bytes)[]"], [CALLS])


@peer
def abi_results_decode():
    from eth_abi import decode, encode
    data = encode(["(bool,bytes)[]"], [RESULTS])
    return lambda: decode(["(bool,bytes)[]"], data)


@peer
def abi_records_encode():
    from eth_abi import encode
    return lambda: encode([RECORDS_TYPE], [RECORDS])


@peer
def abi_records_decode():
    from eth_abi import decode, encode
    data = encode([RECORDS_TYPE], [RECORDS])
    return lambda: decode([RECORDS_TYPE], data)


def fields():
    """Of the EIP-1559 transaction, as RLP takes them."""
    numbers = [1, 4_711, 1_500_000_000, 60_000_000_000, 200_000]
    minimal = [n.to_bytes((n.bit_length() + 7) // 8, "big") for n in numbers]
    return minimal + [bytes([0x22] * 20), b"", abi_transfer_encode()(), []]


@peer
def rlp_encode():
    import rlp
    values = fields()
    return lambda: rlp.encode(values)


@peer
def rlp_decode():
    import rlp
    data = rlp.encode(fields())
    return lambda: rlp.decode(data)


@peer
def rlp_encode_rusty():
    import rusty_rlp
    values = fields()
    return lambda: rusty_rlp.encode_raw(values)


@peer
def rlp_decode_rusty():
    import rusty_rlp
    data = rusty_rlp.encode_raw(fields())
    return lambda: rusty_rlp.decode_raw(data, True, False)


SECRET = bytes([0x46] * 32)


@peer
def sign_coincurve():
    from Crypto.Hash import keccak
    from coincurve import PrivateKey
    digest = keccak.new(digest_bits=256, data=b"benchmark").digest()
    key = PrivateKey(SECRET)
    return lambda: key.sign_recoverable(digest, hasher=None)


@peer
def recover_coincurve():
    from Crypto.Hash import keccak
    from coincurve import PrivateKey, PublicKey
    digest = keccak.new(digest_bits=256, data=b"benchmark").digest()
    signature = PrivateKey(SECRET).sign_recoverable(digest, hasher=None)
    return lambda: PublicKey.from_signature_and_message(signature, digest, hasher=None)


def transaction():
    return {
        "type": 2, "chainId": 1, "nonce": 4_711, "maxPriorityFeePerGas": 1_500_000_000, "maxFeePerGas": 60_000_000_000,
        "gas": 200_000, "to": address(0x22), "value": 0, "data": abi_transfer_encode()(),
    }


@peer
def transaction_eth_account():
    from eth_account import Account
    fields = transaction()
    return lambda: Account.sign_transaction(fields, SECRET).hash


@peer
def transaction_eth_account_object():
    from eth_account import Account
    account = Account.from_key(SECRET)
    fields = transaction()
    return lambda: account.sign_transaction(fields).hash


@peer
def replay_dictionary():
    """A recording as a dictionary from what is asked to the bytes that came back; each piece of work is one call."""
    from eth_abi import decode
    from itertools import cycle
    table = {}
    for block in range(200):
        for call in range(20):
            data = "0x70a08231" + bytes(12).hex() + bytes([call + 1] * 20).hex()
            answer = ((block * 1_000 + call) * 10**18).to_bytes(32, "big")
            table["eth_call", address(0x33), data, f"0x{block:064x}"] = answer
    keys = cycle(list(table))
    return lambda: decode(["uint256"], table[next(keys)])


@peer
def replay_dictionary_20():
    one = replay_dictionary()
    return lambda: [one() for _ in range(20)]


def sample(name):
    from pathlib import Path
    return Path(sys.argv[1], name).read_bytes()


@peer
def json_block():
    import orjson
    data = sample("block.json")
    return lambda: orjson.loads(data)


@peer
def json_receipts():
    import orjson
    data = sample("receipts.json")
    return lambda: orjson.loads(data)


def evm_sample(name):
    """A call, the state it runs on, and what it uses; the machines are to come to the same before they are timed."""
    import json
    call = json.loads(sample(f"{name}.json"))
    return call, call["to"], call["sender"], bytes.fromhex(call["data"][2:])


def pyrevm(name):
    """revm: the call, and then what it did is taken back. Storage that is put in is warm there, and counts as written by the same
    transaction, so that only calls without any cost the same gas."""
    from pyrevm import EVM, AccountInfo, BlockEnv, Env
    call, to, sender, data = evm_sample(name)
    block = BlockEnv(number=300, timestamp=call["time"], gas_limit=60_000_000, coinbase=address(0x44), basefee=0)
    machine = EVM(env=Env(block=block), gas_limit=2**63, spec_id="CANCUN")
    for account in call["accounts"]:
        info = AccountInfo(balance=10**20, nonce=account["nonce"], code=bytes.fromhex(account["code"][2:]))
        machine.insert_account_info(account["address"], info)
        for slot, value in account["storage"]:
            machine.insert_account_storage(account["address"], int(slot, 16), int(value, 16))
    gas = call["gas"]

    def work():
        mark = machine.snapshot()
        machine.message_call(sender, to, calldata=data, gas=gas)
        machine.revert(mark)

    work()
    used, logs = machine.result.gas_used, len(machine.result.logs)
    assert logs == call["logs"], f"{name}: pyrevm has {logs} logs, expected {call['logs']}"
    if not any(account["storage"] for account in call["accounts"]):
        assert used == call["gasUsed"], f"{name}: pyrevm used {used}, expected {call['gasUsed']}"
    return work


def pyevm(name):
    """py-evm: the message of the call, with the costs of a transaction counted by hand, and then taken back."""
    from eth.db.atomic import AtomicDB
    from eth.vm.execution_context import ExecutionContext
    from eth.vm.forks.cancun.state import CancunState
    from eth.vm.forks.cancun.transaction_context import CancunTransactionContext
    from eth.vm.message import Message
    from eth.constants import BLANK_ROOT_HASH
    call, to, sender, data = evm_sample(name)
    to, sender, producer = (bytes.fromhex(x[2:]) for x in (to, sender, address(0x44)))
    context = ExecutionContext(
        coinbase=producer, timestamp=call["time"], block_number=300, difficulty=0, mix_hash=bytes(32), gas_limit=60_000_000,
        prev_hashes=(), chain_id=1, base_fee_per_gas=0, excess_blob_gas=0)
    state = CancunState(AtomicDB(), context, BLANK_ROOT_HASH)
    for account in call["accounts"]:
        who = bytes.fromhex(account["address"][2:])
        state.set_balance(who, 10**20)
        state.set_nonce(who, account["nonce"])
        state.set_code(who, bytes.fromhex(account["code"][2:]))
        for slot, value in account["storage"]:
            state.set_storage(who, int(slot, 16), int(value, 16))
    state.lock_changes()
    state.persist()
    intrinsic = 21_000 + sum(16 if byte else 4 for byte in data)
    transaction = CancunTransactionContext(gas_price=0, origin=sender)

    def work():
        mark = state.snapshot()
        for account in (sender, to, producer):
            state.mark_address_warm(account)
        message = Message(call["gas"] - intrinsic, to, sender, 0, data, state.get_code(to))
        computation = state.computation_class.apply_message(state, message, transaction)
        state.revert(mark)
        return computation

    done = work()
    spent = call["gas"] - done.get_gas_remaining()
    used = spent - min(spent // 5, done.get_gas_refund())
    assert done.is_success and used == call["gasUsed"], f"{name}: py-evm used {used}, expected {call['gasUsed']}"
    return work


for kind in ("poke", "megapoker", "storage", "keccak", "memory", "arithmetic"):
    for machine in (pyrevm, pyevm):
        PEERS[f"evm_{kind}_{machine.__name__}"] = lambda machine=machine, kind=kind: machine(f"evm_{kind}")


def main():
    made = {}
    for line in sys.stdin:
        name, iterations = line.split()
        if name not in made:
            made[name] = PEERS[name]()
        work = made[name]
        start = time.thread_time_ns()
        for _ in repeat(None, int(iterations)):
            work()
        print(time.thread_time_ns() - start, flush=True)


main()

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

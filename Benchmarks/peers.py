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

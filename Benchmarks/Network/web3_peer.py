# SPDX-License-Identifier: Apache-2.0
"""web3.py on the loopback. Reads lines "WORK CALLS", asks so often, answers with nanoseconds by the clock and of the processor."""
import asyncio
import sys
import time

from web3 import AsyncHTTPProvider, AsyncWeb3, HTTPProvider, Web3

URL = sys.argv[1]
CALL = {"to": "0x" + "11" * 20, "data": "0x70a08231" + "00" * 12 + "22" * 20}
ANSWER = (1_000 * 10**18).to_bytes(32, "big")
w3 = Web3(HTTPProvider(URL))


def sequential(calls):
    for _ in range(calls):
        assert w3.eth.call(CALL, "latest") == ANSWER


def inFlight(calls):
    async def work():
        w3 = AsyncWeb3(AsyncHTTPProvider(URL))
        left = iter(range(calls))

        async def worker():
            for _ in left:
                assert await w3.eth.call(CALL, "latest") == ANSWER

        await asyncio.gather(*(worker() for _ in range(64)))
        await w3.provider.disconnect()

    asyncio.run(work())


def batches(calls):
    for _ in range(calls // 100):
        with w3.batch_requests() as batch:
            for _ in range(100):
                batch.add(w3.eth.call(CALL, "latest"))
            assert batch.execute() == [ANSWER] * 100


for line in sys.stdin:
    work, calls = line.split()
    wall, computed = time.perf_counter_ns(), time.process_time_ns()
    {"sequential": sequential, "inFlight": inFlight, "batches": batches}[work](int(calls))
    print(time.perf_counter_ns() - wall, time.process_time_ns() - computed, flush=True)

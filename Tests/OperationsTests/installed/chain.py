# SPDX-License-Identifier: Apache-2.0
"""The local chain of Tests/DevNode as a process, and what the keeper's account did on it."""

import json
import os
import subprocess
import sys
import urllib.request
from collections import Counter
from pathlib import Path

DEVNODE = Path(__file__).resolve().parents[2] / "DevNode"
HOUR = 3600
ORACLES = ("PIP_BTC", "PIP_ETH", "PIP_WSTETH", "PIP_SKY")
ILKS = "ETH-A, ETH-B, ETH-C, WBTC-A, WBTC-B, WBTC-C, WSTETH-A, WSTETH-B, LSEV2-SKY-A"
LOG_VALUE = "0x296ba4ca62c6c21c95e828080cb8aec7481b71390585605300a8a76f9e95b527"    # LogValue(bytes32) of an OSM


class Chain:
    """It ends with its standard input, so that nothing of it is left behind."""

    def __init__(self, first: int):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "devnode", "--genesis-time", str(first), "--base-fee", "10000000000"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=dict(os.environ, PYTHONPATH=str(DEVNODE)))
        ready = json.loads(self.process.stdout.readline())
        self.url = ready["listening"]
        self.addresses = ready["addresses"]
        self.accounts = {account["role"]: account for account in ready["accounts"]}
        self.role = "keeper"        # whose key the keeper has now

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()

    def __call__(self, method: str, *parameters):
        body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": list(parameters)}).encode()
        request = urllib.request.Request(self.url, body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=60) as response:
            answer = json.loads(response.read())
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']}")
        return answer["result"]

    def mine(self, time: int) -> int:
        """Makes a block and gives back its number."""
        self("evm_mine", time)
        return int(self("eth_blockNumber"), 16)

    def head_time(self) -> int:
        return int(self("eth_getBlockByNumber", "latest", False)["timestamp"], 16)

    def hold(self, blocks: int) -> None:
        """The next blocks take nothing of the keeper's, which waits in the pool."""
        self("devnode_hold", self.role, blocks)

    def waiting(self) -> int:
        """How many of the keeper's transactions are in the pool."""
        address = self.accounts[self.role]["address"]
        nonces = [int(self("eth_getTransactionCount", address, tag), 16) for tag in ("pending", "latest")]
        return nonces[0] - nonces[1]

    def pokes(self) -> tuple:
        """By slot: how many transactions of its accounts were mined, and how often each oracle advanced."""
        keepers = {self.accounts[role]["address"].lower() for role in ("keeper", "keeper2")}
        oracles = {self.addresses[name].lower(): name for name in ORACLES}
        ours, advanced = Counter(), {}
        for number in range(1, int(self("eth_blockNumber"), 16) + 1):
            block = self("eth_getBlockByNumber", hex(number), False)
            slot = int(block["timestamp"], 16) // HOUR * HOUR
            for receipt in self("eth_getBlockReceipts", hex(number)) if block["transactions"] else []:
                for log in receipt["logs"]:
                    if log["topics"][:1] == [LOG_VALUE] and log["address"].lower() in oracles:
                        advanced.setdefault(slot, Counter())[oracles[log["address"].lower()]] += 1
                if receipt["from"].lower() in keepers:
                    ours[slot] += 1
        return ours, advanced

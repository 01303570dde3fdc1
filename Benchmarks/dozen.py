#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A dozen pokers on one machine: memory, processor time and calls, and how soon one asks its node.

One file that all include names the node, the caps and the receiver of alerts; each has a file, a store, a key and a port of its own.
The chain makes a block every twelve seconds of the wall clock. Run it over a full hour to see a slot too.

usage: Benchmarks/dozen.py [--poker PATH] [--minutes N] [--keepers N] [--json]
"""

import argparse
import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SLOT = 12


def chain(base: int):
    """The local chain, its first head stamped just before `base`."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "Tests/DevNode")}
    process = subprocess.Popen(
        [sys.executable, "-m", "devnode", "--port", "0", "--genesis-time", str(base), "--base-fee", "10000000000"],
        env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    return process, json.loads(process.stdout.readline())


def call(url: str, method: str, params):
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}).encode()
    request = urllib.request.Request(url, body, {"content-type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def common(chain) -> str:
    address = chain["addresses"]
    oracles = ", ".join(f'{name}: "{address[name]}"' for name in ("PIP_BTC", "PIP_ETH", "PIP_WSTETH", "PIP_SKY"))
    return f"""version: 1
chain: {{ id: {chain["chainId"]}, slotLength: 12s, slotPhase: 11s }}
rpc:
  endpoints: [{{ name: own, url: "{chain["listening"]}" }}]
  quorum: 1
poker:
  megaPoker: "{address["MEGAPOKER"]}"
  multicall: "{address["MULTICALL3"]}"
  spotter: "{address["MCD_SPOT"]}"
  vat: "{address["MCD_VAT"]}"
  oracles: [{oracles}]
  ilks: [ETH-A, ETH-B, ETH-C, WBTC-A, WBTC-B, WBTC-C, WSTETH-A, WSTETH-B, LSEV2-SKY-A]
transactions: {{ maxFeePerGas: 100 gwei }}
log: {{ format: json, level: warning }}
alerts:
  sinks: [{{ type: webhook, url: "http://127.0.0.1:1/", secret: word }}]
"""


class Keeper:
    def __init__(self, program: Path, folder: Path, number: int):
        self.name = f"poker-{number}"
        key = folder / f"{self.name}.key"
        key.write_text(f"{0x1000 + number:064x}")
        key.chmod(0o600)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        config = folder / f"{self.name}.yaml"
        config.write_text(
            f"include: [common.yaml]\nname: {self.name}\nmode: backup\nsigner: {{ privateKeyFile: {key} }}\n"
            f"store: {folder}/{self.name}.sqlite\nops: {{ listen: \"127.0.0.1:{self.port}\" }}\n")
        self.log = open(folder / f"{self.name}.log", "w")
        self.process = subprocess.Popen([program, "run", "--config", config], stderr=self.log, stdin=subprocess.DEVNULL)

    def metric(self, start: str) -> float:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/metrics", timeout=10) as answer:
            lines = answer.read().decode().splitlines()
        return sum(float(line.split()[-1]) for line in lines if line.startswith(start))

    def resident(self) -> int:
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) * 1024

    def own(self) -> int:
        """Bytes that no other process shares: the rest are pages of the program's file, which all of them have together."""
        lines = Path(f"/proc/{self.process.pid}/smaps_rollup").read_text().splitlines()
        return sum(int(line.split()[1]) for line in lines if line.startswith("Private_")) * 1024

    def processor(self) -> float:
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)


def first_request(program: Path, folder: Path, rounds: int = 7) -> float:
    """Milliseconds from the start of a process to its first request, the middle of several."""
    times = []
    for number in range(rounds):
        asked = threading.Event()
        moment = []

        class Listener(BaseHTTPRequestHandler):
            def do_POST(self):
                moment.append(time.monotonic())
                asked.set()

            def log_message(self, *_):
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Listener)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        config = folder / f"first-{number}.yaml"
        config.write_text(
            f"include: [common.yaml]\nname: first\nrpc: {{ endpoints: [{{ name: a, url: "
            f"\"http://127.0.0.1:{server.server_address[1]}\" }}] }}\nsigner: {{ privateKeyFile: {folder}/poker-1.key }}\n"
            f"store: {folder}/first-{number}.sqlite\n")
        began = time.monotonic()
        process = subprocess.Popen(
            [program, "run", "--config", config], stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
        asked.wait(30)
        times.append((moment[0] - began) * 1000 if moment else float("inf"))
        process.kill()
        process.wait()
        server.shutdown()
    return statistics.median(times)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--poker", type=Path, default=ROOT / ".build/release/poker")
    options.add_argument("--minutes", type=float, default=10)
    options.add_argument("--keepers", type=int, default=12)
    options.add_argument("--json", action="store_true")
    options = options.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="dozen-"))
    now = int(time.time())
    node, facts = chain(now - 600)
    keepers = []
    try:
        (folder / "common.yaml").write_text(common(facts))
        stop = threading.Event()

        def mine():
            while not stop.wait(max(0.0, (int(time.time()) // SLOT + 1) * SLOT + 1 - time.time())):
                stamp = (int(time.time()) - 11) // SLOT * SLOT + 11
                call(facts["listening"], "evm_mine", [stamp])

        call(facts["listening"], "evm_mine", [(now - 11) // SLOT * SLOT + 11])
        miner = threading.Thread(target=mine, daemon=True)
        miner.start()
        keepers = [Keeper(options.poker, folder, number) for number in range(1, options.keepers + 1)]
        time.sleep(30)
        soonest = first_request(options.poker, folder)
        began = time.time()
        before = [(keeper.processor(), keeper.metric("keeper_rpc_exchanges_total")) for keeper in keepers]
        while (left := began + options.minutes * 60 - time.time()) > 0:
            if sys.stderr.isatty():
                print(f"\r{left:4.0f} s left ", end="", file=sys.stderr, flush=True)
            time.sleep(min(5, left))
        seconds = time.time() - began
        after = [(keeper.processor(), keeper.metric("keeper_rpc_exchanges_total")) for keeper in keepers]
        resident = [keeper.resident() / 1e6 for keeper in keepers]
        own = [keeper.own() / 1e6 for keeper in keepers]
        share = [(b[0] - a[0]) / seconds * 100 for a, b in zip(before, after)]
        calls = [b[1] - a[1] for a, b in zip(before, after)]
        stop.set()
        result = {
            "keepers": len(keepers), "seconds": round(seconds), "residentMegabytes": round(statistics.median(resident), 1),
            "residentMegabytesMost": round(max(resident), 1), "ownMegabytes": round(statistics.median(own), 1),
            "processorPercent": round(statistics.median(share), 3),
            "processorPercentAll": round(sum(share), 2), "calls": round(statistics.median(calls)),
            "millisecondsToFirstRequest": round(soonest, 1), "heldSlot": int(began) // 3600 != int(began + seconds) // 3600,
        }
        if options.json:
            print(json.dumps(result, sort_keys=True))
        else:
            rows = [
                ("resident, MB", f"{result['residentMegabytes']} (most {result['residentMegabytesMost']})", "25"),
                ("shared with no other, MB", f"{result['ownMegabytes']}", ""),
                ("of a core, %", f"{result['processorPercent']} (all {result['processorPercentAll']})", "0.2"),
                ("RPC calls meanwhile", f"{result['calls']}", ""),
                ("first request after, ms", f"{result['millisecondsToFirstRequest']}", "50"),
            ]
            print(f"{len(keepers)} pokers, {result['seconds']} s, a block every {SLOT} s"
                  + (", a slot among them" if result["heldSlot"] else ", no slot among them"))
            for name, value, goal in [("", "each, the middle one", "goal"), *rows]:
                print(f"{name:<26} {value:>22} {goal:>8}")
        return 0
    finally:
        for keeper in keepers:
            if keeper.process.poll() is None:
                keeper.stop()
        node.stdin.close()
        node.wait(10)
        shutil.rmtree(folder)


if __name__ == "__main__":
    sys.exit(main())

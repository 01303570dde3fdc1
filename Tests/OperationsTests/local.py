# SPDX-License-Identifier: Apache-2.0
"""A real `poker run` on the local chain, behind ways to its nodes that can be cut or blocked."""

import json
import os
import selectors
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

from house import ROOT, poker
from monitoring import eventually

HOUR = 3600


def missing() -> list:
    """What a test of this module needs and is not there."""
    needs = []
    if not poker().exists():
        needs.append("a built poker: swift build --product poker")
    try:
        import eth  # noqa: F401, the local chain's EVM
    except ImportError:
        needs.append("the local chain's packages: make need-python")
    return needs


class Chain:
    """The local chain of Tests/DevNode as a process. Time begins twenty minutes before an hour that is two hours ago."""

    def __init__(self):
        self.hour = (int(time.time()) // HOUR - 2) * HOUR
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "Tests/DevNode")}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "devnode", "--port", "0", "--genesis-time", str(self.hour - 1200), "--base-fee", "10000000000"],
            env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        ready = json.loads(self.process.stdout.readline())
        self.url, self.addresses = ready["listening"], ready["addresses"]
        self.port = int(self.url.rsplit(":", 1)[1].strip("/"))
        self.keys = {account["role"]: account["key"] for account in ready["accounts"]}

    def request(self, method: str, *parameters):
        body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": list(parameters)}).encode()
        request = urllib.request.Request(self.url, body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=60) as answer:
            result = json.load(answer)
        assert "error" not in result, result
        return result["result"]

    def mine(self, at: int = None) -> int:
        """A block at a time, or in the next slot; its number."""
        self.request("evm_mine", *([] if at is None else [at]))
        return int(self.request("eth_blockNumber"), 16)

    def stop(self) -> None:
        self.process.stdin.close()
        self.process.wait(20)
        self.process.stdout.close()


class Way:
    """A way to a node: a port that hands everything on, refuses, or takes requests and never answers."""

    def __init__(self, port: int):
        self.target = port
        self.lock = threading.Lock()
        self.open = set()
        self.hangs = False
        # Requests that wait for an answer that will not come.
        self.waiting = 0
        self.listener = None
        self.port = 0
        self.restore()

    def restore(self) -> None:
        if self.listener is not None:
            return
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", self.port))
        listener.listen(64)
        self.listener, self.port, self.hangs = listener, listener.getsockname()[1], False
        threading.Thread(target=self._accept, args=(listener,), daemon=True).start()

    def cut(self) -> None:
        """Connections are refused, and those that are open end."""
        listener, self.listener = self.listener, None
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        with self.lock:
            for one in self.open:
                try:
                    one.shutdown(socket.SHUT_RDWR)
                except OSError:
                    # It has ended by itself.
                    pass

    def hang(self) -> None:
        self.hangs = True

    def _accept(self, listener) -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self._carry, args=(client,), daemon=True).start()

    def _carry(self, client) -> None:
        try:
            node = socket.create_connection(("127.0.0.1", self.target), 10)
        except OSError:
            client.close()
            return
        with self.lock:
            self.open |= {client, node}
        try:
            with selectors.DefaultSelector() as ready:
                ready.register(client, selectors.EVENT_READ, node)
                ready.register(node, selectors.EVENT_READ, client)
                while True:
                    for key, _ in ready.select():
                        data = key.fileobj.recv(65536)
                        if not data:
                            return
                        if self.hangs:
                            self.waiting += 1
                            continue
                        key.data.sendall(data)
        except OSError:
            # Cut.
            pass
        finally:
            with self.lock:
                self.open -= {client, node}
            client.close()
            node.close()


CONFIGURATION = """
version: 1
name: poker-local
mode: primary
clock: chain
chain: {{ id: 1337 }}
rpc:
  endpoints: [{endpoints}]
  quorum: {quorum}
  timeout: 4s
  coolDown: 1s
poker:
  megaPoker: "{addresses[MEGAPOKER]}"
  multicall: "{addresses[MULTICALL3]}"
  spotter: "{addresses[MCD_SPOT]}"
  vat: "{addresses[MCD_VAT]}"
  oracles:
    - PIP_BTC: "{addresses[PIP_BTC]}"
    - PIP_ETH: "{addresses[PIP_ETH]}"
    - PIP_WSTETH: "{addresses[PIP_WSTETH]}"
    - PIP_SKY: "{addresses[PIP_SKY]}"
  ilks: [ETH-A, ETH-B, ETH-C, WBTC-A, WBTC-B, WBTC-C, WSTETH-A, WSTETH-B, LSEV2-SKY-A]
  plan: cheapest
transactions: {{ maxFeePerGas: 100 gwei }}
signer: {{ privateKeyFile: "{folder}/key" }}
store: {store}/poker.sqlite
log: {{ format: json, level: debug }}
ops: {{ listen: "127.0.0.1:0" }}
{more}
"""


class Poker:
    """A process; its log goes to a file."""

    def __init__(self, chain: Chain, folder: Path, ways: dict, store: Path = None, more: str = ""):
        self.chain, self.folder = chain, folder
        (folder / "key").write_text(chain.keys["keeper"])
        (folder / "key").chmod(0o600)
        endpoints = ", ".join(f'{{ name: {name}, url: "http://127.0.0.1:{way.port}" }}' for name, way in ways.items())
        (folder / "poker.yaml").write_text(CONFIGURATION.format(
            endpoints=endpoints, quorum=len(ways), addresses=chain.addresses, folder=folder, store=store or folder, more=more))
        self.log = folder / "log"
        with self.log.open("w") as log:
            self.process = subprocess.Popen([poker(), "run", "--config", folder / "poker.yaml"], stdin=subprocess.DEVNULL,
                                            stdout=subprocess.DEVNULL, stderr=log, env={"PATH": "/usr/bin:/bin"})
        self.address = eventually("the poker serves its probes", self._listening)

    def _listening(self):
        self.require()
        for line in self.log.read_text().splitlines():
            if "probes, metrics and status at http://" in line:
                return line.split("http://")[1].split('"')[0]
        return None

    def require(self) -> None:
        if self.process.poll() is not None:
            raise AssertionError(f"the poker ended with {self.process.returncode}:\n{self.log.read_text()[-3000:]}")

    def get(self, path: str) -> tuple:
        """Status and text."""
        try:
            with urllib.request.urlopen(f"http://{self.address}/{path}", timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    @property
    def is_ready(self) -> bool:
        self.require()
        return self.get("readyz")[0] == 200

    def metric(self, start: str):
        """The value of the first series whose line begins so; `None` without one."""
        for line in self.get("metrics")[1].splitlines():
            if line.startswith(start) and not line.startswith("#"):
                return float(line.rsplit(" ", 1)[1])
        return None

    def mine(self, at: int = None) -> None:
        """Mines a block and waits until the poker has looked at it."""
        number = self.chain.mine(at)
        mark = f'"block":"{number}"'

        def seen() -> bool:
            self.require()
            return any(mark in line and ('"message":"tick"' in line or '"message":"passed"' in line)
                       for line in self.log.read_text().splitlines()[-400:])
        eventually(f"the poker has seen block {number}", seen)

    def settle(self) -> None:
        """A new store waits until the account is known to be quiet: a few blocks on this chain."""
        for _ in range(6):
            self.mine()

    def end(self) -> int:
        """Its exit code after SIGTERM."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(40)

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()

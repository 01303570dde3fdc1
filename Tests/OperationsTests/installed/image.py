# SPDX-License-Identifier: Apache-2.0
"""A poker in the root file system of its container, without an engine: it starts as the first process, as in one."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

from .chain import Chain
from .keeper import Keeper, configuration
from .machine import Failure, Machine, said

MAKE_ROOT = Path(__file__).resolve().parents[3] / "Packaging/container/make-root"
ENTER = Path(__file__).with_name("enter.py")
USER = 65532


class Image(Keeper):
    """Use it in a `with`; the key file and its password are those of a folder."""

    def __init__(self, chain: Chain, package: Path, folder: Path, keys: dict):
        super().__init__(chain)
        self.folder = folder
        self.root = folder / "image"
        said(MAKE_ROOT, package, self.root)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        secrets, config = (self.folder / name for name in ("secrets", "configuration"))
        for place in (secrets, config):
            place.mkdir()
        # As Kubernetes mounts them: root's, and readable by the group of the pod.
        for name, text in dict(keys, **{"node-url": chain.url + "\n"}).items():
            (secrets / name).write_text(text)
            os.chown(secrets / name, 0, USER)
            (secrets / name).chmod(0o440)
        (config / "keeper.yaml").write_text(configuration(
            chain, "/run/secrets/", "/var/lib/keeperkit/poker.sqlite", f'ops: {{ listen: "0.0.0.0:{self.port}" }}\n'))
        self.output = folder / "image.log"
        self.process = subprocess.Popen(
            ["unshare", "--mount", "--pid", "--fork", "--kill-child", sys.executable, ENTER, self.root, config, secrets],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=open(self.output, "wb"))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()

    def log(self) -> list:
        return [json.loads(line) for line in self.output.read_text().splitlines() if line.startswith("{")]

    def check(self) -> None:
        if self.process.poll() is not None:
            raise Failure(f"it ended: {self.output.read_text()[-2000:]}")

    def ask(self, path: str) -> tuple:
        """Status and text of an answer of the ops endpoint."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as response:
                return response.status, response.read().decode()
        except urllib.error.HTTPError as refusal:
            return refusal.code, refusal.read().decode()
        except OSError as failure:
            return 0, str(failure)

    def first(self) -> int:
        """The keeper, which is the first process of its namespace, as it is numbered here."""
        return int(Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()[0])

    def stop(self) -> int:
        """The exit code after SIGTERM."""
        os.kill(self.first(), signal.SIGTERM)
        return self.process.wait(30)

    def started(self) -> None:
        Machine.until("its probes", lambda: self.check() or self.ask("/healthz")[0] == 200, 60)

    def turns(self, status: int) -> str:
        """Waits until /readyz has a status, while /healthz stays as it is; gives back what it says."""
        def has() -> bool:
            self.check()
            alive = self.ask("/healthz")
            if alive[0] != 200:
                raise Failure(f"/healthz: {alive}")
            return self.ask("/readyz")[0] == status
        try:
            Machine.until(f"/readyz to say {status}", has)
        except Failure as failure:
            raise Failure(f"{failure}; it says {self.ask('/readyz')}. {self.output.read_text()[-1500:]}") from failure
        return self.ask("/readyz")[1].strip()

    def outage(self) -> str:
        """The only node hangs, and comes back with a new block."""
        self.chain.process.send_signal(signal.SIGSTOP)
        try:
            reason = self.turns(503)
        finally:
            self.chain.process.send_signal(signal.SIGCONT)
        self.chain.mine(self.chain.head_time() + 12)
        self.turns(200)
        return reason

    def full_disk(self, slot: int) -> str:
        """The disk is full when a slot begins, and is not any more at the next block."""
        self.block(slot - 1)
        filler = Path(f"/proc/{self.first()}/root/var/lib/keeperkit/filler")
        with open(filler, "wb", buffering=0) as file:
            try:
                while True:
                    file.write(bytes(4096))
            except OSError:
                pass        # full
        self.chain.mine(slot + 11)
        reason = self.turns(503)
        if self.chain.waiting():
            raise Failure("something was sent that could not be written down")
        filler.unlink()
        self.chain.mine(slot + 23)
        self.turns(200)
        for step in range(10):
            self.block(slot + 35 + 12 * step)
        return reason

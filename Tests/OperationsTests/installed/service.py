# SPDX-License-Identifier: Apache-2.0
"""A poker as the service of an installed package, in step with a chain: a block is made, and it is waited until it was looked at."""

import json

from .chain import HOUR, ILKS, ORACLES, Chain
from .machine import Failure, Machine

NAME = "main"
UNIT = f"keeperkit-poker@{NAME}.service"
CONFIG = f"/etc/keeperkit/{NAME}.yaml"
SECRETS = f"/etc/keeperkit/secrets/{NAME}"
STORE = f"/var/lib/keeperkit/{NAME}.sqlite"
PASSWORD = "correct horse battery staple"


class Service:
    def __init__(self, machine: Machine, chain: Chain):
        self.machine = machine
        self.chain = chain

    def configure(self) -> None:
        """As the guide says: a configuration, and secrets that are root's. The key goes into a key file by keeperctl."""
        at = self.chain.addresses
        oracles = ", ".join(f'{name}: "{at[name]}"' for name in ORACLES)
        self.machine.write(CONFIG, f"""version: 1
name: poker-local
mode: primary
clock: chain
chain: {{ id: 1337 }}
rpc:
  endpoints:
    - {{ name: local, urlFile: "${{KEEPERKIT_SECRETS}}node-url" }}
  quorum: 1
poker:
  megaPoker: "{at['MEGAPOKER']}"
  multicall: "{at['MULTICALL3']}"
  spotter: "{at['MCD_SPOT']}"
  vat: "{at['MCD_VAT']}"
  oracles: [{oracles}]
  ilks: [{ILKS}]
  plan: cheapest
transactions: {{ maxFeePerGas: 100 gwei }}
signer:
  keystoreFile: "${{KEEPERKIT_SECRETS}}keystore.json"
  passwordFile: "${{KEEPERKIT_SECRETS}}password"
store: {STORE}
log: {{ format: json, level: debug }}
""")
        self.machine.run("install", "-d", "-m", "700", SECRETS)
        # A name, so that the resolver of the C library is used within the service's limits.
        self.machine.write(f"{SECRETS}/node-url", self.chain.url.replace("127.0.0.1", "localhost") + "\n", 0o600)
        self.set_key("keeper")

    def set_key(self, role: str) -> None:
        self.machine.write(f"{SECRETS}/password", PASSWORD + "\n", 0o600)
        self.machine.write("/run/key", self.chain.accounts[role]["key"] + "\n", 0o600)
        self.machine.run("mkdir", "/run/wallet")
        self.machine.run("keeperctl", "wallet", "import", "--private-key-file", "/run/key", "--password-file", f"{SECRETS}/password",
                         "--directory", "/run/wallet")
        self.machine.run("sh", "-c", f"mv /run/wallet/* {SECRETS}/keystore.json && chmod 600 {SECRETS}/keystore.json && rm -r /run/key /run/wallet")

    def poker(self, *arguments) -> str:
        """A verb by hand, as the service's user."""
        return self.machine.run("runuser", "-u", "keeperkit", "--", "env", f"KEEPERKIT_SECRETS={SECRETS}/", "poker", *arguments,
                                "--config", CONFIG)

    def start(self) -> None:
        self.machine.run("systemctl", "enable", "--now", UNIT)

    def show(self, name: str) -> str:
        return self.machine.run("systemctl", "show", "--value", f"--property={name}", UNIT).strip()

    def log(self) -> list:
        """What it wrote since the machine began."""
        lines = self.machine.run("journalctl", "--unit", UNIT, "--output", "cat", "--no-pager").splitlines()
        return [json.loads(line) for line in lines if line.startswith("{")]

    def block(self, time: int) -> int:
        """Makes a block, and waits until the poker has dealt with it."""
        number = self.chain.mine(time)
        self.machine.until(f"the poker to deal with block {number}", lambda: self.has_seen(number), 60)
        return number

    def has_seen(self, number: int) -> bool:
        if self.show("ActiveState") == "failed":
            raise Failure(f"the service failed: {self.log()[-3:]}")
        return any(line.get("message") in ("tick", "passed") and line.get("block") == str(number) for line in self.log()[-40:])

    def hour(self, slot: int, meanwhile=None) -> None:
        """The blocks around the start of a slot. With `meanwhile` its poke waits in the pool while that is done."""
        for time in (slot - 601, slot - 13, slot - 1):
            self.block(time)
        time = slot + 11
        if meanwhile:
            self.chain.hold(1000)
            self.block(time)
            self.machine.until("a transaction in the pool", lambda: self.chain.waiting() == 1, 60)
            meanwhile()
            # The next one has looked around; two more blocks go by without it.
            self.block(time + 12)
            self.block(time + 24)
            if self.chain.waiting() != 1:
                raise Failure(f"{self.chain.waiting()} transactions wait instead of one")
            self.chain.hold(0)
            time += 36
        for step in range(10):
            self.block(time + 12 * step)
        if self.chain.waiting():
            raise Failure("something waits still")

    def memory(self) -> dict:
        """Kibibytes of the process, now and at most."""
        pid = self.show("MainPID")
        status = self.machine.run("cat", f"/proc/{pid}/status")
        return {name: int(value.split()[0]) for name, value in (line.split(":", 1) for line in status.splitlines())
                if name in ("VmRSS", "VmHWM")}

# SPDX-License-Identifier: Apache-2.0
"""A poker as the service of an installed package."""

import json

from .chain import Chain
from .keeper import Keeper, configuration
from .machine import Failure, Machine

NAME = "mainnet"
UNIT = f"keeperkit-poker@{NAME}.service"
CONFIG = f"/etc/keeperkit/{NAME}.yaml"
SECRETS = f"/etc/keeperkit/secrets/{NAME}"
STORE = f"/var/lib/keeperkit/{NAME}.sqlite"


class Service(Keeper):
    def __init__(self, machine: Machine, chain: Chain):
        super().__init__(chain)
        self.machine = machine

    def configure(self) -> None:
        """As the guide says: a configuration, and secrets that are root's. The key goes into a key file by keeperctl."""
        self.machine.write(CONFIG, configuration(self.chain, "${KEEPERKIT_SECRETS}", STORE))
        self.machine.run("install", "-d", "-m", "700", SECRETS)
        # A name, so that the resolver of the C library is used within the service's limits.
        self.machine.write(f"{SECRETS}/node-url", self.chain.url.replace("127.0.0.1", "localhost") + "\n", 0o600)
        self.set_key("keeper")

    def set_key(self, role: str) -> None:
        """Puts the key of another account into the secrets; the process notices when it starts."""
        self.chain.role = role
        self.machine.write("/run/key", self.chain.accounts[role]["key"] + "\n", 0o600)
        self.machine.run("sh", "-c", f"umask 077; head -c 24 /dev/urandom | base64 >{SECRETS}/password")
        self.machine.run("mkdir", "/run/wallet")
        self.machine.run("keeperctl", "wallet", "import", "--private-key-file", "/run/key", "--password-file", f"{SECRETS}/password",
                         "--directory", "/run/wallet")
        self.machine.run("sh", "-c", f"mv /run/wallet/* {SECRETS}/keystore.json && rm -r /run/key /run/wallet")

    def secrets(self) -> dict:
        return {name: self.machine.path(f"{SECRETS}/{name}").read_text() for name in ("keystore.json", "password")}

    def poker(self, *arguments, program="poker") -> str:
        """A verb by hand, as root."""
        return self.machine.run("env", f"KEEPERKIT_SECRETS={SECRETS}/", program, *arguments, "--config", CONFIG)

    def start(self) -> None:
        self.machine.run("systemctl", "enable", "--now", UNIT)

    def show(self, name: str) -> str:
        return self.machine.run("systemctl", "show", "--value", f"--property={name}", UNIT).strip()

    def log(self) -> list:
        """What it wrote since the machine began."""
        lines = self.machine.run("journalctl", "--unit", UNIT, "--output", "cat", "--no-pager").splitlines()
        return [json.loads(line) for line in lines if line.startswith("{")]

    def check(self) -> None:
        if self.show("ActiveState") == "failed":
            raise Failure(f"the service failed: {self.log()[-3:]}")

    def memory(self) -> dict:
        """Kibibytes of the process: resident, of these its own and of files, and at most."""
        pid = self.show("MainPID")
        status = self.machine.run("cat", f"/proc/{pid}/status")
        return {name: int(value.split()[0]) for name, value in (line.split(":", 1) for line in status.splitlines())
                if name in ("VmRSS", "RssAnon", "RssFile", "VmHWM")}

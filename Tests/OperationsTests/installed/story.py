# SPDX-License-Identifier: Apache-2.0
"""Installs, runs, upgrades, rolls back and purges the poker's package on a fresh Debian, and says what came of it.

usage: python -m installed.story CURRENT.deb PREVIOUS.deb KEEPERCTL.deb CACHE
"""

import os
import re
import sqlite3
import sys
import time
from pathlib import Path

from .chain import HOUR, ORACLES, Chain
from .image import Image
from .machine import Failure, Machine, debian, said
from .service import CONFIG, NAME, SECRETS, STORE, UNIT, Service

MIDNIGHT = 1_663_027_200    # 2022-09-13 00:00 UTC
PACKAGES = "/var/tmp/packages"
COPY = "/var/lib/keeperkit/before.sqlite"
EXAMPLE = "/usr/share/doc/keeperkit-poker/examples/poker.yaml"


def version(package: Path) -> str:
    return package.name.split("_")[1]


class Story:
    def __init__(self, machine: Machine, chain: Chain, current: Path, previous: Path, keeperctl: Path):
        self.machine, self.chain = machine, chain
        self.current, self.previous, self.keeperctl = current, previous, keeperctl
        self.service = Service(machine, chain)
        self.began = time.monotonic()
        self.slots = []

    def tell(self, text: str) -> None:
        print(f"{time.monotonic() - self.began:5.0f} s  {text}", flush=True)

    def expect(self, holds: bool, text: str) -> None:
        if not holds:
            raise Failure(f"not so: {text}")

    def install(self, *packages: Path, more=()) -> str:
        for package in packages:
            target = self.machine.path(PACKAGES) / package.name
            target.parent.mkdir(exist_ok=True)
            if not target.exists():
                target.write_bytes(package.read_bytes())
        return self.machine.apt("install", *more, *(f"{PACKAGES}/{package.name}" for package in packages))

    def next_slot(self) -> int:
        self.slots.append(MIDNIGHT + HOUR * len(self.slots))
        return self.slots[-1]

    def running(self) -> str:
        """The version of the process, by what it wrote when it started."""
        return [line for line in self.service.log() if line.get("message") == "started"][-1]["version"]

    # The parts.

    def fresh(self) -> None:
        """The present version, on a machine that never saw it."""
        self.install(self.current, self.keeperctl)
        said = self.machine.run("poker", "--version").strip()
        self.expect(said == version(self.current), f"poker --version says {said}")
        self.expect(self.service.show("ActiveState") == "inactive", "installing starts nothing")
        checked = self.machine.run("env", "KEEPERKIT_SECRETS=/nowhere/", "poker", "config", "check", "--config", EXAMPLE).strip()
        self.tell(f"installed {said}; config check of the example: {checked.split(': ', 1)[1]}")
        verified = self.machine.run("systemd-analyze", "verify", "--man=no", f"keeperkit-poker@{NAME}.service").strip()
        self.expect(verified == "", f"systemd-analyze verify has nothing to say: {verified}")
        level = re.search(r"Overall exposure level for \S+: ([0-9.]+)", self.machine.run("systemd-analyze", "security", "--no-pager", UNIT))
        self.expect(level is not None and float(level[1]) <= 1.5, f"systemd-analyze security: {level and level[0]}")
        self.tell(f"{level[0]} (of 10)")
        self.service.configure()
        self.tell(f"config check: {self.service.poker('config', 'check').strip().split(': ', 1)[1]}")
        code, said = self.machine.status("env", f"KEEPERKIT_SECRETS={SECRETS}/", "poker", "doctor", "--config", CONFIG)
        self.expect(code == 0, f"doctor ends with {code}: {said}")
        self.tell("doctor has nothing against it")
        self.service.start()
        self.quiet()
        self.service.hour(self.next_slot())
        user = self.machine.run("id", "-u", "keeperkit").strip()
        status = self.machine.run("cat", f"/proc/{self.service.show('MainPID')}/status")
        fields = dict(line.split(":", 1) for line in status.splitlines())
        self.expect(fields["Uid"].split() == [user] * 4, f"it runs as {fields['Uid']}")
        self.expect(fields["CapBnd"].strip() == "0000000000000000" and fields["NoNewPrivs"].strip() == "1"
                    and fields["Seccomp"].strip() == "2", "without capabilities, without new privileges, behind a filter of system calls")
        foreign = [line for line in self.machine.run("journalctl", "--no-pager", "--output=cat", "_COMM=poker").splitlines() if not line.startswith("{")]
        self.expect(not foreign, f"it writes nothing but JSON: {foreign}")
        self.tell(f"started by its unit as keeperkit, poked the first slot; memory {self.resident()}")
        self.figures()

    def resident(self) -> str:
        memory = self.service.memory()
        return (f"{memory['VmRSS'] / 1024:.1f} MiB resident ({memory['RssAnon'] / 1024:.1f} its own, {memory['RssFile'] / 1024:.1f} of the "
                f"program's file), {memory['VmHWM'] / 1024:.1f} MiB while the key file was opened")

    def figures(self) -> None:
        package = self.current.stat().st_size
        binary = self.machine.path("/usr/bin/poker").stat().st_size
        self.tell(f"package {package / 1e6:.1f} MB, installed program {binary / 1e6:.1f} MB, "
                  f"keeperctl {self.keeperctl.stat().st_size / 1e6:.1f} MB and {self.machine.path('/usr/bin/keeperctl').stat().st_size / 1e6:.1f} MB")

    def change(self, package: Path, *more: str) -> None:
        """Another version, while a transaction is pending."""
        self.service.hour(self.next_slot(), lambda: self.install(package, more=more))
        self.expect(self.running() == version(package), f"the running process is {self.running()}")
        self.expect(self.service.show("NRestarts") == "0", "nothing failed on the way")
        self.service.hour(self.next_slot())

    def prepare(self) -> None:
        """What the guide does before an upgrade, beside the running keeper."""
        self.machine.run("dpkg-deb", "--extract", f"{PACKAGES}/{self.current.name}", "/run/new")
        new = "/run/new/usr/bin/poker"
        self.service.poker("config", "check", program=new)
        said = self.service.poker("replay", "--diff", "--journal", STORE, program=new)
        self.tell(f"the new version derives the old one's decisions: {said.strip().splitlines()[-1]}")
        self.copy()

    def copy(self) -> None:
        self.machine.run("rm", "-f", COPY)
        self.machine.run("runuser", "-u", "keeperkit", "--", "keeperctl", "store", "backup", STORE, "--output", COPY)

    def killed(self) -> None:
        """A process that dies is started again."""
        pid = self.service.show("MainPID")
        self.machine.run("systemctl", "kill", "--signal=KILL", UNIT)
        self.machine.until("another process", lambda: self.service.show("MainPID") not in ("0", pid), 30)
        self.service.hour(self.next_slot())
        self.tell("killed: started again by systemd after 5 s, and it poked the next slot")

    def refused(self) -> None:
        """A store that a newer version wrote is refused once, and not again and again; the way back is the copy from before."""
        self.copy()
        self.machine.run("systemctl", "stop", UNIT)
        with sqlite3.connect(f"{self.machine.root}{STORE}") as store:
            store.execute("INSERT INTO grdb_migrations VALUES ('9999-of-the-future')")
        store.close()
        self.machine.status("systemctl", "start", UNIT)
        self.failed(78)
        self.machine.run("sh", "-c", f"cd /var/lib/keeperkit && mkdir newer && mv {STORE} newer/ && rm -f {STORE}-wal {STORE}-shm && mv {COPY} {STORE}")
        self.machine.run("systemctl", "reset-failed", UNIT)
        self.machine.run("systemctl", "start", UNIT)
        self.service.hour(self.next_slot())
        self.tell("a store of a newer version: exit code 78, not tried again; with the copy from before it poked the next slot")

    def rotated(self) -> None:
        """Another key, as the guide says: stop, retire, exchange the files, start."""
        self.service.set_key("keeper")
        self.machine.run("systemctl", "restart", UNIT)
        self.service.hour(self.next_slot())
        self.tell("another key file and password of the same account: restarted, and it poked the next slot")
        self.machine.run("systemctl", "stop", UNIT)
        said = [line for line in self.service.poker("retire").splitlines() if not line.startswith("{")]     # without its log
        self.expect(said[0].endswith("is retired: nothing in flight, nothing pending"), said[0])
        owners = self.machine.run("sh", "-c", f"stat -c %U {STORE}*").split()
        self.expect(set(owners) == {"keeperkit"}, f"root left the store to its owner: {owners}")
        self.machine.status("systemctl", "start", UNIT)
        self.failed(77)
        self.service.set_key("keeper2")
        self.machine.run("systemctl", "reset-failed", UNIT)
        self.machine.run("systemctl", "start", UNIT)
        account = self.chain.accounts["keeper2"]["address"].lower()
        self.machine.until("the new account", lambda: any(line.get("account", "").lower() == account for line in self.service.log()))
        self.quiet()
        self.service.hour(self.next_slot())
        self.tell("another key: retired the old one (which is refused from then on, exit code 77), and the new one poked the next slot")

    def failed(self, code: int) -> None:
        """It ended with a code, and is not tried again."""
        self.machine.until("the end", lambda: self.service.show("ActiveState") == "failed", 60)
        self.expect(self.service.show("ExecMainStatus") == str(code), f"exit code {self.service.show('ExecMainStatus')}")
        self.expect(self.service.show("NRestarts") == "0", "it is not tried again")

    def quiet(self, keeper=None) -> None:
        """Blocks in which a new account, or a new store, sees that nothing else sends."""
        head = self.chain.head_time()
        for step in range(8):
            (keeper or self.service).block(head + 12 * (step + 1))

    def contained(self, keys: dict, folder: Path) -> None:
        """The same program in the root of its container."""
        with Image(self.chain, self.current, folder, keys) as image:
            image.started()
            self.quiet(image)
            image.hour(self.next_slot())
            for path in ("/healthz", "/readyz", "/metrics"):
                self.expect(image.ask(path)[0] == 200, f"{path}: {image.ask(path)}")
            warnings = [line["message"] for line in image.log() if line.get("level") == "warning" and "the store is new" not in line["message"]]
            self.expect(not warnings, f"nothing to warn of: {warnings}")
            self.tell(f"the node hangs: /healthz 200, /readyz 503 \"{image.outage()}\", then 200")
            self.tell(f"the disk is full when a slot begins: /healthz 200, /readyz 503 \"{image.full_disk(self.next_slot())}\", then it poked")
            foreign = [line for line in image.output.read_text().splitlines() if not line.startswith("{")]
            self.expect(not foreign, f"it writes nothing but JSON: {foreign}")
            code = image.stop()
            self.expect(code == 0, f"SIGTERM to the first process of its namespace ends it with {code}")
        size = sum(file.lstat().st_size for file in image.root.rglob("*") if file.is_file() and not file.is_symlink())
        self.tell(f"container's root, without an engine: {size / 1e6:.1f} MB, no shell; read-only, as 65532, it poked the next slot")

    def once(self) -> None:
        """Every slot was poked by one transaction."""
        ours, advanced = self.chain.pokes()
        for slot in self.slots:
            hour = (slot - MIDNIGHT) // HOUR
            self.expect(ours[slot] == 1, f"hour {hour}: {ours[slot]} transactions")
            self.expect(advanced.get(slot) == {name: 1 for name in ORACLES}, f"hour {hour}: {advanced.get(slot)}")
        self.tell(f"{len(self.slots)} slots, each poked by exactly one transaction")

    def purge(self, before: set) -> None:
        self.machine.run("systemctl", "stop", UNIT)
        self.expect(self.service.show("Result") == "success" and self.service.show("ExecMainStatus") == "0", "SIGTERM ends it with 0")
        self.machine.run("systemctl", "start", UNIT)
        said = self.machine.apt("purge", "keeperkit-poker", "keeperctl")
        self.expect("stay in /var/lib/keeperkit" in said and "stay in /etc/keeperkit" in said, "it says what stays")
        self.expect(self.machine.status("sh", "-c", "grep -lx poker /proc/[0-9]*/comm")[0] == 1, "nothing runs any more")
        left = self.machine.files() - before
        ours = {path for path in left if path.startswith(("/var/lib/keeperkit", "/etc/keeperkit"))}
        # The user owns the store; those who keep copies of the lists of users keep them.
        self.expect(left - ours <= {"/etc/passwd-", "/etc/group-", "/etc/shadow-", "/etc/gshadow-", "/etc/subuid-", "/etc/subgid-"},
                    f"left behind: {sorted(left - ours)}")
        self.expect(not before - self.machine.files(), "nothing of others was taken")
        states = self.machine.run("dpkg-query", "--show", "--showformat", "${Package} ${db:Status-Abbrev}\\n")
        self.expect("keeper" not in states, "dpkg knows nothing of it any more")
        self.tell(f"purged; left: {', '.join(sorted(path for path in ours if path.count('/') >= 3 and not path.startswith('/etc/keeperkit/secrets')))}")
        self.machine.run("rm", "-r", "/var/lib/keeperkit", "/etc/keeperkit")
        self.install(self.current)
        self.machine.apt("purge", "keeperkit-poker")
        self.expect(self.machine.status("getent", "passwd", "keeperkit")[0] == 2, "without a store the user goes too")
        self.expect(not {path for path in self.machine.files() - before if "keeper" in path}, "nothing is left")
        self.tell("without a store, nothing at all is left, the user neither")

    def tell_all(self) -> None:
        self.machine.apt("update")
        self.machine.run("mkdir", "-p", PACKAGES)
        # What other packages leave behind is theirs: those that ours stands on are there before, and stay.
        depends = said("dpkg-deb", "--field", self.current, "Depends")
        self.machine.apt("install", *(need.split()[0] for need in depends.split(",")))
        before = self.machine.files()
        self.fresh()
        self.change(self.previous, "--allow-downgrades")
        self.tell(f"rolled back to {version(self.previous)} with a transaction pending")
        self.prepare()
        self.change(self.current)
        self.tell(f"upgraded to {version(self.current)} with a transaction pending")
        self.killed()
        self.refused()
        self.rotated()
        keys = self.service.secrets()
        self.purge(before)
        self.contained(keys, self.machine.folder)
        self.once()


def main() -> int:
    current, previous, keeperctl, cache = map(Path, sys.argv[1:])
    cache = cache.resolve()
    print("a fresh Debian 12 with systemd, by debootstrap" if not (cache / "debian-bookworm.tar").exists() else "a fresh Debian 12 with systemd", flush=True)
    base = debian(cache)
    with Machine(base, cache) as machine, Chain(MIDNIGHT - 1800) as chain:
        story = Story(machine, chain, current, previous, keeperctl)
        try:
            story.tell_all()
        except Failure as failure:
            print(f"FAILED: {failure}")
            code, log = machine.status("journalctl", "--no-pager", "-n", "40", "-o", "cat", "-u", UNIT)
            print(log[-6000:])
            if os.environ.get("KEEP"):
                input("the machine is there until Enter")
            return 1
    print("all as it must be")
    return 0


if __name__ == "__main__":
    sys.exit(main())

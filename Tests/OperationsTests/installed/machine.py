# SPDX-License-Identifier: Apache-2.0
"""A Debian 12 of its own, with systemd as its first process, in namespaces of this machine. It shares the network only."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

SUITE = "bookworm"
BOOT = Path(__file__).with_name("boot")
PATIENCE = 120      # seconds


class Failure(Exception):
    """Something of the story is not as it must be."""


def said(*command, **options) -> str:
    """What a command prints; it must end well."""
    done = subprocess.run([str(part) for part in command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, **options)
    if done.returncode != 0:
        raise Failure(f"{' '.join(map(str, command))} ended with {done.returncode}:\n{done.stdout}")
    return done.stdout


def debian(cache: Path) -> Path:
    """A tar file of Debian as debootstrap makes it, with systemd; made once."""
    made = cache / f"debian-{SUITE}.tar"
    if not made.exists():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as folder:
            said("debootstrap", "--variant=minbase", "--include=systemd,systemd-sysv,dbus", SUITE, f"{folder}/root")
            said("tar", "-C", f"{folder}/root", "-cf", f"{folder}/tar", ".")
            os.rename(f"{folder}/tar", made)
    return made


def unified() -> Path:
    """Where the second version of control groups is mounted."""
    for line in Path("/proc/mounts").read_text().splitlines():
        _, place, kind, *_ = line.split()
        if kind == "cgroup2":
            return Path(place)
    raise Failure("there are no control groups of version 2")


class Machine:
    """Use it in a `with`: at its end nothing of it is left."""

    def __init__(self, base: Path, parent: Path):
        self.folder = Path(tempfile.mkdtemp(dir=parent))
        self.root = self.folder / "root"
        self.group = unified() / f"keeperkit-{os.getpid()}"
        self.base = base
        self.process = None
        self.first = 0

    def __enter__(self):
        try:
            self.root.mkdir()
            said("tar", "-C", self.root, "-xpf", self.base)
            shutil.copy("/etc/resolv.conf", self.root / "etc/resolv.conf")
            (self.root / "etc/hosts").write_text("127.0.0.1 localhost\n")
            for timer in ("apt-daily.timer", "apt-daily-upgrade.timer"):
                (self.root / "etc/systemd/system" / timer).symlink_to("/dev/null")     # would lock dpkg at times of their own
            # A group of its own first: its systemd sees that as the root of all groups.
            self.group.mkdir()
            self.process = subprocess.Popen(
                ["unshare", "--mount", "--pid", "--fork", "--kill-child", "--cgroup", "--uts", "--ipc", str(BOOT), str(self.root)],
                stdin=subprocess.DEVNULL, stdout=open(self.folder / "boot.log", "wb"), stderr=subprocess.STDOUT,
                preexec_fn=lambda: (self.group / "cgroup.procs").write_text(str(os.getpid())))
            self.until("systemd", self.is_up)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        if self.process:
            self.process.kill()     # unshare takes the first process with it, and that all others
            self.process.wait()
        deadline = time.monotonic() + 10
        while self.group.exists() and time.monotonic() < deadline:
            try:
                for group, _, _ in sorted(os.walk(self.group), reverse=True):
                    os.rmdir(group)
            except OSError:
                time.sleep(0.1)     # the kernel is still ending them
        shutil.rmtree(self.folder, ignore_errors=True)

    def is_up(self) -> bool:
        if self.process.poll() is not None:
            raise Failure(f"the machine did not start: {(self.folder / 'boot.log').read_text()}")
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        if not children:
            return False
        self.first = int(children[0])
        state = subprocess.run(self.inside("systemctl", "is-system-running"), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                               text=True).stdout.strip()
        return state in ("running", "degraded")

    def inside(self, *command) -> list:
        """The same command, as one of the machine's root."""
        return ["nsenter", f"--target={self.first}", "--mount", "--pid", "--cgroup", "--uts", "--ipc", "--root", "--wd", "--",
                "/usr/bin/env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8", "HOME=/root", "DEBIAN_FRONTEND=noninteractive",
                *[str(part) for part in command]]

    def run(self, *command) -> str:
        """What a command in the machine prints; it must end well."""
        return said(*self.inside(*command))

    def status(self, *command) -> tuple:
        """How a command in the machine ends, and what it prints."""
        done = subprocess.run(self.inside(*command), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        return done.returncode, done.stdout

    def apt(self, *arguments) -> str:
        return self.run("apt-get", "--yes", "--no-install-recommends", "-o", "Dpkg::Use-Pty=0", *arguments)

    def path(self, inside: str) -> Path:
        """Where a file of the machine, as it sees it, is seen from here."""
        return Path(f"/proc/{self.first}/root{inside}")

    def write(self, path: str, text: str, mode=0o644) -> None:
        file = self.path(path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        file.chmod(mode)

    def files(self) -> set:
        """All there is, but for what the machine's own programs keep: the kernel's, caches, logs, lists of packages."""
        kept = ("/proc", "/sys", "/dev", "/run", "/tmp", "/var/tmp", "/var/log", "/var/cache", "/var/lib/apt", "/var/lib/dpkg", "/var/lib/systemd",
                "/etc/machine-id")
        found = set()
        for place, folders, names in os.walk(self.root):
            inside = "/" + os.path.relpath(place, self.root)
            folders[:] = [name for name in folders if os.path.join(inside, name).replace("/./", "/") not in kept]
            found |= {os.path.join(inside, name).replace("/./", "/") for name in folders + names}
        return found - set(kept)

    @staticmethod
    def until(what: str, is_so, patience=PATIENCE):
        """Waits for another process, and gives back what `is_so` says then."""
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            if answer := is_so():
                return answer
            time.sleep(0.05)
        raise Failure(f"waited {patience} s for {what}")

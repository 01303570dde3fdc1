# SPDX-License-Identifier: Apache-2.0
"""Becomes the keeper in the root of a container, as an engine would start it: the root can only be read, the user is nobody's and can
become nobody else, and a configuration, secrets and a disk for the store are mounted. Run by `unshare --mount --pid --fork`.

usage: python enter.py ROOT CONFIGURATION SECRETS
"""

import ctypes
import os
import subprocess
import sys

USER = 65532
STORE = "8m"
PR_SET_NO_NEW_PRIVS = 38    # prctl(2)
DEVICES = ("null", "zero", "random", "urandom")


def mount(*arguments) -> None:
    subprocess.run(["mount", *arguments], check=True)


def main() -> None:
    root, configuration, secrets = sys.argv[1:]
    mount("--make-rprivate", "/")
    mount("--bind", root, root)
    mount("-t", "proc", "proc", f"{root}/proc")
    mount("-t", "tmpfs", "tmpfs", f"{root}/tmp")
    mount("-t", "tmpfs", "tmpfs", f"{root}/dev")
    for device in DEVICES:
        with open(f"{root}/dev/{device}", "w"):
            mount("--bind", f"/dev/{device}", f"{root}/dev/{device}")
    # Small, so that it can be filled.
    mount("-t", "tmpfs", "-o", f"size={STORE},uid={USER},gid={USER},mode=750", "tmpfs", f"{root}/var/lib/keeperkit")
    for folder, place in ((configuration, "etc/keeperkit"), (secrets, "run/secrets")):
        mount("--bind", folder, f"{root}/{place}")
    mount("-o", "remount,bind,ro", root)
    os.chroot(root)
    os.chdir("/var/lib/keeperkit")
    os.setgroups([])
    os.setgid(USER)
    os.setuid(USER)
    if ctypes.CDLL(None).prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        sys.exit("no_new_privs was refused")
    os.execve("/usr/bin/keeper", ["/usr/bin/keeper", "run", "--config", "/etc/keeperkit/keeper.yaml"], {"LIBDISPATCH_LOG": "NO"})


if __name__ == "__main__":
    main()

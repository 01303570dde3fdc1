# SPDX-License-Identifier: Apache-2.0
"""What the tests of the house share: a folder of one's own and a way to run a command."""

import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def run(*command, directory=None, environment=None) -> tuple:
    """Exit code and everything that was said."""
    done = subprocess.run([str(part) for part in command], cwd=directory, env=environment, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return done.returncode, done.stdout


class Folder(unittest.TestCase):
    """A test with a directory of its own."""

    def setUp(self):
        self.root = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.root)

    def write(self, path: str, text: str, mode=0o644) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        file.chmod(mode)

# SPDX-License-Identifier: Apache-2.0
"""How the probes of a running poker behave: liveness is about the loop alone, or a supervisor would restart every keeper for an outage
of the nodes; readiness says whether the keeper can do its work now."""

import shutil
import signal
import subprocess
import tempfile
import unittest
from pathlib import Path

from house import run
from local import Chain, Poker, Way, missing
from monitoring import eventually


@unittest.skipIf(missing(), f"needs {', '.join(missing())}")
class Probes(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="keeperkit-probes-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.chain = Chain()
        self.addCleanup(self.chain.stop)
        self.way = Way(self.chain.port)

    def start(self, **more) -> Poker:
        poker = Poker(self.chain, self.folder, {"own": self.way}, **more)
        self.addCleanup(poker.stop)
        return poker

    def alive(self, poker: Poker) -> None:
        self.assertEqual(poker.get("healthz"), (200, "alive\n"))

    def test_an_outage_of_the_nodes_takes_readiness_and_leaves_life(self):
        poker = self.start()
        poker.mine()
        eventually("it is ready", lambda: poker.is_ready)
        self.way.cut()
        eventually("it is not ready", lambda: not poker.is_ready)
        self.alive(poker)
        self.assertEqual(poker.metric("keeper_ready{"), 0)
        status, reason = poker.get("readyz")
        self.assertEqual(status, 503)
        self.assertIn("own", reason)
        self.assertNotIn(str(self.way.port), reason, "an endpoint is shown by its name only")
        began = poker.get("metrics")[1].count("process_start_time_seconds")
        self.way.restore()
        self.chain.mine()
        eventually("it is ready again", lambda: poker.is_ready)
        self.alive(poker)
        self.assertEqual((poker.metric("keeper_ready{"), began > 0), (1, True))
        self.assertEqual(poker.end(), 0)

    def test_a_keeper_that_starts_into_an_outage_is_alive_and_waits(self):
        self.way.cut()
        poker = self.start()
        self.alive(poker)
        eventually("it says why it is not ready", lambda: poker.get("readyz")[0] == 503 and "own" in poker.get("readyz")[1])
        self.way.restore()
        eventually("it is ready without a restart", lambda: self.chain.mine() and poker.is_ready)
        self.assertEqual(poker.end(), 0)

    def test_a_full_disk_takes_readiness_and_leaves_life_and_room_gives_it_back(self):
        disk = self.folder / "disk"
        disk.mkdir()
        code, said = run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk)
        if code != 0:
            self.skipTest(f"needs the right to mount a small disk: {said.strip()}")
        self.addCleanup(subprocess.run, ["umount", "--lazy", str(disk)], check=True)
        poker = self.start(store=disk)
        poker.settle()
        self.assertTrue(poker.is_ready)
        with (disk / "filler").open("wb", buffering=0) as filler, self.assertRaises(OSError):
            while True:
                filler.write(bytes(4096))
        # Near the hour each block is decided on, and a decision that cannot be written down is not acted on.
        self.chain.mine(self.chain.hour - 25)
        eventually("it is not ready", lambda: not poker.is_ready)
        self.alive(poker)
        self.assertIn("disk", poker.get("readyz")[1])
        failures = 'keeper_tick_failures_total{cause="store"'
        before = poker.metric(failures)
        self.chain.mine(self.chain.hour + 11)
        eventually("it tried to decide", lambda: poker.metric(failures) > before)
        self.assertEqual(poker.metric("keeper_transactions_in_flight{"), 0)
        (disk / "filler").unlink()
        eventually("it is ready again", lambda: poker.is_ready or not self.chain.mine())
        eventually("what was due is sent", lambda: poker.metric('keeper_outcomes_total{keeper="poker-local",outcome="broadcast"') == 1)
        self.assertEqual(poker.end(), 0)

    def test_a_keeper_that_is_told_to_stop_is_not_ready_at_once_and_ends_in_order(self):
        poker = self.start()
        poker.settle()
        self.assertTrue(poker.is_ready)
        # What it is at takes as long as its node lets it wait.
        self.way.hang()
        eventually("a request waits for its node", lambda: self.way.waiting > 0)
        self.assertTrue(poker.is_ready)
        poker.process.send_signal(signal.SIGTERM)
        eventually("it says that it stops", lambda: poker.get("readyz") == (503, "stopping\n"), patience=2)
        self.alive(poker)
        self.assertEqual(poker.process.wait(20), 0)


if __name__ == "__main__":
    unittest.main()

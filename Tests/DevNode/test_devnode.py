# SPDX-License-Identifier: Apache-2.0
"""Tests of the local chain: PYTHONPATH=Tests/DevNode python Tests/DevNode/test_devnode.py"""

import http.client
import json
import os
import subprocess
import sys
import tempfile
import unittest
from datetime import datetime, timezone
from pathlib import Path

from devnode import scenario
from devnode.accounts import ACCOUNTS
from devnode.series import Series
from devnode.transaction import signed

HERE = Path(__file__).resolve().parent
HOUR = 3600
GWEI = 10**9
POKE = "0x18178358"
PEEK = "0x59e02dd7"
PASS = "0xa7a1ed72"
LOG_VALUE = "0x296ba4ca62c6c21c95e828080cb8aec7481b71390585605300a8a76f9e95b527"
SPOT_POKE = "0xdfd7467e425a8107cfd368d159957692c25085aacbcf5228ce08f10f2146486e"
PRICES = {"BTC": 21_590 * 10**18, "ETH": 1_700 * 10**18, "WSTETH": 1_839 * 10**18, "SKY": 765 * 10**14}


class Refused(Exception):
    """An error answer."""

    def __init__(self, error: dict):
        super().__init__(error["message"])
        self.code, self.message, self.data = error["code"], error["message"], error.get("data")


class NodeProcess:
    """A running node."""

    def __init__(self, *flags):
        environment = dict(os.environ, PYTHONPATH=str(HERE))
        self.process = subprocess.Popen([sys.executable, "-m", "devnode", *flags], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, env=environment)
        self.ready = json.loads(self.process.stdout.readline())
        self.at = self.ready["addresses"]
        self.accounts = {account["role"]: account["address"] for account in self.ready["accounts"]}
        self.connection = http.client.HTTPConnection(self.ready["listening"].removeprefix("http://"))

    def post(self, body):
        """The decoded response to a body."""
        self.connection.request("POST", "/", json.dumps(body), {"Content-Type": "application/json"})
        return json.loads(self.connection.getresponse().read())

    def __call__(self, method, *parameters):
        answer = self.post({"jsonrpc": "2.0", "id": 1, "method": method, "params": list(parameters)})
        if "error" in answer:
            raise Refused(answer["error"])
        return answer["result"]

    def stop(self):
        """Closes its standard input, which is how a parent's end looks to it."""
        self.connection.close()
        self.process.stdin.close()
        self.process.stdout.close()
        return self.process.wait(timeout=10)


class NodeTest(unittest.TestCase):
    """One node for all tests; each starts from the same snapshot."""

    @classmethod
    def setUpClass(cls):
        cls.node = NodeProcess()

    @classmethod
    def tearDownClass(cls):
        cls.node.stop()

    def setUp(self):
        self.saved = self.node("evm_snapshot")
        self.prices = dict(PRICES)

    def tearDown(self):
        self.assertTrue(self.node("evm_revert", self.saved))

    # Shorthands
    def head(self):
        return self.node("eth_getBlockByNumber", "latest", False)

    def now(self):
        return int(self.head()["timestamp"], 16)

    def next_hour(self):
        return (self.now() // HOUR + 1) * HOUR

    def to_next_hour(self, past=11):
        self.node("evm_setNextBlockTimestamp", self.next_hour() + past)

    def move_prices(self):
        for asset, price in self.prices.items():
            self.prices[asset] = price * 10_037 // 10_000
            self.node("devnode_setSource", asset, str(self.prices[asset]), True)
        self.node("evm_mine")

    def poke(self, **options):
        tx_hash = self.node("devnode_poke", options)
        self.node("evm_mine")
        return self.node("eth_getTransactionReceipt", tx_hash)

    def effects(self, receipt):
        first = [log["topics"][0] for log in receipt["logs"]]
        return first.count(LOG_VALUE), first.count(SPOT_POKE)

    def mega(self, sender="keeper"):
        return {"from": self.node.accounts[sender], "to": self.node.at["MEGAPOKER"], "data": POKE}

    def estimate(self, *more):
        return int(self.node("eth_estimateGas", self.mega(), *more), 16)

    def word(self, contract, data, **more):
        return int(self.node("eth_call", {"to": self.node.at[contract], "data": data, **more}, "latest"), 16)

    def refused(self, message, method, *parameters):
        with self.assertRaises(Refused) as caught:
            self.node(method, *parameters)
        self.assertIn(message, caught.exception.message)
        return caught.exception

    def raw(self, role="keeper", nonce=None, tip=GWEI, cap=50 * GWEI, gas=21_000, value=1, chain_id=1337):
        account = ACCOUNTS[role]
        if nonce is None:
            nonce = int(self.node("eth_getTransactionCount", account.checksummed, "pending"), 16)
        entry = signed(account, chain_id, nonce, b"\x11" * 20, b"", gas, tip, cap, value)
        return "0x" + entry.tx.encode().hex()

    # The world
    def test_the_world_is_ready_before_the_hour(self):
        self.assertEqual(self.now() % 12, 11)
        for asset in PRICES:
            pip = self.node.at[f"PIP_{asset}"]
            self.assertEqual(self.word(f"PIP_{asset}", PASS), 0)
            slots = [int(self.node("eth_getStorageAt", pip, hex(slot), "latest"), 16) for slot in range(1, 5)]
            self.assertEqual(slots[0], 0)
            self.assertEqual(slots[1] & (2**160 - 1), int(self.node.at[f"SRC_{asset}"], 16))
            self.assertEqual(slots[1] >> 160 & 0xFFFF, HOUR)
            self.assertEqual(slots[1] >> 176, self.now() // HOUR * HOUR)
            self.assertEqual(slots[2] >> 128, 1)
            self.assertEqual(slots[3] >> 128, 1)

    def test_tolled_reads_need_the_right_caller(self):
        error = self.refused("execution reverted: OSM/contract-not-whitelisted", "eth_call",
                             {"to": self.node.at["PIP_ETH"], "data": PEEK}, "latest")
        self.assertEqual(error.code, 3)
        self.assertTrue(error.data.startswith("0x08c379a0"))
        answer = self.node("eth_call", {"to": self.node.at["PIP_ETH"], "data": PEEK, "from": self.node.at["MCD_SPOT"]},
                           "latest")
        self.assertEqual(int(answer[66:], 16), 1)

    def test_a_view_follows_the_time_override(self):
        hour = self.next_hour()
        call = {"to": self.node.at["PIP_ETH"], "data": PASS}
        ask = lambda time: int(self.node("eth_call", call, "latest", {}, {"time": hex(time)}), 16)
        self.assertEqual([ask(hour - 1), ask(hour)], [0, 1])
        self.refused("non-string", "eth_call", call, "latest", {}, {"time": hour})

    # Poking
    def test_six_hours_of_pokes(self):
        for _ in range(6):
            self.move_prices()
            self.to_next_hour()
            receipt = self.poke()
            self.assertEqual((receipt["status"], self.effects(receipt)), ("0x1", (4, 9)))
            cur = int(self.node("eth_getStorageAt", self.node.at["PIP_ETH"], "0x4", "latest"), 16) & (2**128 - 1)
            self.assertEqual(cur, self.prices["ETH"])
        again = self.poke()
        self.assertEqual(self.effects(again), (0, 9))
        self.assertLess(int(again["gasUsed"], 16), int(receipt["gasUsed"], 16) - 100_000)

    def test_gas_is_close_to_that_of_the_real_contracts(self):
        for _ in range(2):
            self.move_prices()
            self.to_next_hour()
            self.poke()
        self.assertAlmostEqual(int(self.poke()["gasUsed"], 16), 234_339, delta=234_339 * 0.06)
        self.move_prices()
        self.to_next_hour()
        self.assertAlmostEqual(int(self.poke()["gasUsed"], 16), 364_368, delta=364_368 * 0.06)

    def test_at_exactly_the_gas_used_the_last_call_starves_in_silence(self):
        self.move_prices()
        self.to_next_hour()
        before = self.node("evm_snapshot")
        used = int(self.poke()["gasUsed"], 16)
        self.node("evm_revert", before)
        receipt = self.poke(gas=used)
        self.assertEqual((receipt["status"], self.effects(receipt)), ("0x1", (4, 8)))
        missing = "LSEV2-SKY-A".encode().hex()
        self.assertFalse(any(log["data"].startswith("0x" + missing) for log in receipt["logs"]))

    def test_an_estimate_before_the_hour_is_a_trap(self):
        self.move_prices()
        early = self.estimate()
        late = self.estimate("latest", {}, {"time": hex(self.next_hour() + 11)})
        self.assertGreater(late, early * 1.4)
        self.to_next_hour()
        receipt = self.poke(gas=early * 12 // 10)
        self.assertEqual((receipt["status"], receipt["gasUsed"]), ("0x0", hex(early * 12 // 10)))

    def test_the_estimate_is_about_the_smallest_limit_that_succeeds(self):
        self.move_prices()
        self.to_next_hour()
        self.node("evm_mine")
        limit = self.estimate()
        before = self.node("evm_snapshot")
        receipt = self.poke(gas=limit)
        self.assertEqual((receipt["status"], self.effects(receipt)), ("0x1", (4, 8)))
        self.node("evm_revert", before)
        self.assertEqual(self.poke(gas=limit * 98 // 100)["status"], "0x0")

    def test_sources_and_oracles_can_be_broken(self):
        self.move_prices()
        self.node("devnode_setSource", "BTC", "0", False)
        self.node("devnode_stopOSM", "ETH")
        self.node("evm_mine")
        self.to_next_hour()
        receipt = self.poke()
        changed = {log["address"] for log in receipt["logs"] if log["topics"][0] == LOG_VALUE}
        self.assertEqual(changed, {self.node.at["PIP_WSTETH"].lower(), self.node.at["PIP_SKY"].lower()})
        notes = [log for log in receipt["logs"] if log["address"] == self.node.at["PIP_BTC"].lower()]
        self.assertEqual([note["topics"][0] for note in notes], [POKE + "0" * 56])
        self.assertEqual(len(notes[0]["data"]), 2 + 2 * 288)
        self.assertEqual(self.word("PIP_BTC", PASS), 1)
        self.node("devnode_voidOSM", "SKY")
        self.node("evm_mine")
        self.assertEqual(self.word("PIP_SKY", "0x75f12b21"), 1)
        self.node("devnode_poke", {"via": "spot:LSEV2-SKY-A"})
        self.node("evm_mine")
        ilk = "LSEV2-SKY-A".encode().hex().ljust(64, "0")
        spot = self.node("eth_call", {"to": self.node.at["MCD_VAT"], "data": "0xd9638d36" + ilk}, "latest")[2 + 128:2 + 192]
        self.assertEqual(int(spot, 16), 0)

    def test_the_daily_poker_pokes_its_oracles_once_a_day(self):
        last = self.word("MEGAPOKER_DAILY", "0x47799da8")
        self.assertGreater(last, 0)
        self.move_prices()
        self.to_next_hour()
        hourly = int(self.poke(via="daily")["gasUsed"], 16)
        self.node("evm_setNextBlockTimestamp", last + 86_400)
        receipt = self.poke(via="daily")
        self.assertEqual(self.word("MEGAPOKER_DAILY", "0x47799da8"), last + 86_400)
        self.assertEqual(self.effects(receipt)[1], 13)
        self.assertGreater(int(receipt["gasUsed"], 16), hourly * 2)

    def test_aggregate3_reports_each_call(self):
        target = self.node.at["PIP_ETH"][2:].lower().rjust(64, "0")
        word = lambda number: hex(number)[2:].rjust(64, "0")
        call = target + word(1) + word(96) + word(4) + POKE[2:].ljust(64, "0")
        data = "0x82ad56cb" + word(32) + word(1) + word(32) + call
        answer = self.node("eth_call", {"to": self.node.at["MULTICALL3"], "data": data}, "latest")[2:]
        words = [int(answer[i:i + 64], 16) for i in range(0, 64 * 5, 64)]
        self.assertEqual(words[:4], [32, 1, 32, 0])
        self.assertIn("OSM/not-passed".encode().hex(), answer)

    # Blocks
    def test_slots_and_missed_slots(self):
        start = self.now()
        self.node("evm_mine")
        self.node("evm_mine", {"skip": 2})
        self.assertEqual(self.now(), start + 12 + 36)
        self.node("evm_increaseTime", 100)
        self.node("evm_mine")
        self.assertEqual(self.now() % 12, 11)
        self.node("evm_mine", self.now() + 5)
        self.node("evm_mine")
        self.assertEqual(self.now() % 12, 11)

    def test_the_base_fee_is_what_is_asked_for_and_then_follows_the_formula(self):
        self.node("devnode_setNextBaseFee", str(40 * GWEI))
        self.assertEqual(int(self.node("eth_feeHistory", "0x1", "latest", [])["baseFeePerGas"][1], 16), 40 * GWEI)
        self.node("evm_mine")
        self.assertEqual(int(self.head()["baseFeePerGas"], 16), 40 * GWEI)
        self.node("evm_mine")
        self.assertEqual(int(self.head()["baseFeePerGas"], 16), 35 * GWEI)

    def test_fee_history_weighs_tips_by_gas(self):
        self.node("eth_sendRawTransaction", self.raw(tip=1 * GWEI))
        self.node("devnode_poke", {"tip": 3 * GWEI})
        self.node("evm_mine")
        history = self.node("eth_feeHistory", "0x1", "latest", [1, 50, 99])
        self.assertEqual([int(tip, 16) for tip in history["reward"][0]], [GWEI, 3 * GWEI, 3 * GWEI])
        self.refused("invalid reward percentile: #0:50.000000 >= #1:10.000000", "eth_feeHistory", "0x2", "latest", [50, 10])

    def test_a_reorg_orphans_and_gives_back(self):
        self.move_prices()
        self.to_next_hour()
        tx_hash = self.node("devnode_poke", {})
        self.node("evm_mine")
        old = self.node("eth_getTransactionReceipt", tx_hash)
        self.node("evm_mine")
        number = self.node("eth_blockNumber")
        result = self.node("devnode_reorg", 2, {"skipTxs": True})
        self.assertEqual(self.node("eth_blockNumber"), number)
        self.assertIn(old["blockHash"], result["orphaned"])
        self.assertIsNone(self.node("eth_getTransactionReceipt", tx_hash))
        self.assertIsNone(self.node("eth_getTransactionByHash", tx_hash)["blockHash"])
        call = {"to": self.node.at["PIP_ETH"], "data": PASS}
        self.assertEqual(int(self.node("eth_call", call, {"blockHash": old["blockHash"]}), 16), 0)
        self.assertEqual(int(self.node("eth_call", call, "latest"), 16), 1)
        self.refused("hash is not currently canonical", "eth_call", call,
                     {"blockHash": old["blockHash"], "requireCanonical": True})
        self.assertEqual(len(self.node("eth_getLogs", {"blockHash": old["blockHash"], "topics": [LOG_VALUE]})), 4)
        self.node("evm_mine")
        new = self.node("eth_getTransactionReceipt", tx_hash)
        self.assertEqual((new["status"], new["blockHash"] == old["blockHash"]), ("0x1", False))

    def test_unknown_blocks(self):
        call = {"to": self.node.at["PIP_ETH"], "data": PASS}
        self.refused("header for hash not found", "eth_call", call, {"blockHash": "0x" + "34" * 32})
        self.refused("header not found", "eth_call", call, "0xffffff")
        self.assertIsNone(self.node("eth_getBlockByNumber", "0xffffff", False))
        self.refused("hex number with leading zero digits", "eth_getBlockByNumber", "0x01", False)

    # The pool
    def test_replacement_needs_ten_percent_on_both_caps(self):
        send = lambda tip, cap: self.node("eth_sendRawTransaction", self.raw(nonce=self.nonce(), tip=tip, cap=cap))
        first = send(1_000, 5 * GWEI)
        for tip, cap in ((1_099, 10 * GWEI), (2_000, 5 * GWEI), (1_100, 5_499_999_999)):
            with self.assertRaisesRegex(Refused, "^replacement transaction underpriced$"):
                send(tip, cap)
        with self.assertRaisesRegex(Refused, "^already known$"):
            send(1_000, 5 * GWEI)
        second = send(1_100, 5_500_000_000)
        self.assertIsNone(self.node("eth_getTransactionByHash", first))
        self.node("evm_mine")
        self.assertEqual(self.node("eth_getTransactionReceipt", second)["status"], "0x1")
        self.refused("nonce too low: next nonce 1, tx nonce 0", "eth_sendRawTransaction", self.raw(nonce=0))

    def nonce(self):
        return int(self.node("eth_getTransactionCount", self.node.accounts["keeper"], "latest"), 16)

    def test_gaps_and_low_caps_wait(self):
        gapped = self.node("eth_sendRawTransaction", self.raw(nonce=self.nonce() + 1))
        self.assertEqual(int(self.node("eth_getTransactionCount", self.node.accounts["keeper"], "pending"), 16), self.nonce())
        low = self.node("eth_sendRawTransaction", self.raw(tip=1, cap=1_000))
        self.node("evm_mine")
        self.assertIsNone(self.node("eth_getTransactionReceipt", low))
        self.node("devnode_setNextBaseFee", 7)
        self.node("evm_mine")
        for tx_hash in (low, gapped):
            self.assertEqual(self.node("eth_getTransactionReceipt", tx_hash)["status"], "0x1")

    def test_held_transactions_stay_in_the_pool_and_can_be_replaced(self):
        first = self.node("eth_sendRawTransaction", self.raw(nonce=self.nonce(), tip=GWEI, cap=5 * GWEI))
        other = self.node("devnode_send", {"from": "filler", "to": "0x" + "11" * 20})
        self.node("devnode_hold", "keeper", 2)
        self.node("evm_mine")
        self.assertEqual(self.head()["transactions"], [other])
        second = self.node("eth_sendRawTransaction", self.raw(nonce=self.nonce(), tip=2 * GWEI, cap=6 * GWEI))
        self.node("evm_mine")
        self.assertEqual(self.head()["transactions"], [])
        self.assertIsNone(self.node("eth_getTransactionByHash", first))
        self.node("evm_mine")
        self.assertEqual(self.head()["transactions"], [second])
        third = self.node("eth_sendRawTransaction", self.raw(nonce=self.nonce()))
        self.node("devnode_hold", "keeper", 9)
        self.node("devnode_hold", "keeper", 0)
        self.node("evm_mine")
        self.assertEqual(self.head()["transactions"], [third])
        self.refused("no account called nobody", "devnode_hold", "nobody", 1)

    def test_what_the_pool_refuses(self):
        send = "eth_sendRawTransaction"
        self.refused("insufficient funds for gas * price + value: balance", send, self.raw(value=10**24))
        self.refused("intrinsic gas too low: gas 20999, minimum needed 21000", send, self.raw(gas=20_999))
        self.refused("exceeds block gas limit", send, self.raw(gas=60_000_001, cap=2 * GWEI))
        self.refused("transaction gas limit too high", send, self.raw(gas=2**24 + 1, cap=2 * GWEI))
        self.refused("max priority fee per gas higher than max fee per gas", send, self.raw(tip=3 * GWEI, cap=2 * GWEI))
        self.refused("invalid chain id for signer: have 1 want 1337", send, self.raw(chain_id=1))
        self.refused("rlp: value size exceeds available input length", send, "0xdeadbeef")
        self.refused("transaction type not supported", send, "0x7f00")
        self.refused("typed transaction too short", send, "0x")

    def test_higher_tips_come_first(self):
        cheap = self.node("devnode_send", {"from": "filler", "to": "0x" + "11" * 20, "tip": GWEI})
        dear = self.node("devnode_send", {"from": "filler2", "to": "0x" + "11" * 20, "tip": 2 * GWEI})
        self.node("evm_mine")
        self.assertEqual(self.head()["transactions"], [dear, cheap])

    def test_send_transaction_of_an_own_account(self):
        tx_hash = self.node("eth_sendTransaction", {**self.mega(), "gas": "0xf4240"})
        self.node("evm_mine")
        receipt = self.node("eth_getTransactionReceipt", tx_hash)
        base = int(self.head()["baseFeePerGas"], 16)
        tip = int(self.node("eth_getTransactionByHash", tx_hash)["maxPriorityFeePerGas"], 16)
        self.assertEqual(int(receipt["effectiveGasPrice"], 16), base + tip)
        self.assertEqual(receipt["logs"][0]["blockTimestamp"], self.head()["timestamp"])
        self.refused("unknown account", "eth_sendTransaction", {"from": "0x" + "12" * 20})

    # The protocol
    def test_unknown_methods_and_bad_requests(self):
        for method in ("eth_createAccessList", "eth_simulateV1", "debug_traceCall", "eth_noSuch"):
            error = self.refused(f"the method {method} does not exist/is not available", method)
            self.assertEqual(error.code, -32601)
        self.assertEqual(self.node.post([])["error"]["message"], "empty batch")
        self.assertEqual(self.node.post({"id": 1, "method": "eth_chainId"})["error"]["code"], -32600)
        self.refused("missing value for required argument 0", "eth_getBalance")
        self.refused("too many arguments, want at most 0", "eth_chainId", 1)
        answers = self.node.post([{"jsonrpc": "2.0", "id": 7, "method": "eth_chainId"},
                                  {"jsonrpc": "2.0", "id": 8, "method": "eth_nope"}])
        self.assertEqual([answers[0]["result"], answers[1]["error"]["code"]], ["0x539", -32601])

    def test_state_overrides_are_refused(self):
        self.refused("state overrides are not supported", "eth_call", self.mega(), "latest", {"0x" + "11" * 20: {}})


class LifeTest(unittest.TestCase):
    """Starting and ending."""

    def test_it_ends_with_its_parent_and_starts_the_same_every_time(self):
        heads = []
        for _ in range(2):
            node = NodeProcess("--genesis-time", "1700000000", "--base-fee", "5000000000")
            head = node("eth_getBlockByNumber", "latest", False)
            heads.append((head["hash"], node.at))
            self.assertEqual(head["baseFeePerGas"], hex(5 * GWEI))
            self.assertLessEqual(0, 1_700_000_000 - int(head["timestamp"], 16))
            self.assertEqual(node.stop(), 0)
        self.assertEqual(heads[0], heads[1])

    def test_polling_can_move_the_head(self):
        node = NodeProcess("--advance-on-poll")
        first, second = (node("eth_getBlockByNumber", "latest", False) for _ in range(2))
        self.assertEqual(second["parentHash"], first["hash"])
        node.stop()

    def test_it_ends_when_told_to(self):
        node = NodeProcess()
        node.process.terminate()
        self.assertEqual(node.process.wait(timeout=10), 0)
        node.stop()

    def test_a_series_is_read_at_and_between_its_points(self):
        series = Series([(0, 10), (3600, 20)])
        self.assertEqual([series.last(3599), series.between(1800), series.between(9999)], [10, 15, 20])


class ScenarioTest(unittest.TestCase):
    """The 72 hours, on made-up series."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.prices, cls.fees = Path(cls.folder.name, "prices.csv"), Path(cls.folder.name, "fees.csv")
        stamp = lambda time: datetime.fromtimestamp(time, timezone.utc).strftime("%Y-%m-%d %H:%M:%S")
        first = scenario.START - 4 * HOUR
        candles = [f"{stamp(first + 300 * i)},0,0,0,{1600 + i % 40}.25,0" for i in range(12 * 80)]
        hours = [f"{stamp(first // HOUR * HOUR + HOUR * i)},0,{10 + i % 3}" for i in range(82)]
        cls.prices.write_text("\n".join(["time_utc,open,high,low,close,volume", *candles]) + "\n")
        cls.fees.write_text("\n".join(["time,avg_gas_used,gas_price_gwei", *hours]) + "\n")

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_block_times(self):
        times = scenario.Plan(self.prices, self.fees).times
        self.assertEqual(len(times), 5_976)
        self.assertEqual(times, sorted(set(times)))
        self.assertEqual({time % 12 for time in times}, {11})
        self.assertEqual(times[-1], scenario.END)
        for hour in range(scenario.HOURS):
            start = scenario.FIRST_HOUR + hour * HOUR
            first = next(time for time in times if time >= start)
            self.assertEqual(first - start, 23 if hour in scenario.FIRST_SLOT_MISSED else 11)

    def test_the_first_hour_is_the_same_every_time(self):
        heads = []
        for _ in range(2):
            node = NodeProcess("--scenario", "poker-72h", "--advance-on-poll", "--prices", str(self.prices),
                               "--fees", str(self.fees))
            blocks = [node("eth_getBlockByNumber", "latest", False) for _ in range(75)]
            logs = node("eth_getLogs", {"fromBlock": blocks[0]["number"], "toBlock": "latest", "topics": [LOG_VALUE]})
            for parent, child in zip(blocks, blocks[1:]):
                self.assertEqual(child["parentHash"], parent["hash"])
            self.assertEqual(len(logs), 4)
            rewards = node("eth_feeHistory", "0x5", "latest", [50])["reward"]
            self.assertTrue(all(GWEI <= int(reward[0], 16) <= 2 * GWEI for reward in rewards))
            heads.append(blocks[-1]["hash"])
            node.stop()
        self.assertEqual(heads[0], heads[1])


class ContractTest(unittest.TestCase):
    """The checked-in artefacts."""

    def test_they_are_what_the_sources_compile_to(self):
        check = subprocess.run([sys.executable, HERE.parent / "Contracts/compile.py", "--check"], capture_output=True)
        self.assertEqual((check.returncode, check.stderr), (0, b""))


if __name__ == "__main__":
    unittest.main()

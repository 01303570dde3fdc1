# SPDX-License-Identifier: Apache-2.0
"""Tests of what makes scenarios and replays their pokes: PYTHONPATH=Tests/DevNode python Tests/DevNode/test_scenarios.py"""

import contextlib
import gzip
import hashlib
import io
import json
import random
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from devnode.accounts import ACCOUNTS, WEALTH
from devnode.artefacts import call
from devnode.clock import slot_at_or_after
from devnode.series import Series, utc
from devnode.world import ASSETS, scaled
from scenarios import build, replay
from scenarios.machine import Machine
from scenarios.sources import Feed, Market
from scenarios.tables import text_of

FIXTURES = Path(__file__).resolve().parents[1] / "Fixtures"
HOUR, DAY, GWEI, WAD = 3600, 86_400, 10**9, 10**18
START = utc("2022-08-01 06:00:00")
POKE = "0x18178358"
CENT = WAD // 100

# MegaPoker.poke() of our contracts with all four OSMs due, Tests/Contracts/README.md
NOTHING_CHANGES, NXT_CHANGES, CUR_CHANGES, ALL_CHANGES = 311_102, 322_302, 347_502, 358_702
STORE = 2_800   # what a stored value costs more when it changes


def candles(first: int, prices: list) -> str:
    """A file of five-minute candles, the first of which opens at that time."""
    rows = [f"{text_of(first + 300 * index)},1,2,0.5,{price},17.5" for index, price in enumerate(prices)]
    return "\n".join(["time_utc,open,high,low,close,volume", *rows, ""])


def hourly(first: int, gwei: list) -> str:
    """A file of hourly fees."""
    rows = [f"{text_of(first + HOUR * index)},80000.5,{price}" for index, price in enumerate(gwei)]
    return "\n".join(["time,avg_gas_used,gas_price_gwei", *rows, ""])


def real(blocks: list) -> str:
    """A file of blocks: number, time, wei."""
    return "\n".join(["block_number,timestamp_utc,base_fee_wei", *[",".join(map(str, block)) for block in blocks], ""])


def ran(main, *arguments) -> tuple:
    """Exit code, standard output, standard error of a command run here."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as ended:
            code = ended.code
    return code, out.getvalue(), err.getvalue()


def steps(*changes) -> list:
    """Closing prices from an hour before START, for seven hours: (minutes after START, price) from then on. A candle that opens at
    a time is known five minutes later, so it is written one earlier."""
    prices = []
    for index in range(7 * 12):
        known = (index + 1) * 5 - 60
        prices.append([price for minutes, price in [(-60, "1700"), *changes] if minutes <= known][-1])
    return prices


FEES = hourly(START - HOUR, [20, 30, "10.000000001", 40, 50, 60, 70])


class Scenario:
    """A scenario read back."""

    def __init__(self, packed: bytes):
        self.texts = gzip.decompress(packed).decode().splitlines(keepends=True)
        self.opening, *middle, self.closing = map(json.loads, self.texts)
        self.accounts = [line for line in middle if "account" in line and "code" in line]
        self.timed = middle[len(self.accounts):]
        self.events = [line for line in self.timed if "source" in line]
        self.blocks = [line for line in self.timed if "block" in line]


class Files(unittest.TestCase):
    """A test with a folder of its own, and with one scenario for the whole class if the class has prices for it."""

    PRICES = None

    @classmethod
    def setUpClass(cls):
        if cls.PRICES is None:
            return
        with tempfile.TemporaryDirectory() as folder:
            paths = [Path(folder) / name for name in ("prices.csv", "fees.csv", "scenario.gz")]
            paths[0].write_text(cls.PRICES)
            paths[1].write_text(FEES)
            code, _, err = ran(build.main, "--prices", paths[0], "--fees", paths[1], "--out", paths[2])
            assert (code, err) == (0, ""), err
            cls.packed = paths[2].read_bytes()
        cls.scenario = Scenario(cls.packed)

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def write(self, name: str, content: str) -> Path:
        """A file of the folder."""
        path = self.folder / name
        path.write_text(content)
        return path

    def built(self, prices: str, fees: str, *more, btc: str | None = None) -> Scenario:
        """The scenario of two files, which must come about."""
        if btc is not None:
            more = (*more, "--prices-btc", self.write("btc.csv", btc))
        out = self.folder / "scenario.gz"
        code, _, err = ran(build.main, "--prices", self.write("prices.csv", prices), "--fees", self.write("fees.csv", fees),
                           "--out", out, *more)
        self.assertEqual((code, err), (0, ""))
        return Scenario(out.read_bytes())

    def refused(self, code: int, message: str, *arguments) -> None:
        """Ends with the code and says so."""
        found, out, err = ran(build.main, *arguments)
        self.assertIn(message, err)
        self.assertEqual((found, out), (code, ""))
        self.assertNotIn("Traceback", err)


class FormatTest(Files):
    """The file, line by line."""

    # The second jump is known at an hour, and so stands in its first block.
    PRICES = candles(START - HOUR, steps((90, "1717"), (120, "1750")))

    def test_the_closing_line_counts_and_digests_all_others(self):
        scenario = self.scenario
        before = "".join(scenario.texts[:-1]).encode()
        self.assertEqual(scenario.closing, {"lines": len(scenario.texts) - 1, "sha256": hashlib.sha256(before).hexdigest()})

    def test_the_opening_counts_what_follows(self):
        opening = self.scenario.opening
        self.assertEqual(opening["scenario"], "keeperkit-pokes/1")
        self.assertEqual([opening[kind] for kind in ("accounts", "blocks", "events")],
                         [len(self.scenario.accounts), len(self.scenario.blocks), len(self.scenario.events)])
        self.assertEqual((opening["start"], opening["end"]), (START, START + 5 * HOUR))
        self.assertEqual(len(self.scenario.timed), len(self.scenario.events) + len(self.scenario.blocks))

    def test_the_same_series_give_the_same_bytes(self):
        self.built(self.PRICES, FEES)
        self.assertEqual((self.folder / "scenario.gz").read_bytes(), self.packed)
        self.assertEqual([path.name for path in self.folder.glob("*.part")], [])

    def test_keys_are_sorted(self):
        for text in self.scenario.texts:
            self.assertEqual(text, json.dumps(json.loads(text), sort_keys=True, separators=(",", ":")) + "\n")

    def test_lines_are_in_order_of_time_an_event_before_the_block_of_its_time(self):
        keys = [(line["time"], "block" in line) for line in self.scenario.timed]
        self.assertEqual(keys, sorted(keys))
        shared = {event["time"] for event in self.scenario.events} & {block["time"] for block in self.scenario.blocks}
        self.assertEqual(shared, {START + 2 * HOUR + 11})

    def test_the_sender_is_rich_and_without_code_and_every_contract_has_code(self):
        opening, accounts = self.scenario.opening, {line["account"]: line for line in self.scenario.accounts}
        sender = accounts.pop(opening["sender"])
        self.assertEqual((sender["balance"], sender["code"], sender["storage"], sender["nonce"]), (str(WEALTH), "0x", {}, 0))
        known = [*opening["contracts"].values()]
        known += [oracle[key] for oracle in opening["oracles"] for key in ("address", "source")]
        self.assertTrue(set(known) <= set(accounts))
        self.assertTrue(all(len(account["code"]) > 100 for account in accounts.values()))
        self.assertTrue(all(int(word, 16) for account in accounts.values() for word in account["storage"].values()))

    def test_at_the_start_every_value_is_the_price_of_the_start_and_every_osm_is_due(self):
        accounts = {line["account"]: line["storage"] for line in self.scenario.accounts}
        for asset, oracle in zip(ASSETS, self.scenario.opening["oracles"]):
            price = scaled(asset, 1700 * WAD)
            osm = {int(slot, 16): int(word, 16) for slot, word in accounts[oracle["address"]].items()}
            self.assertEqual(oracle["name"], f"PIP_{asset}")
            self.assertEqual((osm[3], osm[4], osm[2] >> 176), (1 << 128 | price, 1 << 128 | price, START - HOUR))
            self.assertEqual(int(accounts[oracle["source"]]["0x" + "0" * 63 + "1"], 16) & (1 << 128) - 1, price)
        vat = accounts[self.scenario.opening["contracts"]["vat"]]
        eth_a = self.scenario.opening["ilks"][0]
        self.assertEqual((eth_a["name"], eth_a["oracle"]), ("ETH-A", "PIP_ETH"))
        self.assertEqual(int(vat[eth_a["spotSlot"]], 16), 1700 * 10**27 * 100 // 145)

    def test_an_event_writes_what_the_source_itself_stores(self):
        event = self.scenario.events[-1]
        machine = Machine(1337, ACCOUNTS["deployer"].address)
        for line in self.scenario.accounts:
            machine.memory.add(bytes.fromhex(line["account"][2:]), line["nonce"], int(line["balance"]), bytes.fromhex(line["code"][2:]),
                               replay.storage_words(line["storage"]))
        machine.memory.add(ACCOUNTS["deployer"].address, 0, WEALTH, b"", {})
        source = bytes.fromhex({o["name"]: o["source"] for o in self.scenario.opening["oracles"]}[event["source"]][2:])
        payload = call("set(uint128,bool)", int(event["value"]), event["valid"])
        _, status = machine.execute(1, event["time"], GWEI, source, payload, 200_000, [])
        self.assertEqual(status, 1)
        for slot, word in replay.storage_words(event["writes"]).items():
            self.assertEqual(machine.memory.slots[source][slot], word)

    def test_hourly_fees_lie_on_a_straight_line_rounded_down(self):
        blocks = [(b["time"] - START, int(b["baseFee"])) for b in self.scenario.blocks]
        self.assertEqual([time for time, _ in blocks[:7]], [-1, 11, 23, 35, 47, 59, 71])
        self.assertEqual(len(blocks), 7 * 5)
        fees = dict(blocks)
        self.assertEqual(fees[-1], 20 * GWEI + 10 * GWEI * 3599 // 3600)
        self.assertEqual(fees[11], 30 * GWEI - -(-(20 * GWEI - 1) * 11 // 3600))   # downwards
        self.assertEqual(fees[HOUR + 11], 10 * GWEI + 1 + (30 * GWEI - 1) * 11 // 3600)
        self.assertEqual({b["reward"] for b in self.scenario.blocks}, {"1500000000"})
        numbers = [b["block"] for b in self.scenario.blocks]
        self.assertEqual([b - a for a, b in zip(numbers[:8], numbers[1:8])], [1] * 6 + [294])

    def test_from_and_to_choose_whole_hours(self):
        part = self.built(self.PRICES, FEES, "--from", "2022-08-01T07:30", "--to", "2022-08-01T09:59:59Z")
        self.assertEqual((part.opening["start"], part.opening["end"]), (START + 2 * HOUR, START + 3 * HOUR))
        self.assertEqual(len(part.blocks), 7)
        self.assertTrue(all(part.opening["start"] <= event["time"] < part.opening["end"] for event in part.events))

    def test_nothing_says_grafted_when_the_dates_are_the_same(self):
        self.assertNotIn("graft", self.scenario.opening["source"] + self.scenario.opening["name"])
        self.assertIn("prices.csv of 2022-08-01 06:00:00 to 2022-08-01 11:00:00 UTC", self.scenario.opening["source"])
        self.assertIn("fees.csv", self.scenario.opening["source"])


class SeriesTest(Files):
    """Other kinds of series."""

    IRREGULAR = [-1900, -1895, -30, -2, 3, 4, 40, 600, 3599, 3606, 7199, 7200]   # seconds after START

    def blocks(self, shift: int = 0) -> str:
        return real([(100 + index, START + shift + time, 10**9 + index) for index, time in enumerate(self.IRREGULAR)])

    def test_real_blocks_keep_their_numbers_times_and_fees(self):
        scenario = self.built(candles(START - HOUR, steps()), self.blocks())
        self.assertEqual((scenario.opening["start"], scenario.opening["end"]), (START, START + 2 * HOUR))
        self.assertEqual([(b["block"], b["time"] - START, b["baseFee"]) for b in scenario.blocks],
                         [(100 + index, time, str(10**9 + index)) for index, time in enumerate(self.IRREGULAR[:-1])])

    def test_an_update_waits_for_the_next_real_block(self):
        scenario = self.built(candles(START - HOUR, steps((15, "1720"))), self.blocks())
        self.assertEqual({event["time"] - START for event in scenario.events if event["value"] == str(1720 * WAD)}, {3599})
        scenario = self.built(candles(START - HOUR, steps((10, "1720"))), self.blocks())
        self.assertEqual({event["time"] - START for event in scenario.events if event["value"] == str(1720 * WAD)}, {600})

    def test_the_block_before_the_first_hour_is_covered_too(self):
        scenario = self.built(candles(START - HOUR, steps()), hourly(START, [20, 30, 40]))
        self.assertEqual((scenario.opening["start"], scenario.opening["end"]), (START + HOUR, START + 2 * HOUR))

    def test_single_blocks_give_slots_with_fees_between_them(self):
        fees = real([(100 + 60 * index, START - 700 + 720 * index, GWEI * index) for index in range(1, 13)])
        scenario = self.built(candles(START - HOUR, steps()), fees)
        self.assertIn("of single blocks, on a straight line between them", scenario.opening["source"])
        after = [b for b in scenario.blocks if b["time"] == scenario.opening["start"] + 11][0]
        past = after["time"] - (START - 700)
        self.assertEqual(int(after["baseFee"]), GWEI * past // 720)

    def test_prices_of_other_dates_are_moved_by_whole_days_and_it_says_so(self):
        scenario = self.built(candles(START - HOUR, steps((270, "1717"))), self.blocks(3 * HOUR - 31 * DAY))
        opening = scenario.opening
        self.assertEqual(opening["start"], START + 3 * HOUR - 31 * DAY)
        self.assertIn("prices.csv of 2022-08-01 09:00:00 to 2022-08-01 11:00:00 UTC, grafted onto 2022-07-01 09:00:00 to "
                      "2022-07-01 11:00:00 UTC (31 days earlier)", opening["source"])
        self.assertTrue(opening["name"].endswith("-grafted"), opening["name"])
        # An hour and a half after the start, in the next block there is.
        jumped = [event["time"] - opening["start"] for event in scenario.events if event["value"] == str(1717 * WAD)]
        self.assertEqual(jumped, [7199])
        later = self.built(candles(START - HOUR, steps()), self.blocks(DAY))
        self.assertIn("grafted onto 2022-08-02 06:00:00 to 2022-08-02 08:00:00 UTC (1 day later)", later.opening["source"])

    def test_rounds_are_prices_with_eight_decimals_and_btc_may_have_its_own(self):
        rounds = "round,answer,updatedAt\n" + "".join(
            f"{index},{answer},{START + time}\n" for index, (answer, time) in enumerate(
                [(170_000_000_000, -HOUR), (160_000_000_000, 600), (171_000_000_000, 600), (171_000_000_000, 4 * HOUR)]))
        btc = rounds.replace("170000000000", "2000000000000").replace("171000000000", "2100000000000")
        scenario = self.built(rounds, FEES, btc=btc)
        first = {event["source"]: int(event["value"]) for event in reversed(scenario.events)}
        # 1,710 is not 1 % from 1,700: only the last of two rounds of one time counts.
        self.assertEqual(first["PIP_BTC"], 21_000 * WAD)
        self.assertEqual({event["time"] for event in scenario.events if event["source"] == "PIP_BTC"}, {START + 611})
        self.assertEqual(first["PIP_SKY"], scaled("SKY", 1710 * WAD))
        self.assertIn("BTC's from btc.csv, WSTETH and SKY at constant ratios", scenario.opening["source"])


class RelayTest(unittest.TestCase):
    """When the sources change."""

    def updates(self, points: list, hours: int = 6) -> list:
        feed = Feed(Market(Series([(START + time, price) for time, price in points])), START)
        return [(asset, time - START, price) for time, asset, price in feed.run(START, START + hours * HOUR, slot_at_or_after)]

    def test_a_source_changes_at_one_percent_and_not_below(self):
        below = [(0, 1700 * WAD), (300, 1717 * WAD - CENT)]
        self.assertEqual(self.updates(below, hours=1), [])
        self.assertEqual(self.updates([*below, (600, 1717 * WAD)], hours=1),
                         [(asset, 611, scaled(asset, 1717 * WAD)) for asset in ASSETS])
        self.assertEqual(len(self.updates([(0, 1700 * WAD), (600, 1683 * WAD)], hours=1)), 4)

    def test_the_deviation_counts_from_what_each_source_said_last(self):
        points = [(0, 1700 * WAD), (300, 1716 * WAD), (7200, 1720 * WAD)]
        # SKY went along at its expiry, after 5,600 s: from 1,716 the way to 1,720 is short.
        self.assertEqual([asset for asset, time, _ in self.updates(points, hours=3) if time == 7211], ["BTC", "ETH", "WSTETH"])

    def test_a_source_changes_after_15_500_seconds_each_from_its_own_last_time(self):
        flat = [(0, 1700 * WAD)]
        found = [(asset, time) for asset, time, _ in self.updates(flat, hours=9)]
        # Last times lie 3,300 seconds apart; then the slot at or after.
        self.assertEqual(found[:4], [(asset, slot_at_or_after(START + 15_500 - 3_300 * back) - START)
                                     for asset, back in (("SKY", 3), ("WSTETH", 2), ("ETH", 1), ("BTC", 0))])
        self.assertEqual(found[4], ("SKY", slot_at_or_after(START + found[0][1] + 15_500) - START))

    def test_what_changes_at_the_end_does_not_count(self):
        points = [(0, 1700 * WAD), (HOUR, 1800 * WAD)]
        self.assertEqual(self.updates(points, hours=1), [])
        self.assertEqual([time for _, time, _ in self.updates(points, hours=2)][:4], [HOUR + 11] * 4)


class BadInputTest(Files):
    """What cannot be used is named."""

    def setUp(self):
        super().setUp()
        self.prices = self.write("prices.csv", candles(START - HOUR, steps()))
        self.fees = self.write("fees.csv", FEES)
        self.out = self.folder / "out.gz"

    def command(self, **changed) -> list:
        given = {"prices": self.prices, "fees": self.fees, "out": self.out, **changed}
        return [part for name, value in given.items() for part in ("--" + name, value)]

    def spoilt(self, path: Path, old: str, new: str) -> Path:
        content = path.read_text()
        self.assertIn(old, content)
        return self.write("spoilt.csv", content.replace(old, new, 1))

    def test_a_cell_is_named_by_file_line_column_value_and_expectation(self):
        for name, path, old, new, message in [
            ("prices", self.prices, "0.5,1700,", "0.5,abc,",
             'line 2, column close: "abc", expected a number from 0.000001 to 1000000000000'),
            ("prices", self.prices, "0.5,1700,", "0.5,-1,", 'line 2, column close: "-1", expected a number'),
            ("prices", self.prices, "0.5,1700,", "0.5,0,", 'line 2, column close: "0", expected a number'),
            ("prices", self.prices, "0.5,1700,", "0.5,1e5,", 'line 2, column close: "1e5", expected a number'),
            ("prices", self.prices, "0.5,1700,", "0.5,NaN,", 'line 2, column close: "NaN", expected a number'),
            ("prices", self.prices, ",1,2,0.5,1700,17.5", "", "line 2, column close: nothing, expected a number"),
            ("prices", self.prices, "2022-08-01 05:05:00", "2022-08-32 05:05:00",
             'column time_utc: "2022-08-32 05:05:00", expected a date'),
            ("prices", self.prices, "2022-08-01 05:05:00", "yesterday", 'line 3, column time_utc: "yesterday", expected a date as 2022'),
            ("prices", self.prices, "2022-08-01 05:05:00", "2022-08-01 04:05:00", "line 3, column time_utc: "),
            ("fees", self.fees, ",30\n", ",3o\n", 'line 3, column gas_price_gwei: "3o", expected a number from 0.000000001 to 1000000000'),
            ("fees", self.fees, ",30\n", ",0\n", 'line 3, column gas_price_gwei: "0"'),
        ]:
            with self.subTest(new=new, column=name):
                self.refused(65, f"spoilt.csv, {message}" if message.startswith("line") else message,
                             *self.command(**{name: self.spoilt(path, old, new)}))
        self.assertFalse(self.out.exists())

    def test_a_cell_of_a_block_is_named_too(self):
        for blocks, message in [
            ([(7, START - 60, 5), (7, START, 5)], 'line 3, column block_number: "7", expected a number above 7'),
            ([(7, START, 5), (8, START - 60, 5)], "line 3, column timestamp_utc: "),
            ([(7, START, 5), (8, START, 5)], "two blocks of the same time"),
            ([(7, START, "0x5")], 'line 2, column base_fee_wei: "0x5", expected a whole number from 1 to'),
            ([(7, 10**30, 5)], "column timestamp_utc: "),
        ]:
            with self.subTest(message):
                self.refused(65, message, *self.command(fees=self.write("blocks.csv", real(blocks))))

    def test_a_missing_column_is_named_with_those_expected(self):
        self.refused(65, "spoilt.csv, line 1: columns time_utc,open,high,low,end,volume, expected time_utc,close or answer,updatedAt",
                     *self.command(prices=self.spoilt(self.prices, "close", "end")))
        self.refused(65, "prices.csv, line 1: columns time_utc,open,high,low,close,volume, expected time,gas_price_gwei or block_number",
                     *self.command(fees=self.prices))

    def test_a_file_that_is_not_there_is_empty_or_is_no_text(self):
        self.refused(65, f"{self.folder}/none.csv: No such file or directory", *self.command(fees=self.folder / "none.csv"))
        self.refused(65, "line 1: columns (none), expected", *self.command(fees=self.write("empty.csv", "")))
        self.refused(65, "no rows below the header", *self.command(fees=self.write("head.csv", "time,gas_price_gwei\n")))
        binary = self.folder / "binary.csv"
        binary.write_bytes(b"\xff\xfe\x00\x81")
        self.refused(65, "binary.csv: not a CSV file", *self.command(prices=binary))

    def test_series_without_a_whole_hour_in_common_are_refused(self):
        short = self.write("short.csv", real([(7, START - 60, 5), (8, START + 60, 5)]))
        self.refused(65, "short.csv have no whole hour in common, not even with the prices moved", *self.command(fees=short))

    def test_wrong_usage_is_refused_with_64(self):
        self.refused(64, "--from 2022-08-01 09:00:00 is not before --to 2022-08-01 08:00:00",
                     *self.command(**{"from": "2022-08-01T09:00", "to": "2022-08-01T08:00"}))
        self.refused(64, "--from 2022-08-01 08:00:00 is not before", *self.command(**{"from": "2022-08-01T08", "to": "2022-08-01T08"}))
        self.refused(64, "--from 2022-07-01 00:00:00: the series cover 2022-08-01 06:00:00 to 2022-08-01 11:00:00",
                     *self.command(**{"from": "2022-07-01"}))
        self.refused(64, "no whole hour between --from and --to",
                     *self.command(**{"from": "2022-08-01T08:10", "to": "2022-08-01T08:50"}))
        self.refused(64, '"soon", expected a date or time as 2022-07-29', *self.command(**{"from": "soon"}))
        self.refused(64, "the following arguments are required: --fees", "--prices", self.prices, "--out", self.out)
        self.refused(64, "out.gz: its folder is not there", *self.command(out=self.folder / "none" / "out.gz"))


class ReplayTest(Files):
    """Pokes executed again; what they cost stands in Tests/Contracts/README.md."""

    # Two jumps, in consecutive hours: after the second everything changes.
    PRICES = candles(START - HOUR, steps((90, "1800"), (150, "1900")))

    def poke(self, strategy: str, hour: int, gas: int, since: int, **changed) -> dict:
        """A poke of MegaPoker in the first block of an hour, after all updates since that of another hour."""
        opening = self.scenario.opening
        block = [b for b in self.scenario.blocks if b["time"] == START + hour * HOUR + 11][0]
        at = {oracle["name"]: oracle["source"] for oracle in opening["oracles"]}
        writes = {}
        for event in self.scenario.events:
            if START + since * HOUR + 11 < event["time"] <= block["time"]:
                writes.setdefault(at[event["source"]], {}).update(event["writes"])
        return {"strategy": strategy, "time": block["time"], "block": block["block"], "baseFee": block["baseFee"], "writes": writes,
                "to": opening["contracts"]["megaPoker"], "data": POKE, "gasLimit": 1_000_000, "accessList": [], "gasUsed": gas,
                "status": 1, **changed}

    def replayed(self, pokes: list, **changed) -> tuple:
        opening = {"pokes": "keeperkit-pokes/1", "scenario": "scenario.gz", "fork": "prague", "chainId": 1337,
                   "sender": self.scenario.opening["sender"], **changed}
        path = self.write("pokes.ndjson", "".join(json.dumps(line) + "\n" for line in [opening, *self.scenario.accounts, *pokes]))
        return ran(replay.main, path, "--jobs", 2)

    def hourly(self, name: str = "hourly") -> list:
        """Every hour's poke."""
        gas = [NOTHING_CHANGES, NOTHING_CHANGES, NXT_CHANGES, ALL_CHANGES, CUR_CHANGES]
        return [self.poke(name, hour, cost, hour - 1) for hour, cost in enumerate(gas)]

    def test_each_hour_of_a_wandering_day_costs_what_its_changes_say(self):
        chance, cents = random.Random(8), {"ETH": [170_000], "BTC": [2_100_000]}
        for walk in cents.values():
            while len(walk) < 26 * 12:
                walk.append(walk[-1] + walk[-1] * chance.randrange(-60, 61) // 10_000)
        files = {asset: candles(START - HOUR, [f"{price // 100}.{price % 100:02}" for price in walk]) for asset, walk in cents.items()}
        self.scenario = self.built(files["ETH"], hourly(START - HOUR, [20] * 27), btc=files["BTC"])
        opening, events = self.scenario.opening, list(self.scenario.events)
        spots = {oracle["name"]: sum(ilk["oracle"] == oracle["name"] for ilk in opening["ilks"]) for oracle in opening["oracles"]}
        # Source, nxt and cur of each; the candle known at the start is the twelfth.
        held = {asset: [scaled(asset, cents["ETH"][11] * CENT)] * 3 for asset in ASSETS} | {"BTC": [cents["BTC"][11] * CENT] * 3}
        pokes = []
        for hour in range((opening["end"] - START) // HOUR):
            while events and events[0]["time"] <= START + hour * HOUR + 11:
                event = events.pop(0)
                held[event["source"][4:]][0] = int(event["value"])
            stores = 0
            for asset, (source, nxt, cur) in held.items():
                stores += (nxt != source) + (cur != nxt) * (1 + spots[f"PIP_{asset}"])
                held[asset] = [source, source, nxt]
            pokes.append(self.poke("hourly", hour, NOTHING_CHANGES + STORE * stores, hour - 1))
        self.assertEqual(len(pokes), 25)
        self.assertGreater(len({poke["gasUsed"] for poke in pokes}), 4)
        code, out, _ = self.replayed(pokes)
        self.assertEqual(code, 0, out)

    def test_each_strategy_goes_on_from_its_own_state(self):
        rare = [self.poke("rare", 3, NXT_CHANGES, -1), self.poke("rare", 4, CUR_CHANGES, 3)]
        mixed = [line for pair in zip(self.hourly(), rare + [None] * 3) for line in pair if line]
        code, out, err = self.replayed(mixed)
        total = 2 * NOTHING_CHANGES + NXT_CHANGES + ALL_CHANGES + CUR_CHANGES
        self.assertEqual((code, err), (0, ""), out)
        self.assertEqual(out, f"hourly: 5 pokes, {total:,} gas, no difference\n"
                              f"rare: 2 pokes, {NXT_CHANGES + CUR_CHANGES:,} gas, no difference\n")

    def test_an_access_list_costs_what_it_says(self):
        listed = [{"address": self.scenario.opening["contracts"]["megaPoker"], "storageKeys": ["0x" + "0" * 64]}]
        # The contract itself is warm already: nothing is saved.
        code, out, _ = self.replayed([self.poke("listed", 0, NOTHING_CHANGES + 2_400 + 1_900, -1, accessList=listed)])
        self.assertEqual(code, 0, out)

    def test_wrong_gas_is_found(self):
        pokes = self.hourly("right") + self.hourly("wrong")
        pokes[8]["gasUsed"] -= 1
        code, out, _ = self.replayed(pokes)
        self.assertEqual(code, 1)
        self.assertIn("right: 5 pokes, 1,650,710 gas, no difference\nwrong: 5 pokes, 1,650,710 gas, 1 difference\n", out)
        self.assertIn(f"wrong, time {START + 3 * HOUR + 11}, block {pokes[8]['block']}: priced gas 358,701, status 1; "
                      "gas 358,702, status 1\n", out)

    def test_a_forgotten_update_is_found(self):
        pokes = self.hourly()
        pokes[2]["writes"] = {}
        code, out, _ = self.replayed(pokes)
        self.assertEqual(code, 1)
        self.assertIn("priced gas 322,302, status 1; gas 311,102, status 1\n", out)

    def test_a_starved_poke_and_one_that_no_block_holds_are_told_apart(self):
        pokes = self.hourly()[:3]
        starved = self.poke("hourly", 3, 342_161, 2, gasLimit=342_161, status=0)
        code, out, _ = self.replayed([*pokes, starved])
        self.assertEqual(code, 0, out)
        code, out, _ = self.replayed([*pokes, dict(starved, status=1)])
        self.assertEqual(code, 1)
        self.assertIn("priced gas 342,161, status 1; gas 342,161, status 0\n", out)
        code, out, _ = self.replayed([*pokes, dict(starved, gasLimit=342_162)])
        self.assertEqual(code, 1)
        self.assertIn("status 1\n", out.splitlines(keepends=True)[-1])
        code, out, _ = self.replayed([*pokes, dict(starved, gasLimit=21_000)])
        self.assertEqual(code, 1)
        self.assertIn("not executed, gas limit 21000, the transaction needs 21", out)

    def test_only_the_first_ten_differences_are_shown(self):
        pokes = [dict(poke, gasUsed=1) for name in ("a", "b", "c") for poke in self.hourly(name)]
        code, out, _ = self.replayed(pokes)
        self.assertEqual(code, 1)
        self.assertEqual(out.count("priced gas 1,"), 10)
        self.assertEqual(out.count("5 differences"), 3)

    def test_bad_input_is_named(self):
        first = self.poke("a", 0, NOTHING_CHANGES, -1)
        line = len(self.scenario.accounts) + 2
        for changed, message in [
            ({"gasUsed": -1}, f"pokes.ndjson, line {line}, gasUsed: -1, expected a whole number below 2^64"),
            ({"gasUsed": True}, f"line {line}, gasUsed: True, expected a whole number"),
            ({"baseFee": 5}, f"line {line}, baseFee: 5, expected decimal digits"),
            ({"to": "0x12"}, f"line {line}, to: '0x12', expected 0x and 40 hex digits"),
            ({"writes": {"0x12": {}}}, "writes: {'0x12': {}}, expected storage words by address and slot"),
            ({"writes": []}, "writes: [], expected storage words"),
            ({"accessList": [{"address": first["to"]}]}, "expected storageKeys of 0x and 64 hex digits"),
            ({"accessList": ["0x12"]}, "accessList: str, expected an object"),
            ({"strategy": None}, f"line {line}, strategy: nothing, expected a string"),
        ]:
            with self.subTest(message):
                code, _, err = self.replayed([dict(first, **changed)])
                self.assertIn(message, err)
                self.assertEqual(code, 65)
        self.assertIn('fork: "osaka", expected "prague"', self.replayed([first], fork="osaka")[2])
        self.assertIn("no pokes, expected", self.replayed([])[2])
        self.assertEqual(ran(replay.main, self.folder / "none")[0], 65)
        self.assertEqual(ran(replay.main)[0], 64)
        self.assertEqual(ran(replay.main, "x", "--jobs", "0")[0], 64)
        cut = self.folder / "cut.gz"
        cut.write_bytes(gzip.compress(b'{"pokes":' * 1000)[:40])
        self.assertIn("damaged or cut off", ran(replay.main, cut)[2])


class ProgramTest(Files):
    """The programs themselves."""

    def test_they_find_their_packages_from_anywhere(self):
        prices, fees = self.write("p.csv", candles(START - HOUR, steps())), self.write("f.csv", FEES)
        made = subprocess.run([sys.executable, FIXTURES / "build-scenario", "--prices", prices, "--fees", fees, "--out", "s.gz"],
                              cwd=self.folder, capture_output=True, text=True)
        self.assertEqual(made.returncode, 0, made.stderr)
        self.assertRegex(made.stdout, r"^wrote s.gz: 5 hours, 35 blocks, \d+ updates of sources in \d+\.\d % of the hours\n")
        replayed = subprocess.run([sys.executable, FIXTURES / "replay-pokes", "s.gz"], cwd=self.folder, capture_output=True, text=True)
        self.assertEqual(replayed.returncode, 65)
        self.assertIn("replay-pokes: s.gz, line 1, pokes: nothing, expected a string", replayed.stderr)


if __name__ == "__main__":
    unittest.main()

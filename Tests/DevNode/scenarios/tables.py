# SPDX-License-Identifier: Apache-2.0
"""The CSV files of prices and fees, recognised by their columns and read strictly."""

import csv
import re
from datetime import datetime, timezone
from decimal import Decimal, localcontext
from pathlib import Path

from devnode.series import CANDLE, GWEI, WAD, Series, utc

from .commands import BadData

EARLIEST, LATEST = 10**9, 2**32 - 1   # UNIX seconds; a source keeps its age in four bytes
LOWEST_PRICE, HIGHEST_PRICE = WAD // 10**6, WAD * 10**12
CHAINLINK = 10**10                    # a Chainlink answer has eight decimals
HIGHEST_FEE = 10**18                  # wei, exclusive


class Table:
    """The rows of one file; every cell that is read is checked."""

    KINDS = {}   # by name, the columns that tell it from the others

    def __init__(self, path: str):
        self.path = path
        self.name = Path(path).name
        try:
            with open(path, newline="", encoding="utf-8-sig") as file:
                reader = csv.DictReader(file)
                self.columns = reader.fieldnames or []
                self.rows = [(reader.line_num, row) for row in reader]
        except OSError as error:
            raise BadData(f"{path}: {error.strerror}")
        except (UnicodeDecodeError, csv.Error) as error:
            raise BadData(f"{path}: not a CSV file: {error}")
        self.kind = self._kind()
        if not self.rows:
            raise BadData(f"{path}: no rows below the header")

    def _kind(self) -> str:
        for kind, columns in self.KINDS.items():
            if all(column in self.columns for column in columns):
                return kind
        expected = " or ".join(",".join(columns) for columns in self.KINDS.values())
        raise BadData(f"{self.path}, line 1: columns {','.join(self.columns) or '(none)'}, expected {expected}")

    def bad(self, line: int, column: str, value, expected: str) -> BadData:
        """The error of one cell."""
        shown = "nothing" if value is None else f'"{value}"'
        return BadData(f"{self.path}, line {line}, column {column}: {shown}, expected {expected}")

    def _cell(self, line: int, row: dict, column: str, pattern: str, expected: str) -> str:
        value = row[column]
        if value is None or not re.fullmatch(pattern, value, re.ASCII):
            raise self.bad(line, column, value, expected)
        return value

    def whole(self, line: int, row: dict, column: str, least: int, most: int) -> int:
        """A whole number between two bounds."""
        expected = f"a whole number from {least} to {most}"
        number = int(self._cell(line, row, column, r"\d{1,30}", expected))
        if not least <= number <= most:
            raise self.bad(line, column, row[column], expected)
        return number

    def decimal(self, line: int, row: dict, column: str, unit: int, least: int, most: int) -> int:
        """A decimal number in whole parts of a unit, rounded down, between two bounds in such parts."""
        with localcontext(prec=60):
            shown = [f"{(Decimal(bound) / unit).normalize():f}" for bound in (least, most)]
            expected = f"a number from {shown[0]} to {shown[1]}"
            number = int(Decimal(self._cell(line, row, column, r"\d{1,18}(\.\d{1,30})?", expected)) * unit)
        if not least <= number <= most:
            raise self.bad(line, column, row[column], expected)
        return number

    def date(self, line: int, row: dict, column: str) -> int:
        """UNIX seconds of a date as "2022-07-29 00:05:00", UTC."""
        expected = "a date as 2022-07-29 00:05:00"
        text = self._cell(line, row, column, r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", expected)
        try:
            time = utc(text)
        except ValueError:
            raise self.bad(line, column, text, expected)
        if not EARLIEST <= time <= LATEST:
            raise self.bad(line, column, text, "a date from 2001-09-09 to 2106-02-07")
        return time

    def in_order(self, column: str, points: list) -> dict:
        """Values by time of (line, time, value); the later of two at one time counts."""
        known, before = {}, 0
        for line, time, value in points:
            if time < before:
                raise self.bad(line, column, text_of(time), f"a time not before {text_of(before)}, that of the row above")
            known[time] = value
            before = time
        return known


class Prices(Table):
    """Prices in wad by the time from which they are known."""

    KINDS = {"candles": ("time_utc", "close"), "rounds": ("answer", "updatedAt")}

    def __init__(self, path: str):
        super().__init__(path)
        if self.kind == "candles":
            # A closing price is known when the candle has closed.
            points = [(line, self.date(line, row, "time_utc") + CANDLE,
                       self.decimal(line, row, "close", WAD, LOWEST_PRICE, HIGHEST_PRICE)) for line, row in self.rows]
            self.points = self.in_order("time_utc", points)
        else:
            low, high = -(-LOWEST_PRICE // CHAINLINK), HIGHEST_PRICE // CHAINLINK
            points = [(line, self.whole(line, row, "updatedAt", EARLIEST, LATEST),
                       self.whole(line, row, "answer", low, high) * CHAINLINK) for line, row in self.rows]
            self.points = self.in_order("updatedAt", points)
        self.rows = []
        self.first, self.last = min(self.points), max(self.points)

    def series(self, shift: int = 0) -> Series:
        """The prices, moved in time by so many seconds."""
        return Series([(time + shift, value) for time, value in self.points.items()])


class Fees(Table):
    """Base fees in wei by time. `blocks` are real ones, (number, time, wei), if the file has every block."""

    KINDS = {"hourly": ("time", "gas_price_gwei"), "blocks": ("block_number", "timestamp_utc", "base_fee_wei")}

    def __init__(self, path: str):
        super().__init__(path)
        self.blocks = []
        if self.kind == "hourly":
            points = [(line, self.date(line, row, "time"), self.decimal(line, row, "gas_price_gwei", GWEI, 1, HIGHEST_FEE))
                      for line, row in self.rows]
            self.points = self.in_order("time", points)
        else:
            self._read_blocks()
        self.rows = []
        self.first, self.last = min(self.points), max(self.points)

    def _read_blocks(self) -> None:
        points, number = [], -1
        for line, row in self.rows:
            before, number = number, self.whole(line, row, "block_number", 0, 2**53 - 1)
            if number <= before:
                raise self.bad(line, "block_number", number, f"a number above {before}, that of the row above")
            time = self.whole(line, row, "timestamp_utc", EARLIEST, LATEST)
            fee = self.whole(line, row, "base_fee_wei", 1, HIGHEST_FEE)
            points.append((line, time, fee))
            self.blocks.append((number, time, fee))
        self.points = self.in_order("timestamp_utc", points)
        if len(self.points) < len(points):
            raise BadData(f"{self.path}, column timestamp_utc: two blocks of the same time, expected one")
        if number - self.blocks[0][0] != len(self.blocks) - 1:
            self.kind, self.blocks = "samples", []   # not every block is there

    def series(self) -> Series:
        """The fees between which a straight line is drawn."""
        return Series(list(self.points.items()))


def text_of(time: int) -> str:
    """2022-07-29 00:05:00"""
    return datetime.fromtimestamp(time, timezone.utc).strftime("%Y-%m-%d %H:%M:%S")

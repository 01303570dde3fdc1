# SPDX-License-Identifier: Apache-2.0
"""Executes every poke that a study priced again, on py-evm, and compares gas and status. Each strategy has its own copy of the state.
Exits with 1, and the first differences, if there are any.

FILE: NDJSON, compressed or not; Tests/Fixtures/README.md has the format.
"""

import argparse
import multiprocessing
import os
import re

from eth_utils import ValidationError

from . import lines
from .commands import BadData, Parser, progress, run
from .machine import Machine

NAME = "replay-pokes"
SHOWN = 10   # differences


class Fields:
    """An object of the input, read strictly."""

    def __init__(self, value, place: str):
        if not isinstance(value, dict):
            raise BadData(f"{place}: {type(value).__name__}, expected an object")
        self._value, self._place = value, place

    def _bad(self, key: str, expected: str) -> BadData:
        value = self._value.get(key)
        shown = "nothing" if value is None else repr(value)[:80]
        return BadData(f"{self._place}, {key}: {shown}, expected {expected}")

    def has(self, key: str) -> bool:
        """Whether the object has that key."""
        return key in self._value

    def text(self, key: str, expected: str = "a string") -> str:
        """A string."""
        if not isinstance(self._value.get(key), str):
            raise self._bad(key, expected)
        return self._value[key]

    def number(self, key: str) -> int:
        """A JSON integer, not negative, of 64 bits."""
        value = self._value.get(key)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**64:
            raise self._bad(key, "a whole number below 2^64")
        return value

    def wei(self, key: str) -> int:
        """A decimal string."""
        if not re.fullmatch(r"[0-9]{1,78}", self.text(key, "decimal digits")):
            raise self._bad(key, "decimal digits")
        return int(self._value[key])

    def hex(self, key: str, size: int | None = None) -> bytes:
        """0x and digits."""
        expected = "0x and hex digits" if size is None else f"0x and {2 * size} hex digits"
        try:
            return hexadecimal(self.text(key, expected), size)
        except ValueError:
            raise self._bad(key, expected)

    def words(self, key: str) -> dict:
        """Storage words by slot."""
        try:
            return storage_words(self._value.get(key))
        except ValueError:
            raise self._bad(key, "words of 32 bytes by slot, 0x and 64 hex digits each")

    def writes(self, key: str) -> dict:
        """Storage words by address and slot."""
        try:
            return {hexadecimal(address, 20): storage_words(words) for address, words in entries(self._value.get(key))}
        except ValueError:
            raise self._bad(key, "storage words by address and slot")

    def access_list(self, key: str) -> list:
        """Pairs of address and slots; none if it is not there."""
        value = self._value.get(key, [])
        if not isinstance(value, list):
            raise self._bad(key, "a list")
        pairs = []
        for item in value:
            entry = Fields(item, f"{self._place}, {key}")
            keys = item.get("storageKeys")
            try:
                if not isinstance(keys, list):
                    raise ValueError
                slots = [int.from_bytes(hexadecimal(slot, 32), "big") for slot in keys]
            except ValueError:
                raise self._bad(key, "storageKeys of 0x and 64 hex digits")
            pairs.append((entry.hex("address", 20), slots))
        return pairs


def entries(value):
    """What an object holds."""
    if not isinstance(value, dict):
        raise ValueError
    return value.items()


def hexadecimal(text, size: int | None) -> bytes:
    """Bytes of 0x and digits."""
    if not isinstance(text, str) or not re.fullmatch("0x([0-9a-fA-F]{2})*", text) or size not in (None, len(text) // 2 - 1):
        raise ValueError
    return bytes.fromhex(text[2:])


def storage_words(value) -> dict:
    """Numbers by slot."""
    return {int.from_bytes(hexadecimal(slot, 32), "big"): int.from_bytes(hexadecimal(word, 32), "big") for slot, word in entries(value)}


class Strategy:
    """What became of one strategy's pokes."""

    def __init__(self, name: str):
        self.name = name
        self.pokes = self.gas = self.differences = 0
        self.first = []   # of the differences, as text


class Input:
    """The file: an opening, accounts, then the pokes of all strategies."""

    def __init__(self, path: str):
        self.path = path
        stream = lines.texts(path)
        opening = next(stream, None)
        if opening is None:
            raise BadData(f"{path}: empty")
        fields = self.fields(*opening)
        for key, known in (("pokes", lines.FORMAT), ("fork", "prague")):
            if fields.text(key) != known:
                raise BadData(f'{path}, line 1, {key}: "{fields.text(key)}", expected "{known}"')
        self.chain_id, self.sender = fields.number("chainId"), fields.hex("sender", 20)

    def fields(self, number: int, line: bytes) -> Fields:
        """One line, named by its place."""
        return Fields(lines.decoded(self.path, number, line), f"{self.path}, line {number}")

    def rest(self, name: str | None = None):
        """The lines after the opening; of the pokes only those of one strategy, if it is named."""
        # Most lines are other strategies': those are not worth decoding, if the name looks the same however JSON is written.
        needle = f'"{name}"'.encode() if name is not None and re.fullmatch(r"[\w .:=+-]+", name, re.ASCII) else b""
        for number, line in lines.texts(self.path):
            if number > 1 and (needle in line or b'"account"' in line):
                fields = self.fields(number, line)
                if name is None or fields.has("account") or fields.text("strategy") == name:
                    yield fields

    def strategies(self) -> dict:
        """How many pokes each strategy has, by name, in the file's order."""
        counts = {}
        for fields in self.rest():
            if not fields.has("account"):
                name = fields.text("strategy")
                counts[name] = counts.get(name, 0) + 1
        if not counts:
            raise BadData(f"{self.path}: no pokes, expected a line with strategy, time, block, … for each")
        return counts

    def replayed(self, name: str) -> Strategy:
        """Executes the pokes of one strategy."""
        result = Strategy(name)
        machine = Machine(self.chain_id, self.sender)
        for fields in self.rest(name):
            if fields.has("account"):
                machine.memory.add(fields.hex("account", 20), fields.number("nonce"), fields.wei("balance"), fields.hex("code"),
                                   fields.words("storage"))
            else:
                self._poke(machine, fields, result)
        return result

    def _poke(self, machine: Machine, fields: Fields, result: Strategy) -> None:
        for address, words in fields.writes("writes").items():
            machine.memory.slots.setdefault(address, {}).update(words)
        block, time = fields.number("block"), fields.number("time")
        claimed = (fields.number("gasUsed"), fields.number("status"))
        try:
            gas, status = machine.execute(block, time, fields.wei("baseFee"), fields.hex("to", 20), fields.hex("data"),
                                          fields.number("gasLimit"), fields.access_list("accessList"))
            found = f"gas {gas:,}, status {status}"
        except ValidationError as error:
            gas, status, found = 0, None, f"not executed, {error}"
        result.pokes += 1
        result.gas += gas
        if (gas, status) != claimed:
            result.differences += 1
            if len(result.first) < SHOWN:
                result.first.append(f"{result.name}, time {time}, block {block}: priced gas {claimed[0]:,}, status {claimed[1]}; {found}")


def flags(arguments: list | None) -> argparse.Namespace:
    """The command line."""
    parser = Parser(prog=NAME, description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("--jobs", type=processes, default=os.cpu_count() or 1, metavar="N",
                        help="strategies at a time; default: %(default)s, the processors")
    return parser.parse_args(arguments)


def processes(text: str) -> int:
    """A number of processes."""
    if not re.fullmatch("[0-9]{1,3}", text) or int(text) == 0:
        raise argparse.ArgumentTypeError(f'"{text}", expected a whole number from 1 to 999')
    return int(text)


def attempt(task: tuple):
    """One strategy in a process of its own; an error that is expected comes back as a value."""
    path, name = task
    try:
        return Input(path).replayed(name)
    except BadData as error:
        return error


def main(arguments: list | None = None) -> int:
    """Replays everything and prints a line for each strategy."""
    options = flags(arguments)

    def body() -> int:
        counts = Input(options.file).strategies()
        progress(f"{NAME}: {sum(counts.values()):,} pokes of {len(counts)} strategies")
        differences = []
        # Closed and joined, not terminated: a process that was started with SIGTERM ignored hands that on, and would be waited for in vain.
        pool = multiprocessing.Pool(min(options.jobs, len(counts)))
        try:
            for result in pool.imap(attempt, [(options.file, name) for name in counts]):
                if isinstance(result, BadData):
                    raise result
                count = result.differences
                found = f"{count:,} difference{'' if count == 1 else 's'}" if count else "no difference"
                print(f"{result.name}: {result.pokes:,} pokes, {result.gas:,} gas, {found}", flush=True)
                differences += result.first
        finally:
            pool.close()
            pool.join()
        for line in differences[:SHOWN]:
            print(line)
        return 1 if differences else 0

    return run(NAME, body)

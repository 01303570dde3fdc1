# SPDX-License-Identifier: Apache-2.0
"""The lines of a scenario, `keeperkit-pokes/1`: JSON with sorted keys, compressed so that the same lines give the same bytes."""

import gzip
import hashlib
import json
import zlib
from pathlib import Path

from .commands import BadData, BadUsage

FORMAT = "keeperkit-pokes/1"


def word(value: int) -> str:
    """A storage word or slot, 64 digits."""
    return f"0x{value:064x}"


def address(value: bytes) -> str:
    """An address in lower case."""
    return "0x" + value.hex()


def storage(words: dict) -> dict:
    """Words by slot."""
    return {word(slot): word(value) for slot, value in words.items()}


def account(address_: bytes, nonce: int, balance: int, code: bytes, words: dict) -> dict:
    """The line of an account."""
    return {"account": address(address_), "nonce": nonce, "balance": str(balance), "code": "0x" + code.hex(), "storage": storage(words)}


class Writer:
    """Writes lines and closes with their number and digest."""

    def __init__(self, file):
        self._file = file
        self._digest = hashlib.sha256()
        self._lines = 0

    def add(self, line: dict) -> None:
        """Writes one line."""
        encoded = json.dumps(line, sort_keys=True, separators=(",", ":")).encode() + b"\n"
        self._digest.update(encoded)
        self._lines += 1
        self._file.write(encoded)

    def close(self) -> None:
        """Writes the closing line."""
        self.add({"lines": self._lines, "sha256": self._digest.hexdigest()})


def write(path: str, lines) -> None:
    """Writes a whole file, or none."""
    target = Path(path)
    part = target.with_name(target.name + ".part")
    try:
        with open(part, "wb") as file:
            with gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
                writer = Writer(packed)
                for line in lines:
                    writer.add(line)
                writer.close()
        part.replace(target)
    except OSError as error:
        raise BadUsage(f"--out {path}: {error.strerror}")
    finally:
        part.unlink(missing_ok=True)


def texts(path: str):
    """(number, line) of a file that may be compressed."""
    try:
        with open(path, "rb") as raw:
            packed = raw.read(2) == b"\x1f\x8b"
            raw.seek(0)
            with gzip.GzipFile(fileobj=raw) if packed else raw as file:
                yield from enumerate(file, 1)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise BadData(f"{path}: damaged or cut off: {error}")
    except OSError as error:
        raise BadData(f"{path}: {error.strerror}")


def decoded(path: str, number: int, line: bytes) -> dict:
    """One line's object."""
    try:
        value = json.loads(line)
    except ValueError as error:
        raise BadData(f"{path}, line {number}: not JSON: {error}")
    if not isinstance(value, dict):
        raise BadData(f"{path}, line {number}: {type(value).__name__}, expected an object")
    return value

# SPDX-License-Identifier: Apache-2.0
"""The compiled contracts, and the encoding of calls to them (static types only)."""

import json
from functools import lru_cache
from pathlib import Path

from eth_utils import keccak

BUILD = Path(__file__).resolve().parents[2] / "Contracts" / "build"


@lru_cache(maxsize=None)
def artefact(name: str) -> dict:
    """The checked-in artefact of a contract."""
    return json.loads((BUILD / f"{name}.json").read_text())


def word(value) -> bytes:
    """One ABI word: number, truth value, address or short bytes (left aligned, as bytesN and ilks are)."""
    if isinstance(value, (bool, int)):
        return int(value).to_bytes(32, "big")
    if isinstance(value, str):
        return value.encode().ljust(32, b"\0")
    return value.rjust(32, b"\0") if len(value) == 20 else value.ljust(32, b"\0")


def call(signature: str, *values) -> bytes:
    """Calldata of a call whose arguments are all static."""
    return selector(signature) + b"".join(word(value) for value in values)


@lru_cache(maxsize=None)
def selector(signature: str) -> bytes:
    """The first four bytes of the signature's hash."""
    return keccak(text=signature)[:4]


def creation(name: str, *values) -> bytes:
    """Creation code with constructor arguments."""
    return bytes.fromhex(artefact(name)["bytecode"][2:]) + b"".join(word(value) for value in values)

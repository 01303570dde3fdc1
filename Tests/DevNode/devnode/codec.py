# SPDX-License-Identifier: Apache-2.0
"""JSON-RPC values: strict parsing of parameters, and the errors a node answers with."""

import re


class RPCError(Exception):
    """An error object of JSON-RPC."""

    def __init__(self, code: int, message: str, data: str | None = None):
        super().__init__(message)
        self.code = code
        self.message = message
        self.data = data

    def as_json(self) -> dict:
        """The error object."""
        body = {"code": self.code, "message": self.message}
        if self.data is not None:
            body["data"] = self.data
        return body


def failure(message: str) -> RPCError:
    """The general error of a node, -32000."""
    return RPCError(-32000, message)


def invalid(index: int, what: str) -> RPCError:
    """A parameter that cannot be read."""
    return RPCError(-32602, f"invalid argument {index}: {what}")


def quantity(number: int) -> str:
    """A number as JSON-RPC writes it."""
    return hex(number)


def data(value: bytes) -> str:
    """Bytes as JSON-RPC writes them."""
    return "0x" + value.hex()


_HEX = re.compile(r"^[0-9a-fA-F]*$")


def _digits(value, index: int, into: str) -> str:
    if not isinstance(value, str):
        raise invalid(index, f"json: cannot unmarshal non-string into Go {into}")
    if not value.startswith(("0x", "0X")):
        raise invalid(index, f"json: cannot unmarshal hex string without 0x prefix into Go {into}")
    return value[2:]


def read_quantity(value, index: int, into: str = "value of type hexutil.Uint64", bits: int = 64) -> int:
    """Reads a quantity: 0x, no leading zeros, at most `bits` wide."""
    digits = _digits(value, index, into)
    if digits == "":
        raise invalid(index, f'json: cannot unmarshal hex string "0x" into Go {into}')
    if not _HEX.match(digits):
        raise invalid(index, f"json: cannot unmarshal invalid hex string into Go {into}")
    if len(digits) > 1 and digits[0] == "0":
        raise invalid(index, f"json: cannot unmarshal hex number with leading zero digits into Go {into}")
    number = int(digits, 16)
    if number >> bits:
        raise invalid(index, f"json: cannot unmarshal hex number > {bits} bits into Go {into}")
    return number


def read_block_number(value, index: int) -> int:
    """Reads a block number; its errors are shorter than those of other quantities."""
    if not isinstance(value, str) or not value.startswith("0x"):
        raise invalid(index, "hex string without 0x prefix")
    digits = value[2:]
    if digits == "":
        raise invalid(index, 'hex string "0x"')
    if not _HEX.match(digits):
        raise invalid(index, "invalid hex string")
    if len(digits) > 1 and digits[0] == "0":
        raise invalid(index, "hex number with leading zero digits")
    if int(digits, 16) >> 63:
        raise invalid(index, "block number larger than int64")
    return int(digits, 16)


def read_data(value, index: int, into: str = "value of type hexutil.Bytes") -> bytes:
    """Reads bytes of any length."""
    digits = _digits(value, index, into)
    if len(digits) % 2:
        raise invalid(index, f"json: cannot unmarshal hex string of odd length into Go {into}")
    if not _HEX.match(digits):
        raise invalid(index, f"json: cannot unmarshal invalid hex string into Go {into}")
    return bytes.fromhex(digits)


def _read_fixed(value, index: int, size: int, kind: str) -> bytes:
    into = f"value of type common.{kind}"
    digits = _digits(value, index, into)
    if len(digits) != 2 * size:
        raise invalid(index, f"hex string has length {len(digits)}, want {2 * size} for common.{kind}")
    if not _HEX.match(digits):
        raise invalid(index, f"json: cannot unmarshal invalid hex string into Go {into}")
    return bytes.fromhex(digits)


def read_address(value, index: int) -> bytes:
    """Reads an address of 20 bytes."""
    return _read_fixed(value, index, 20, "Address")


def read_hash(value, index: int) -> bytes:
    """Reads a hash of 32 bytes."""
    return _read_fixed(value, index, 32, "Hash")


def read_slot(value) -> int:
    """Reads a storage key; a node is lenient here: short, leading zeros, even without 0x."""
    if not isinstance(value, str):
        raise invalid(1, "json: cannot unmarshal non-string into Go value of type string")
    digits = value[2:] if value.startswith(("0x", "0X")) else value
    if len(digits) > 64:
        raise failure("unable to decode storage key: hex string too long, want at most 32 bytes")
    if not _HEX.match(digits):
        raise failure("unable to decode storage key: hex string invalid")
    return int(digits or "0", 16)

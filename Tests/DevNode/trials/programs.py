# SPDX-License-Identifier: Apache-2.0
"""Random programs: mostly sensible ones that read, write, call, create and log, some that are not."""

from random import Random

from eth_keys import keys

from .forks import CANCUN, SHANGHAI, Fork

OP = {
    "STOP": 0x00, "ADD": 0x01, "MUL": 0x02, "SUB": 0x03, "DIV": 0x04, "SDIV": 0x05, "MOD": 0x06, "SMOD": 0x07, "ADDMOD": 0x08,
    "MULMOD": 0x09, "EXP": 0x0A, "SIGNEXTEND": 0x0B, "LT": 0x10, "GT": 0x11, "SLT": 0x12, "SGT": 0x13, "EQ": 0x14,
    "ISZERO": 0x15, "AND": 0x16, "OR": 0x17, "XOR": 0x18, "NOT": 0x19, "BYTE": 0x1A, "SHL": 0x1B, "SHR": 0x1C, "SAR": 0x1D,
    "KECCAK256": 0x20, "ADDRESS": 0x30, "BALANCE": 0x31, "ORIGIN": 0x32, "CALLER": 0x33, "CALLVALUE": 0x34,
    "CALLDATALOAD": 0x35, "CALLDATASIZE": 0x36, "CALLDATACOPY": 0x37, "CODESIZE": 0x38, "CODECOPY": 0x39, "GASPRICE": 0x3A,
    "EXTCODESIZE": 0x3B, "EXTCODECOPY": 0x3C, "RETURNDATASIZE": 0x3D, "RETURNDATACOPY": 0x3E, "EXTCODEHASH": 0x3F,
    "BLOCKHASH": 0x40, "COINBASE": 0x41, "TIMESTAMP": 0x42, "NUMBER": 0x43, "PREVRANDAO": 0x44, "GASLIMIT": 0x45,
    "CHAINID": 0x46, "SELFBALANCE": 0x47, "BASEFEE": 0x48, "BLOBHASH": 0x49, "BLOBBASEFEE": 0x4A, "POP": 0x50, "MLOAD": 0x51,
    "MSTORE": 0x52, "MSTORE8": 0x53, "SLOAD": 0x54, "SSTORE": 0x55, "JUMP": 0x56, "JUMPI": 0x57, "PC": 0x58, "MSIZE": 0x59,
    "GAS": 0x5A, "JUMPDEST": 0x5B, "TLOAD": 0x5C, "TSTORE": 0x5D, "MCOPY": 0x5E, "PUSH0": 0x5F, "CREATE": 0xF0, "CALL": 0xF1,
    "CALLCODE": 0xF2, "RETURN": 0xF3, "DELEGATECALL": 0xF4, "CREATE2": 0xF5, "STATICCALL": 0xFA, "REVERT": 0xFD,
    "INVALID": 0xFE, "SELFDESTRUCT": 0xFF,
}
BINARY = ["ADD", "MUL", "SUB", "DIV", "SDIV", "MOD", "SMOD", "EXP", "SIGNEXTEND", "LT", "GT", "SLT", "SGT", "EQ", "AND", "OR",
          "XOR", "BYTE", "SHL", "SHR", "SAR"]
NULLARY = ["ADDRESS", "ORIGIN", "CALLER", "CALLVALUE", "CALLDATASIZE", "CODESIZE", "GASPRICE", "RETURNDATASIZE", "COINBASE",
           "TIMESTAMP", "NUMBER", "PREVRANDAO", "GASLIMIT", "CHAINID", "SELFBALANCE", "BASEFEE", "PC", "MSIZE", "GAS"]
CALLS = ["CALL", "CALL", "CALL", "STATICCALL", "DELEGATECALL", "CALLCODE"]
EDGES = [0, 1, 2, 3, 31, 32, 33, 255, 256, 2**64 - 1, 2**64, 2**128, 2**255, 2**256 - 1, 2**256 - 2]


KEY = keys.PrivateKey(b"\x4b" * 32)


class Code:
    """Bytes that are written one instruction after the other."""

    def __init__(self, fork: Fork):
        self.fork = fork
        self.bytes = bytearray()

    def op(self, *names: str) -> "Code":
        self.bytes += bytes(OP[name] for name in names)
        return self

    def push(self, value: int) -> "Code":
        length = (value.bit_length() + 7) // 8
        if length == 0:
            self.bytes += b"\x60\x00" if self.fork < SHANGHAI else b"\x5f"
        else:
            self.bytes += bytes([0x5F + length]) + value.to_bytes(length, "big")
        return self

    def push_all(self, *values: int) -> "Code":
        """Pushes the values so that the first is on top."""
        for value in reversed(values):
            self.push(value)
        return self


class Programs:
    """Writes programs that know some addresses."""

    def __init__(self, random: Random, fork: Fork, addresses: list):
        self.random, self.fork, self.addresses = random, fork, addresses

    def word(self) -> int:
        pick = self.random.randrange(10)
        if pick < 4:
            return self.random.choice(EDGES)
        if pick < 6:
            return self.address()
        return self.random.getrandbits(self.random.choice([4, 8, 16, 64, 160, 256]))

    def address(self) -> int:
        return int.from_bytes(self.random.choice(self.addresses), "big")

    def slot(self) -> int:
        return self.random.randrange(6)

    def place(self) -> int:
        """Somewhere in memory; seldom far away."""
        return self.random.randrange(200) if self.random.random() < 0.99 else self.random.choice([1000, 5000, 100_000, 2**64])

    def size(self) -> int:
        return self.random.choice([0, 0, 1, 4, 31, 32, 33, 64, 100]) if self.random.random() < 0.99 else 3000

    # Pieces: each leaves the stack as it found it.
    def piece(self, code: Code, depth: int) -> None:
        kinds = [
            (self.arithmetic, 14), (self.look, 10), (self.store, 20), (self.memory, 10), (self.copy, 7), (self.log, 5),
            (self.call, 18), (self.foreign, 6), (self.branch, 6), (self.loop, 3), (self.create, 6), (self.transient, 6),
            (self.returned, 4), (self.keep, 4), (self.precompiled, 5),
        ]
        kind = self.random.choices([k for k, _ in kinds], [w for _, w in kinds])[0]
        kind(code, depth)

    def arithmetic(self, code: Code, depth: int) -> None:
        code.push(self.word())
        for _ in range(self.random.randrange(2, 12)):
            pick = self.random.randrange(8)
            if pick == 0:
                code.op(self.random.choice(["ISZERO", "NOT"]))
            elif pick == 1:
                code.push(self.word()).push(self.word()).op(self.random.choice(["ADDMOD", "MULMOD"]))
            elif pick == 2:
                # The exponent is what takes time: keep it small.
                code.push(self.random.choice([0, 1, 2, 3, 31, 256])).op("SIGNEXTEND")
            else:
                code.push(self.word()).op(self.random.choice(BINARY))
        code.push(self.slot()).op("SSTORE") if self.random.random() < 0.5 else code.op("POP")

    def look(self, code: Code, depth: int) -> None:
        known = NULLARY if self.fork < CANCUN else NULLARY + ["BLOBBASEFEE", "BLOBHASH", "BLOBHASH"]
        for _ in range(self.random.randrange(1, 5)):
            name = self.random.choice(known)
            if name == "BLOBHASH":
                code.push(self.random.choice([0, 0, 1, 2, 3, 2**255]))
            code.op(name)
            if self.random.random() < 0.3:
                code.push(self.slot()).op("SSTORE")
            else:
                code.push(self.place()).op("MSTORE")

    def store(self, code: Code, depth: int) -> None:
        for _ in range(self.random.randrange(1, 4)):
            if self.random.random() < 0.3:
                code.push(self.slot()).op("SLOAD", "POP")
            elif self.random.random() < 0.2:
                code.push(1).push(self.slot()).op("SLOAD", "ADD").push(self.slot()).op("SSTORE")
            else:
                # Zero often: refunds, and their taking back.
                code.push_all(self.slot(), self.random.choice([0, 0, 0, 1, 1, 2, self.word()])).op("SSTORE")

    def memory(self, code: Code, depth: int) -> None:
        pick = self.random.randrange(4)
        if pick == 0:
            code.push_all(self.place(), self.word()).op("MSTORE")
        elif pick == 1:
            code.push_all(self.place(), self.word()).op("MSTORE8")
        elif pick == 2:
            code.push(self.place()).op("MLOAD").push(self.slot()).op("SSTORE")
        else:
            code.push_all(self.place(), self.size()).op("KECCAK256").push(self.slot()).op("SSTORE")

    def copy(self, code: Code, depth: int) -> None:
        kinds = ["CALLDATACOPY", "CODECOPY", "EXTCODECOPY"] + (["MCOPY"] if not self.fork < CANCUN else [])
        kind = self.random.choice(kinds)
        source = self.random.choice([self.place(), self.word()]) if kind != "MCOPY" else self.place()
        code.push_all(self.place(), source, self.size())
        if kind == "EXTCODECOPY":
            code.push(self.address())
        code.op(kind)

    def log(self, code: Code, depth: int) -> None:
        topics = self.random.randrange(5)
        for _ in range(topics):
            code.push(self.word())
        code.push_all(self.place(), self.size())
        code.bytes.append(0xA0 + topics)

    def gas(self, code: Code) -> None:
        if self.random.random() < 0.6:
            code.op("GAS")
        else:
            code.push(self.random.choice([0, 1, 700, 2300, 2600, 5000, 10_000, 30_000, 100_000, 2**64 - 1, 2**255]))

    def call(self, code: Code, depth: int) -> None:
        kind = self.random.choice(CALLS)
        code.push_all(self.place(), self.size(), self.place(), self.size())
        if kind in ("CALL", "CALLCODE"):
            code.push(self.random.choice([0, 0, 0, 0, 1, 1, 1000, 10**30]))
        code.push(self.address())
        self.gas(code)
        code.op(kind)
        pick = self.random.randrange(4)
        if pick == 0:
            code.push(self.slot()).op("SSTORE")
        elif pick == 1:
            self.skip_unless(code, lambda: self.piece(code, depth + 1))
        else:
            code.op("POP")

    def foreign(self, code: Code, depth: int) -> None:
        kind = self.random.choice(["BALANCE", "EXTCODESIZE", "EXTCODEHASH", "BLOCKHASH", "CALLDATALOAD"])
        if kind == "BLOCKHASH":
            code.push(self.random.choice([0, 1, 2, 3, 300, 2**64, 2**256 - 1])).op("NUMBER", "SUB")
        elif kind == "CALLDATALOAD":
            code.push(self.random.choice([0, 1, 31, 32, 2**64, 2**256 - 1]))
        else:
            code.push(self.address())
        code.op(kind).push(self.slot()).op("SSTORE")

    def skip_unless(self, code: Code, body) -> None:
        """Runs the body only if what is on the stack is not zero."""
        code.op("ISZERO")
        code.bytes += b"\x61\x00\x00"
        hole = len(code.bytes) - 2
        code.op("JUMPI")
        body()
        code.bytes[hole:hole + 2] = len(code.bytes).to_bytes(2, "big")
        code.op("JUMPDEST")

    def branch(self, code: Code, depth: int) -> None:
        if depth > 3:
            return
        self.random.choice([lambda: code.push(self.word()), lambda: code.push(self.slot()).op("SLOAD"),
                            lambda: code.op("CALLVALUE"), lambda: code.push(0).op("CALLDATALOAD")])()
        self.skip_unless(code, lambda: [self.piece(code, depth + 1) for _ in range(self.random.randrange(1, 4))])

    def loop(self, code: Code, depth: int) -> None:
        if depth > 1:
            return
        code.push(self.random.choice([1, 2, 3, 5, 20]))
        start = len(code.bytes)
        code.op("JUMPDEST")
        self.piece(code, depth + 2)
        code.push(1).bytes.append(0x90)          # SWAP1
        code.op("SUB").bytes.append(0x80)        # DUP1
        code.bytes += b"\x61" + start.to_bytes(2, "big")
        code.op("JUMPI", "POP")

    def create(self, code: Code, depth: int) -> None:
        """Puts initialisation code into memory word by word and creates with it."""
        if depth > 2:
            return
        init = self.initialisation(depth + 2, self.random.randrange(1, 4))
        for at in range(0, len(init), 32):
            word = init[at:at + 32].ljust(32, b"\0")
            code.push(int.from_bytes(word, "big")).push(at).op("MSTORE")
        # Too long by EIP-3860 or too dear, not both: py-evm looks at the length only after the balance, the specification before.
        size = len(init) if self.random.random() < 0.95 else 50_000
        value = self.random.choice([0, 0, 0, 1, 1000, 10**30]) if size == len(init) else 0
        if self.random.random() < 0.5:
            code.push_all(value, 0, size).op("CREATE")
        else:
            code.push_all(value, 0, size, self.random.randrange(2)).op("CREATE2")
        self.created(code, depth)

    def created(self, code: Code, depth: int) -> None:
        """Uses the address that was created: calls it, looks at it, or keeps it."""
        pick = self.random.randrange(4)
        if pick == 0:
            code.bytes.append(0x80)              # DUP1
            code.push_all(0, 0, 0, 0, 0)
            code.bytes.append(0x85)              # DUP6: the address
            code.op("GAS", "CALL", "POP", "EXTCODEHASH").push(self.slot()).op("SSTORE")
        elif pick == 1:
            code.op("BALANCE").push(self.slot()).op("SSTORE")
        elif pick == 2:
            code.push(self.slot()).op("SSTORE")
        else:
            code.op("POP")

    def transient(self, code: Code, depth: int) -> None:
        if self.fork < CANCUN:
            return self.store(code, depth)
        if self.random.random() < 0.5:
            code.push_all(self.slot(), self.random.choice([0, 1, self.word()])).op("TSTORE")
        else:
            code.push(self.slot()).op("TLOAD").push(self.slot()).op("SSTORE")

    def returned(self, code: Code, depth: int) -> None:
        if self.random.random() < 0.8:
            code.op("RETURNDATASIZE").push_all(self.place(), 0).op("RETURNDATACOPY")
        else:
            code.push_all(self.place(), self.random.choice([0, 1, 32, 2**64]), self.size()).op("RETURNDATACOPY")

    def precompiled(self, code: Code, depth: int) -> None:
        """Calls a precompiled contract with data that it can use, or nearly, and keeps a word of what it says."""
        number = self.random.choice([1, 1, 2, 3, 4, 5, 5, 9, 9])
        payload = {1: self.signature, 5: self.exponentiation, 9: self.compression}.get(number, lambda: self.random.randbytes(
            self.random.choice([0, 1, 31, 32, 55, 56, 63, 64, 65, 119, 120, 150])))()
        if payload and self.random.random() < 0.1:
            payload = payload[:-1] if self.random.random() < 0.5 else payload + b"\0"
        for at in range(0, len(payload), 32):
            code.push(int.from_bytes(payload[at:at + 32].ljust(32, b"\0"), "big")).push(at).op("MSTORE")
        code.push_all(0, len(payload), 0, self.random.choice([0, 20, 32, 64]))
        code.push(number)
        if self.random.random() < 0.8:
            code.op("GAS")
        else:
            code.push(self.random.choice([0, 15, 72, 108, 200, 600, 720, 2_999, 3_000]))
        code.op("STATICCALL").push(self.slot()).op("SSTORE", "RETURNDATASIZE").push(self.slot()).op("SSTORE")
        code.push(0).op("MLOAD").push(self.slot()).op("SSTORE")

    def signature(self) -> bytes:
        """Hash, v, r and s; mostly a signature."""
        message = self.random.randbytes(32)
        pick = self.random.randrange(8)
        if pick < 4:
            signed = KEY.sign_msg_hash(message)
            v, r, s = signed.v + 27, signed.r, signed.s
        else:
            v, r, s = self.random.choice([0, 1, 27, 28, 29, 2**200 + 27]), self.word(), self.word()
        return message + b"".join(number.to_bytes(32, "big") for number in (v, r, s))

    def exponentiation(self) -> bytes:
        """Lengths, base, exponent and modulus."""
        lengths = [self.random.choice([0, 1, 2, 8, 16, 31, 32, 33, 40, 64, 65]) for _ in range(3)]
        # Nothing to the power of zero is one (EIP-198); py-evm answers zero where the base has no bytes.
        lengths[0] = max(1, lengths[0])
        numbers = [self.random.choice([self.random.randbytes(length), bytes(length), b"\xff" * length]) for length in lengths]
        return b"".join(length.to_bytes(32, "big") for length in lengths) + b"".join(numbers)

    def compression(self) -> bytes:
        """Rounds, state, message, offsets and the final flag of BLAKE2b (EIP-152)."""
        rounds = self.random.choice([0, 1, 2, 12, 100])
        return rounds.to_bytes(4, "big") + self.random.randbytes(208) + bytes([self.random.choice([0, 1, 1, 2])])

    def keep(self, code: Code, depth: int) -> None:
        """Deep stacks, duplicates and swaps."""
        count = self.random.randrange(2, 17)
        for _ in range(count):
            code.push(self.random.randrange(1000))
        for _ in range(self.random.randrange(1, 4)):
            code.bytes.append(self.random.choice([0x80, 0x90]) + self.random.randrange(count - 1))
            if code.bytes[-1] < 0x90:
                code.op("POP")
        for _ in range(count - 1):
            code.op(self.random.choice(["ADD", "XOR", "SUB"]))
        code.push(self.slot()).op("SSTORE")

    def ending(self, code: Code) -> None:
        pick = self.random.randrange(100)
        if pick < 40:
            code.op("STOP")
        elif pick < 65:
            code.push_all(self.place(), self.size()).op("RETURN")
        elif pick < 77:
            code.push_all(self.place(), self.size()).op("REVERT")
        elif pick < 83:
            code.push(self.random.choice([self.address(), self.address(), self.word()])).op("SELFDESTRUCT")
        elif pick < 85:
            code.op("INVALID")
        elif pick < 87:
            code.push(self.random.choice([0, 1, len(code.bytes), self.word()])).op("JUMP")
        elif pick < 90:
            code.op(self.random.choice(["ADD", "POP", "SSTORE", "CALL", "MULMOD"]))
        elif pick < 94:
            code.bytes += self.random.randbytes(self.random.randrange(1, 40))
        elif pick < 96:
            code.bytes += bytes([0x60 + self.random.randrange(32)])   # data of a PUSH that are not there
        elif pick < 98:
            start = len(code.bytes)
            code.op("JUMPDEST").push(1).push(start).op("JUMP")        # fills the stack until it overflows, or the gas is gone

    def program(self, depth: int = 0, pieces: int | None = None) -> bytes:
        """Code of a contract."""
        code = Code(self.fork)
        for _ in range(self.random.choice([1, 2, 4, 8, 16, 24]) if pieces is None else pieces):
            self.piece(code, depth)
        self.ending(code)
        return bytes(code.bytes)

    def initialisation(self, depth: int = 0, pieces: int | None = None) -> bytes:
        """Code that creates a contract: does something first, then leaves a program, or fails."""
        code = Code(self.fork)
        for _ in range(self.random.choice([0, 0, 1, 2])):
            self.piece(code, max(depth, 1))
        pick = self.random.randrange(100)
        if pick < 6:
            self.ending(code)
            return bytes(code.bytes)
        body = self.program(depth, pieces)
        if pick < 8:
            body = b"\xef" + body
        elif pick < 10:
            body = body.ljust(self.random.choice([24_576, 24_577]), b"\0")
        elif pick < 13:
            code.push(self.random.choice([self.address(), self.word()])).op("SELFDESTRUCT")
        # PUSH2 size, DUP1, PUSH2 start, PUSH 0, CODECOPY, PUSH 0, RETURN
        tail = Code(self.fork)
        tail.push(0).op("CODECOPY").push(0).op("RETURN")
        start = len(code.bytes) + 3 + 1 + 3 + len(tail.bytes)
        code.bytes += b"\x61" + len(body).to_bytes(2, "big") + b"\x80\x61" + start.to_bytes(2, "big") + tail.bytes
        return bytes(code.bytes) + body

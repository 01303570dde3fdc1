import EthEVM
import EthPrimitives

/// Small contracts by hand: what a poke does at least, and loops of one kind of work each.
enum EVMPrograms {
    static let contract = Samples.address(0x22)

    static func samples() throws -> [EVMSample] {
        [
            // new = calldata[0], old = slot 0; nothing if they are equal, else slot 0 = new, and a log of it.
            try sample(
                "poke-like call", "evm_poke",
                [
                    0x60, 0, 0x35, 0x60, 0, 0x54, 0x81, 0x81, 0x14, 0x60, 28, 0x57, 0x50, 0x80, 0x60, 0, 0x55, 0x60, 0, 0x52,
                    0x60, 1,
                    0x60, 32, 0x60, 0, 0xa1, 0x00, 0x5b, 0x00,
                ], data: UInt256(UInt64(5)).bigEndianBytes.bytes),
            // slot[i] += i, 200 times.
            try sample("storage loop, 200 slots", "evm_storage", loop(200, [0x80, 0x54, 0x81, 0x01, 0x81, 0x55])),
            // word = keccak(word, i), 2,000 times.
            try sample(
                "Keccak loop, 2000 hashes", "evm_keccak",
                loop(2_000, [0x80, 0x60, 32, 0x52, 0x60, 64, 0x60, 0, 0x20, 0x60, 0, 0x52])),
            // memory[32 (i mod 512)] += i, 5,000 times.
            try sample(
                "memory loop, 5000 words", "evm_memory",
                loop(5_000, [0x80, 0x61, 1, 0xff, 0x16, 0x60, 5, 0x1b, 0x80, 0x51, 0x82, 0x01, 0x90, 0x52])),
            // x = (x · x + i) / 3 mod 2^256 and more of its kind, 5,000 times.
            try sample(
                "arithmetic loop, 5000 rounds", "evm_arithmetic",
                loop(5_000, [0x90, 0x80, 0x02, 0x81, 0x01, 0x60, 3, 0x90, 0x04, 0x81, 0x18, 0x90], under: 7)),
        ]
    }

    private static func sample(
        _ name: String, _ function: String, _ code: [UInt8], data: [UInt8] = []
    ) throws -> EVMSample {
        var state = MemoryState()
        state.accounts[contract] = Account(nonce: 1, code: Bytecode(code))
        state.accounts[EVMSample.sender] = Account(balance: .ether(100))
        return try EVMSample(name, function: function, state: state, contract: contract, data: data)
    }

    /// Runs `body` with a counter on top of the stack, from `count` down to 1; below it lies `under`.
    private static func loop(_ count: UInt16, _ body: [UInt8], under: UInt8 = 0) -> [UInt8] {
        let start: [UInt8] = [0x60, under, 0x61, UInt8(count >> 8), UInt8(count & 255), 0x5b]
        return start + body + [0x60, 1, 0x90, 0x03, 0x80, 0x60, 5, 0x57, 0x00]
    }
}

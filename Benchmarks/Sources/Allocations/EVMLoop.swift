import EthEVM
import EthPrimitives

/// A contract that does something as often as its caller says.
struct EVMLoop {
    /// memory = hash of the counter, slot 0 = that hash.
    static let work: [UInt8] = [
        0x80, 0x60, 0, 0x52, 0x60, 32, 0x60, 0, 0x20, 0x80, 0x60, 32, 0x52, 0x60, 0, 0x54, 0x18, 0x60, 0, 0x55,
    ]
    /// Calls the other contract, which answers a word.
    static let calls: [UInt8] = [0x60, 32, 0x60, 0, 0x60, 0, 0x60, 0, 0x73] + other.bytes + [0x5a, 0xfa, 0x50]

    private static let sender = address(9), contract = address(1), other = address(2)

    private let machine: EVM

    init(_ body: [UInt8]) throws {
        var state = MemoryState()
        let loop: [UInt8] = [0x60, 0, 0x35, 0x5b] + body + [0x60, 1, 0x90, 0x03, 0x80, 0x60, 3, 0x57, 0x00]
        state.accounts[Self.contract] = Account(nonce: 1, code: Bytecode(loop))
        state.accounts[Self.other] = Account(nonce: 1, code: Bytecode([0x60, 7, 0x60, 0, 0x52, 0x60, 32, 0x60, 0, 0xf3]))
        machine = EVM(BlockEnvironment(chainID: 1, fork: .cancun, number: 1, timestamp: 1), reader: state)
        // Its tables grow now, and stay.
        _ = try run(10_000)
    }

    /// - Returns: the gas that it used.
    func run(_ rounds: Int) throws -> Int {
        machine.reset()
        let data = UInt256(UInt64(rounds)).bigEndianBytes.bytes
        let call = EVMTransaction(sender: Self.sender, recipient: Self.contract, data: data, gasLimit: 1 << 32)
        let result = try machine.execute(call, checks: .call)
        precondition(result.succeeded && result.gasUsed > 21_000 + 50 * UInt64(rounds), "the loop did not run")
        return Int(result.gasUsed)
    }

    private static func address(_ number: UInt64) -> Address {
        // Precompiled contracts are at small numbers: these have their byte in front too.
        Address(lowBytesOf: (UInt256(number) << 152 | UInt256(number)).bigEndianBytes)
    }
}

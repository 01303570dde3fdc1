import EthPrimitives
import EthTransactions
import Testing

@testable import EthEVM

/// Calls of precompiled contracts as tests write them.
enum PrecompileHarness {
    static func address(_ number: UInt64) -> Address { Address(lowBytesOf: UInt256(number).bigEndianBytes) }

    static func run(_ number: UInt64, _ input: [UInt8], gas: Gas = 30_000_000, _ fork: Fork = .prague) -> Precompile.Answer {
        input.withUnsafeBytes { Precompile.run(address(number), $0, gas: gas, fork) }
    }

    /// The output as hexadecimal without prefix; fails the test if there is none.
    static func output(_ number: UInt64, _ input: [UInt8], gas: Gas = 30_000_000, _ fork: Fork = .prague) throws -> String {
        Hex.encodeUnprefixed(try #require(run(number, input, gas: gas, fork).output))
    }

    static func word(_ value: UInt256) -> [UInt8] { value.bigEndianBytes.bytes }
}

extension Precompile.Answer {
    var output: [UInt8]? { if case .output(_, let bytes) = self { bytes } else { nil } }
    var gas: Gas? { if case .output(let gas, _) = self { gas } else { nil } }
    var halt: Halt? { if case .failure(let halt) = self { halt } else { nil } }
    var isUnsupported: Bool { if case .unsupported = self { true } else { false } }
}

import EthPrimitives
import EthTransactions

/// The contracts at 0x01, 0x02, … that no code is kept of.
enum Precompile {
    /// What one did with its input.
    enum Answer {
        /// The gas that it takes, and what it returns.
        case output(gas: Gas, [UInt8])
        /// It refuses its input, or the gas given is less than it takes: all gas is used.
        case failure(Halt)
        /// Not built in.
        case unsupported
    }

    /// Whether a precompiled contract is at the address: 0x01 to 0x09, from Cancun 0x0a (EIP-4844), from Prague up to 0x11 (EIP-2537), from
    /// Osaka 0x0100 (EIP-7951).
    static func isPrecompile(_ address: Address, _ fork: Fork) -> Bool {
        switch number(of: address) {
        case 0x01...0x09: true
        case 0x0a: fork >= .cancun
        case 0x0b...0x11: fork >= .prague
        case 0x0100: fork >= .osaka
        default: false
        }
    }

    /// The last two bytes if all others are zero, else zero, where nothing is precompiled.
    @inline(__always)
    static func number(of address: Address) -> UInt16 {
        address.word.withUnsafeBytes { bytes in
            let others =
                bytes.loadUnaligned(as: UInt64.self) | bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
                | UInt64(bytes.loadUnaligned(fromByteOffset: 16, as: UInt16.self))
            return others == 0 ? UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: 18, as: UInt16.self)) : 0
        }
    }
}

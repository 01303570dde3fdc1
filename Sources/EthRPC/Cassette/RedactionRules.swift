public import EthPrimitives

/// What is to be removed or replaced.
public struct RedactionRules: Sendable {
    /// Addresses and what stands in their place, wherever 40 hexadecimal digits are theirs.
    public var addresses: [(from: Address, to: Address)]
    /// Texts to be removed. Hexadecimal ones become zeros of the same length.
    public var texts: [String]

    public init(addresses: [(from: Address, to: Address)] = [], texts: [String] = []) {
        self.addresses = addresses
        self.texts = texts
    }

    /// An address that says what it is, for the `n`th one that is replaced: `0xdead…000n`.
    public static func placeholder(_ n: UInt64) -> Address {
        var bytes = [UInt8](repeating: 0, count: 20)
        (bytes[0], bytes[1]) = (0xDE, 0xAD)
        for index in 0..<8 { bytes[19 - index] = UInt8(truncatingIfNeeded: n >> (8 * UInt64(index))) }
        return Address(bytes) ?? .zero
    }
}

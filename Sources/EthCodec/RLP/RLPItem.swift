public import EthPrimitives

/// One value of the recursive length prefix encoding (Ethereum yellow paper, appendix B): a byte string or a list of values.
public enum RLPItem: Sendable, Hashable {
    case bytes([UInt8])
    case list([RLPItem])

    /// An integer in its minimal big-endian form.
    public static func integer(_ value: UInt64) -> RLPItem { .bytes(UInt256(limbs: value, 0, 0, 0).minimalBigEndianBytes) }

    /// An integer in its minimal big-endian form.
    public static func integer(_ value: UInt256) -> RLPItem { .bytes(value.minimalBigEndianBytes) }
}

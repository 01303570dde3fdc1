/// Reads RLP (Ethereum yellow paper, appendix B) strictly: one value, in its only canonical form, with nothing behind it.
///
/// Safe on hostile bytes: every length is checked against what is left before anything is allocated, and nesting is bounded.
/// A tree takes at most some thirty times the size of its bytes, the worst being a list of one-member lists. What is known in
/// its form, such as a transaction, is better read by `RLPReader`.
public enum RLPDecoder {
    /// Deeper than any structure of the protocol.
    public static let defaultMaximumDepth = 32
    /// Above any block or transaction of the protocol.
    public static let defaultMaximumBytes = 16 << 20

    /// Decodes the one value that `bytes` spell.
    public static func decode(
        _ bytes: [UInt8], maximumDepth: Int = defaultMaximumDepth, maximumBytes: Int = defaultMaximumBytes
    ) throws(RLPError) -> RLPItem {
        guard bytes.count <= maximumBytes else { throw .tooLong(bytes: bytes.count, maximum: maximumBytes) }
        return try RLPReader.read(bytes) { reader throws(RLPError) in try reader.item(maximumDepth: maximumDepth) }
    }
}
